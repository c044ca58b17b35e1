// The drawn map: vis-network with the server's positions, physics off, and our own painting.
import { DataSet } from "vis-data/esnext";
import { Network } from "vis-network/esnext";
import type { MapData, MapEdge, MapNode } from "./data.ts";
import { type Box, named, type Spot } from "./naming.ts";
import { type Look, type Paint, look, painter, stroke } from "./paint.ts";
import { captionSize } from "./size.ts";
import { drawRegions, drawTitles, titleBoxes } from "./region.ts";

const FEW_LINES = 8; // so many can bear words
const SHORT = 110; // pixels; a shorter line has no room for words
const CALM = 9; // names on a map that only accompanies a page
type Handler = (id: string | null) => void;

export class MapView {
  readonly nodes = new DataSet<Record<string, unknown>, "id">();
  readonly edges = new DataSet<Record<string, unknown>, "id">();
  readonly network: Network;
  readonly hiddenNodes = new Set<string>();
  selected: string | null = null;
  onSelect: Handler = () => {};
  onHover: Handler = () => {};
  onOpen: (id: string) => void = () => {};
  onMoved: () => void = () => {};
  private near: Set<string> | null = null;
  private shownNames = new Map<string, Spot>();
  private namedAt = "";
  private frame: Box | undefined;
  private readonly paint: Paint;
  private readonly byId = new Map<string, MapNode>();

  // `calm` is a map that only accompanies a page: few names, and the wheel scrolls the page.
  constructor(readonly holder: HTMLElement, readonly data: MapData, private readonly calm = false) {
    this.paint = {
      look: look(), dim: (id) => this.near !== null && !this.near.has(id), lit: (id) => this.near?.has(id) ?? false,
      scale: () => this.network?.getScale() ?? 1, spot: (id) => this.shownNames.get(id),
    };
    this.add(data.nodes, data.edges);
    this.network = new Network(holder, { nodes: this.nodes as never, edges: this.edges as never }, this.options());
    // The holder has the focus, a name and the keys; the library's own stop of Tab inside it has neither.
    holder.querySelector<HTMLElement>(".vis-network")?.setAttribute("tabindex", "-1");
    this.wire();
    this.fit();
    this.restyle();
  }

  private options(): Record<string, unknown> {
    const many = this.data.edges.length > 500;
    return {
      autoResize: true, physics: false, layout: { improvedLayout: false },
      nodes: { shape: "custom", chosen: true, font: { size: 0 } },
      edges: {
        arrows: { to: { enabled: this.data.directed, scaleFactor: 0.5 } }, selectionWidth: 1.4, hoverWidth: 0.6,
        smooth: many ? false : { enabled: true, type: "curvedCW", roundness: 0.1 }, font: { size: 0 },
      },
      interaction: { hover: true, tooltipDelay: 1e9, keyboard: false, multiselect: false, zoomView: !this.calm, zoomSpeed: 0.7, hideEdgesOnDrag: this.data.edges.length > 1500 },
    };
  }

  private wire(): void {
    const { network } = this;
    network.on("beforeDrawing", (ctx: CanvasRenderingContext2D) => {
      this.name(ctx);
      drawRegions(ctx, this.data.regions, this.network.getScale(), this.paint.look);
    });
    network.on("afterDrawing", (ctx: CanvasRenderingContext2D) => {
      this.words(ctx);
      drawTitles(ctx, this.data.regions, this.network.getScale(), this.paint.look);
    });
    network.on("dragging", () => (this.namedAt = ""));
    network.on("click", (event: { nodes: string[] }) => this.select(event.nodes[0] ?? null));
    network.on("doubleClick", (event: { nodes: string[] }) => event.nodes[0] && this.onOpen(event.nodes[0]));
    network.on("hoverNode", (event: { node: string }) => this.onHover(event.node));
    network.on("blurNode", () => this.onHover(null));
    network.on("dragEnd", (event: { nodes: string[] }) => event.nodes.length && this.onMoved());
    new ResizeObserver(() => network.redraw()).observe(this.holder);
    document.addEventListener("theme", () => this.restyle());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
    void document.fonts?.ready.then(() => this.again());
  }

