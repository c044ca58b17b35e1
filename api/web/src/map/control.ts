// A map page at work: filters, panel, keyboard, expansion, undo, and the state in the address.
import { finder } from "../finder.ts";
import { menus } from "../menu.ts";
import { all, base, copy, save, say } from "../page.ts";
import { FACETS, type Facet, type MapData, type MapEdge, type MapNode, type Region } from "./data.ts";
import { goPath, offer, panel, pathForm } from "./panel.ts";
import { fromAddress, History, type MapState, toAddress } from "./state.ts";
import { fitted } from "./upright.ts";
import { MapView } from "./view.ts";

interface Moment { state: MapState; regions: Region[]; layout: string; added: { nodes: MapNode[]; edges: MapEdge[] }; at: Record<string, { x: number; y: number }> }

export class Control {
  readonly view: MapView;
  private readonly history = new History<Moment>();
  private state: MapState;
  private readonly side: HTMLElement | null;
  private readonly blank: Node[];
  private readonly embedded: boolean;
  private searching = false;

  constructor(private readonly page: HTMLElement, private readonly data: MapData) {
    const holder = page.querySelector<HTMLElement>(".map-canvas")!;
    this.embedded = page.hasAttribute("data-still");
    fitted(holder, data);
    this.view = new MapView(holder, data, page.tagName === "FIGURE");
    this.side = page.querySelector<HTMLElement>("[data-panel]");
    this.blank = [...(this.side?.childNodes ?? [])];
    this.state = this.embedded ? fromAddress(new URL("about:blank")) : fromAddress(new URL(location.href));
    this.wireView(holder);
    this.wireTools();
    if (!this.embedded) menus();
    this.apply();
    if (this.state.selected) this.view.focus(this.state.selected);
  }

  private wireView(holder: HTMLElement): void {
    const { view } = this;
    view.onSelect = (id) => this.chosen(id);
    view.onHover = (id) => this.tip(holder, id);
    view.onOpen = (id) => void this.expand(id);
    view.onMoved = () => this.remember();
    holder.addEventListener("keydown", (event) => this.key(event));
  }

  private tip(holder: HTMLElement, id: string | null): void {
    holder.parentElement!.querySelector(".map-tip")?.remove();
    const node = id ? this.view.node(id) : undefined;
    if (!node) return;
    const at = this.view.network.canvasToDOM(this.view.network.getPosition(node.id));
    const tip = document.createElement("div");
    tip.className = "map-tip";
    tip.textContent = node.label;
    tip.style.left = `${Math.max(4, at.x + 18)}px`;
    tip.style.top = `${Math.max(4, at.y - 40)}px`;
    holder.parentElement!.append(tip);
  }

  private tool<T extends HTMLElement>(name: string): T | null {
    return this.page.querySelector<T>(`[data-map="${name}"]`);
  }

  private wireTools(): void {
    const on = (name: string, act: () => void): void => this.tool(name)?.addEventListener("click", act);
    on("in", () => this.view.zoom(1.3));
    on("out", () => this.view.zoom(1 / 1.3));
    on("fit", () => this.view.fit());
    on("undo", () => this.undo());
    on("link", () => void copy(location.href, "A link to exactly this view is copied"));
    on("png", () => void this.view.picture().then((blob) => save(`${this.data.name}.png`, blob)));
    on("reset", () => this.reset());
    for (const box of all<HTMLInputElement>("input[data-kind]", this.page)) {
      box.addEventListener("change", () => this.change(() => {
        this.state.hidden = all<HTMLInputElement>("input[data-kind]", this.page).filter((one) => !one.checked).map((one) => one.dataset.kind!);
      }));
    }
    for (const facet of FACETS) {
      this.tool<HTMLSelectElement>(facet)?.addEventListener("change", (event) => this.change(() => {
        this.state.facets[facet] = (event.target as HTMLSelectElement).value;
      }));
    }
    this.tool<HTMLSelectElement>("layout")?.addEventListener("change", (event) => {
      this.change(() => (this.state.layout = (event.target as HTMLSelectElement).value));
    });
    this.wireSearch();
  }

