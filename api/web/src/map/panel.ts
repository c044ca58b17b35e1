// The panel beside a map: what a node is, what it is joined to, and what can be done with it.
import { badge, kindStyle } from "../badge.ts";
import { base, element } from "../page.ts";
import { type MapData, type MapNode, neighbours } from "./data.ts";

export interface Actions { go: (id: string) => void; expand: (id: string) => void; path: (id: string) => void }

function button(text: string, act: () => void): HTMLElement {
  const made = element("button", { type: "button", class: "button tiny" }, text);
  made.addEventListener("click", act);
  return made;
}

function joined(data: MapData, node: MapNode, actions: Actions, label: (id: string) => MapNode | undefined): HTMLElement[] {
  const rows = new Map<string, HTMLElement[]>();
  for (const { edge, other, out } of neighbours(data, node.id)) {
    const found = label(other);
    if (!found) continue;
    const link = element("button", { type: "button" }, found.label);
    link.addEventListener("click", () => actions.go(other));
    const says = out ? edge.label : (data.backs[edge.kind] ?? `${edge.label} (from)`);
    const bases = edge.basis.map((one) => data.names[one] ?? one).join(", ");
    const row = element("li", {}, link);
    if (bases) row.append(element("span", { class: "small quiet" }, ` ${bases}`));
    rows.set(says, [...(rows.get(says) ?? []), row]);
  }
  return [...rows].flatMap(([says, found]) => [element("h3", {}, says), element("ul", { class: "neighbours" }, ...found)]);
}

export function panel(place: HTMLElement, data: MapData, node: MapNode, actions: Actions, label: (id: string) => MapNode | undefined): void {
  const kind = element("p", { class: `kind k-${node.kind} row` }, badge(node.kind), kindStyle(node.kind).label);
  const tools = element("div", { class: "row" }, element("a", { class: "button tiny main", href: node.url }, "Open its page"));
  if (data.base) tools.append(button("Show more around it", () => actions.expand(node.id)), button("Find a path to…", () => actions.path(node.id)));
  place.replaceChildren(kind, element("h2", { tabindex: "-1" }, node.label), tools, ...joined(data, node, actions, label));
}

export function offer(place: HTMLElement, counts: Map<string, number>, take: (kind: string | null) => void): void {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const box = element("div", { class: "note" });
  if (!total) box.append("Everything that it is joined to is drawn already.");
  else {
    box.append(element("p", {}, `${total} more things are joined to it:`));
    const row = element("div", { class: "row" });
    for (const [kind, count] of counts) row.append(button(`Add ${count} ${(count === 1 ? kindStyle(kind).label : kindStyle(kind).plural).toLowerCase()}`, () => take(kind)));
    row.append(button(`Add all ${total}`, () => take(null)));
    box.append(row);
  }
  place.querySelector(".note")?.remove();
  place.querySelector(".row:not(.kind)")?.after(box);
}

export function pathForm(place: HTMLElement, from: MapNode, nodes: MapNode[]): HTMLInputElement {
  const input = element("input", { class: "input", type: "search", "aria-label": `Path from ${from.label} to` });
  const box = element("div", { class: "find note" }, element("label", {}, "Path to: "), input);
  place.querySelector(".note")?.remove();
  place.querySelector(".row:not(.kind)")?.after(box);
  void nodes;
  input.focus();
  return input;
}

export function goPath(from: string, to: string): void {
  location.assign(`${base}/maps/path?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);
}