  private name(ctx: CanvasRenderingContext2D): void {
    const scale = this.network.getScale();
    const key = `${Math.round(Math.log2(scale) * 6)} ${this.byId.size} ${this.hiddenNodes.size} ${[...(this.near ?? [])].length} ${this.selected ?? ""}`;
    if (key === this.namedAt) return;
    this.namedAt = key;
    const shown = [...this.byId.values()].filter((node) => !this.hiddenNodes.has(node.id) && (!this.near || this.near.has(node.id)));
    this.shownNames = named(shown, this.network.getPositions(), {
      scale, first: (id) => id === this.selected || (this.near?.has(id) ?? false), most: this.calm && !this.near ? CALM : Infinity, least: this.calm ? 3 : 0,
      taken: titleBoxes(ctx, this.data.regions, scale, this.paint.look), home: (_, at) => this.home(at),
    });
  }

  // Few lines say what they are; among many, those of a chosen thing that has few.
  private spoken(): MapEdge[] {
    const own = this.selected ? this.data.edges.filter((one) => one.from === this.selected || one.to === this.selected) : this.data.edges;
    return own.length <= FEW_LINES ? own : [];
  }

  private words(ctx: CanvasRenderingContext2D): void {
    const { look: now, scale } = this.paint;
    const size = captionSize(scale()) * 0.92;
    ctx.save();
    Object.assign(ctx, { font: `500 ${size}px ${now.body}`, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: size * 0.3, strokeStyle: now.halo, fillStyle: now.quiet });
    for (const edge of this.spoken()) {
      if (this.hiddenNodes.has(edge.from) || this.hiddenNodes.has(edge.to) || !this.byId.has(edge.from) || !this.byId.has(edge.to)) continue;
      const [from, to] = [this.network.getPosition(edge.from), this.network.getPosition(edge.to)];
      if (Math.hypot(to.x - from.x, to.y - from.y) * scale() < SHORT) continue;
      const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
      ctx.strokeText(edge.label, x, y);
      ctx.fillText(edge.label, x, y);
    }
    ctx.restore();
  }

  // Lines between two communities are faint, and so are those away from what is chosen.
  private opacity(edge: MapEdge): number {
    if (this.near) return this.near.has(edge.from) && this.near.has(edge.to) ? 1 : 0.12;
    const [a, b] = [this.byId.get(edge.from), this.byId.get(edge.to)];
    return this.data.layout === "communities" && a?.community !== b?.community ? 0.22 : 1;
  }

  private again(): void {
    this.namedAt = "";
    this.network.redraw();
  }

  add(nodes: MapNode[], edges: MapEdge[]): void {
    const fresh = nodes.filter((node) => !this.byId.has(node.id));
    for (const node of fresh) this.byId.set(node.id, node);
    this.nodes.add(fresh.map((node) => ({
      id: node.id, x: node.x, y: node.y, label: " ", size: 20, shape: "custom", ctxRenderer: painter(node, this.paint),
    })));
    const known = new Set(this.edges.getIds());
    this.edges.add(edges.filter((edge) => !known.has(edge.id)).map((edge) => ({
      id: edge.id, from: edge.from, to: edge.to, ...stroke(edge, this.paint.look, this.opacity(edge)),
    })));
  }

  remove(nodes: string[], edges: string[]): void {
    this.edges.remove(edges);
    this.nodes.remove(nodes);
    for (const id of nodes) this.byId.delete(id);
  }

  node(id: string): MapNode | undefined {
    return this.byId.get(id);
  }

  select(id: string | null, quietly = false): void {
    this.selected = id && this.byId.has(id) ? id : null;
    this.network.unselectAll();
    this.near = null;
    if (this.selected) {
      this.network.selectNodes([this.selected], true);
      this.near = new Set([this.selected, ...(this.network.getConnectedNodes(this.selected) as string[])]);
    }
    this.again();
    if (this.edges.length < 1500) this.restyle();
    if (!quietly) this.onSelect(this.selected);
  }

  light(ids: string[] | null): void {
    this.near = ids ? new Set(ids) : null;
    this.namedAt = "";
    this.restyle();
  }