  private wireSearch(): void {
    const input = this.tool<HTMLInputElement>("search");
    input?.addEventListener("input", () => {
      const text = input.value.trim().toLowerCase();
      const found = text ? this.data.nodes.filter((node) => node.label.toLowerCase().includes(text)).map((node) => node.id) : null;
      if (found && !this.searching) this.view.fit();
      this.searching = found !== null;
      this.view.light(found);
      this.said(found ? `${found.length} found` : "");
    });
    input?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const text = input.value.trim().toLowerCase();
      const first = this.data.nodes.find((node) => node.label.toLowerCase().includes(text) && !this.view.hiddenNodes.has(node.id));
      if (first) this.view.focus(first.id);
    });
  }

  private key(event: KeyboardEvent): void {
    const act: Record<string, () => void> = {
      "+": () => this.view.zoom(1.3), "=": () => this.view.zoom(1.3), "-": () => this.view.zoom(1 / 1.3), "0": () => this.view.fit(),
      Enter: () => this.side?.querySelector<HTMLElement>("h2")?.focus(), Escape: () => this.view.select(null), u: () => this.undo(),
      e: () => this.view.selected && void this.expand(this.view.selected),
    };
    const chosen = event.ctrlKey && event.key === "z" ? act.u : act[event.key];
    if (event.key.startsWith("Arrow")) this.view.step(event.key as "ArrowUp");
    else if (chosen && !event.metaKey && !event.altKey) chosen();
    else return;
    event.preventDefault();
  }

  private chosen(id: string | null): void {
    this.state.selected = id;
    this.tip(this.view.holder, null);
    this.write();
    const node = id ? this.view.node(id) : undefined;
    if (!this.side) return;
    if (!node) return this.side.replaceChildren(...this.blank);
    panel(this.side, this.data, node, {
      go: (other) => this.view.focus(other), expand: (from) => void this.expand(from), path: (from) => this.path(from),
    }, (other) => this.view.node(other));
    this.said(node.label);
  }

  private path(id: string): void {
    const from = this.view.node(id)!;
    finder(pathForm(this.side!, from, this.data.nodes), (found) => goPath(id, found.iri));
  }

  private async expand(id: string): Promise<void> {
    if (!this.data.base) return;
    if (this.view.selected !== id) this.view.select(id);
    this.said("Asking what else it is joined to…");
    const answer = await fetch(`${base}/maps/around/${encodeURI(id)}.json?hops=1`);
    if (!answer.ok) return say("Nothing more is known around it.");
    const more = (await answer.json()) as MapData;
    if (this.view.selected !== id) return; // another thing was chosen meanwhile
    const fresh = more.nodes.filter((node) => !this.view.node(node.id));
    this.said(fresh.length ? `${fresh.length} more things are joined to it` : "Everything that it is joined to is drawn already");
    const counts = new Map<string, number>();
    for (const node of fresh) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
    if (this.side) offer(this.side, counts, (kind) => this.grow(id, more, fresh.filter((node) => !kind || node.kind === kind)));
    else if (fresh.length) this.grow(id, more, fresh);
  }

  private grow(id: string, more: MapData, fresh: MapNode[]): void {
    this.remember();
    const centre = this.view.network.getPosition(id);
    const reach = 120 + 5 * fresh.length;
    fresh.forEach((node, i) => {
      const turn = (2 * Math.PI * i) / fresh.length;
      node.x = Math.round(centre.x + reach * Math.cos(turn));
      node.y = Math.round(centre.y + reach * Math.sin(turn));
    });
    const known = new Set([...this.data.nodes, ...fresh].map((node) => node.id));
    const have = new Set(this.data.edges.map((edge) => edge.id));
    const edges = more.edges.filter((edge) => known.has(edge.from) && known.has(edge.to) && !have.has(edge.id));
    this.data.nodes.push(...fresh);
    this.data.edges.push(...edges);
    Object.assign(this.data.names, more.names);
    this.view.add(fresh, edges);
    this.apply();
    this.view.focus(id);
  }

  private moment(): Moment {
    return {
      state: structuredClone(this.state), added: { nodes: [...this.data.nodes], edges: [...this.data.edges] },
      at: this.view.network.getPositions(), regions: this.data.regions, layout: this.data.layout,
    };
  }

  private remember(): void {
    this.history.push(this.moment());
    this.tool<HTMLButtonElement>("undo")?.removeAttribute("disabled");
  }

  private change(act: () => void): void {
    this.remember();
    const layout = this.state.layout;
    act();
    this.apply();
    if (layout !== this.state.layout) void this.relayout();
  }

  private undo(): void {
    const past = this.history.pop();
    if (!past) return;
    const nodes = new Set(past.added.nodes.map((node) => node.id));
    const edges = new Set(past.added.edges.map((edge) => edge.id));
    const gone = (have: { id: string }[], keep: Set<string>): string[] => have.filter((one) => !keep.has(one.id)).map((one) => one.id);
    this.view.remove(gone(this.data.nodes, nodes), gone(this.data.edges, edges));
    this.data.nodes.splice(0, Infinity, ...past.added.nodes);
    this.data.edges.splice(0, Infinity, ...past.added.edges);
    this.state = past.state;
    Object.assign(this.data, { regions: past.regions, layout: past.layout });
    this.view.place(past.at);
    this.apply();
    this.view.select(this.state.selected, true);
    if (this.state.layout && this.state.layout !== this.data.layout) void this.relayout(); // its answer came after this moment
    if (this.history.empty) this.tool("undo")?.setAttribute("disabled", "");
    this.said("Undone");
  }

  private reset(): void {
    this.change(() => (this.state = { ...fromAddress(new URL("about:blank")), layout: this.state.layout }));
    this.view.select(null);
    this.view.fit();
  }

  private async relayout(): Promise<void> {
    const address = new URL(this.data.base, location.href);
    const wanted = this.state.layout;
    if (wanted) address.searchParams.set("layout", wanted);
    const answer = await fetch(address).catch(() => null);
    const laid = answer?.ok ? ((await answer.json()) as MapData) : null;
    if (wanted !== this.state.layout) return; // undone, or another chosen, since it was asked for
    if (!laid) return say("That layout could not be made.");
    fitted(this.view.holder, laid);
    Object.assign(this.data, { regions: laid.regions, layout: laid.layout });
    this.view.place(Object.fromEntries(laid.nodes.map((node) => [node.id, { x: node.x, y: node.y }])));
    this.view.fit();
  }

  private apply(): void {
    const { hidden, facets } = this.state;
    const passes = (edge: MapEdge, facet: Facet): boolean => !facets[facet] || edge[facet].includes(facets[facet]);
    const shown = this.view.show((node) => !hidden.includes(node.kind), (edge) => FACETS.every((facet) => passes(edge, facet)));
    for (const box of all<HTMLInputElement>("input[data-kind]", this.page)) box.checked = !hidden.includes(box.dataset.kind!);
    for (const facet of FACETS) {
      const select = this.tool<HTMLSelectElement>(facet);
      if (select) select.value = facets[facet];
    }
    const layout = this.tool<HTMLSelectElement>("layout");
    if (layout) layout.value = this.state.layout || this.data.layout;
    this.said(`${shown.nodes} things and ${shown.edges} links shown`);
    this.write();
  }

  private said(text: string): void {
    const place = this.page.querySelector(".map-said");
    if (place) place.textContent = text;
  }

  private write(): void {
    if (!this.embedded) history.replaceState(null, "", toAddress(new URL(location.href), this.state));
  }
}