  show(nodeShown: (node: MapNode) => boolean, edgeShown: (edge: MapEdge) => boolean): { nodes: number; edges: number } {
    const drawn = this.data.edges.filter(edgeShown);
    const touched = new Set(drawn.flatMap((edge) => [edge.from, edge.to]));
    const all = drawn.length === this.data.edges.length;
    this.hiddenNodes.clear();
    for (const node of this.data.nodes) if (!nodeShown(node) || (!all && !touched.has(node.id))) this.hiddenNodes.add(node.id);
    const shownEdges = new Set(drawn.filter((edge) => !this.hiddenNodes.has(edge.from) && !this.hiddenNodes.has(edge.to)).map((edge) => edge.id));
    this.nodes.update(this.data.nodes.map((node) => ({ id: node.id, hidden: this.hiddenNodes.has(node.id) })));
    this.edges.update(this.data.edges.map((edge) => ({ id: edge.id, hidden: !shownEdges.has(edge.id) })));
    return { nodes: this.data.nodes.length - this.hiddenNodes.size, edges: shownEdges.size };
  }

  place(positions: Record<string, { x: number; y: number }>): void {
    this.nodes.update(Object.entries(positions).filter(([id]) => this.byId.has(id)).map(([id, at]) => ({ id, ...at })));
    this.again();
  }

  // What is drawn of the lines depends on what is chosen; of very many lines it does not, for that would take a while.
  restyle(): void {
    const now: Look = look();
    this.paint.look = now;
    this.edges.update(this.data.edges.map((edge) => ({ id: edge.id, ...stroke(edge, now, this.opacity(edge)) })));
    this.network.redraw();
  }

  step(direction: "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight"): void {
    const from = this.selected ? this.network.getPosition(this.selected) : this.network.getViewPosition();
    const [dx, dy] = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[direction] as [number, number];
    let best: string | null = null;
    let least = Infinity;
    for (const id of this.byId.keys()) {
      if (id === this.selected || this.hiddenNodes.has(id)) continue;
      const at = this.network.getPosition(id);
      const [x, y] = [at.x - from.x, at.y - from.y];
      const along = x * dx + y * dy;
      const cost = along > 0 || !this.selected ? Math.abs(along) + 2.4 * Math.abs(x * dy - y * dx) : Infinity;
      if (cost < least) [best, least] = [id, cost];
    }
    if (best) this.focus(best);
  }

  focus(id: string): void {
    this.select(id);
    if (this.selected) this.network.focus(id, { scale: Math.max(0.75, this.network.getScale()), animation: false });
  }

  zoom(factor: number): void {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: false });
  }

  // Everything shown fills the space, with room for names at the sides.
  fit(): void {
    const shown = [...this.byId.keys()].filter((id) => !this.hiddenNodes.has(id));
    const [width, height] = [this.holder.clientWidth, this.holder.clientHeight];
    if (!shown.length || !width || !height) return;
    const places = Object.values(this.network.getPositions(shown));
    const corners = this.data.regions.flatMap((one) => [{ x: one.left, y: one.top }, { x: one.left + one.width, y: one.top + one.height }]);
    const [xs, ys] = [[...places, ...corners].map((at) => at.x), [...places, ...corners].map((at) => at.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const boxed = corners.length > 0;
    const [side, above, under] = boxed ? [12, 12, 12] : [Math.min(62, width * 0.13), 26, 54];
    const scale = Math.min((width - 2 * side) / Math.max(1, right - left), (height - above - under) / Math.max(1, bottom - top), 1.25);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2 + (under - above) / 2 / scale];
    this.frame = { left: x - width / 2 / scale, right: x + width / 2 / scale, top: y - height / 2 / scale, bottom: y + height / 2 / scale };
    this.namedAt = "";
    this.network.moveTo({ position: { x, y }, scale, animation: false });
  }

  // Names stay in the box that their thing stands in, or else in what the first view shows.
  private home(at: { x: number; y: number }): Box | undefined {
    for (const { left, top, width, height } of this.data.regions) {
      const box = { left, right: left + width, top, bottom: top + height };
      if (at.x > box.left && at.x < box.right && at.y > box.top && at.y < box.bottom) return box;
    }
    const frame = this.frame;
    return frame && at.x > frame.left && at.x < frame.right && at.y > frame.top && at.y < frame.bottom ? frame : undefined;
  }

  picture(): Promise<Blob> {
    const drawn = this.holder.querySelector("canvas")!;
    const copy = document.createElement("canvas");
    copy.width = drawn.width;
    copy.height = drawn.height;
    const ctx = copy.getContext("2d")!;
    ctx.fillStyle = this.paint.look.halo;
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(drawn, 0, 0);
    return new Promise((resolve, reject) => copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
  }
}
