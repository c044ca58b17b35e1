// Which names are drawn, and where: the most linked things first, none over another name or a mark.
import type { MapNode } from "./data.ts";
import { captionSize, grown, lines, radius } from "./size.ts";

export interface Box { left: number; right: number; top: number; bottom: number }
type Place = { x: number; y: number };
// Where a name stands, from the middle of its mark.
export interface Spot { dx: number; top: number; align: CanvasTextAlign }

const CELL = 220;
const HUB = 6; // a thing with so many links is named even over the marks of others
const LEADING = 1.16;
const BROAD = 0.55; // of the text's size, one letter in the middle of many

export function below(node: MapNode, scale: number): Spot {
  return { dx: 0, top: radius(node) * grown(scale) * 1.12, align: "center" };
}

function* spots(node: MapNode, at: Place, scale: number): Iterable<[Spot, Box]> {
  const size = captionSize(scale);
  const wrapped = lines(node.label);
  const wide = BROAD * size * Math.max(...wrapped.map((line) => line.length));
  const high = wrapped.length * size * LEADING;
  const reach = radius(node) * grown(scale);
  const beside = reach * 1.2 + size * 0.2;
  const box = (left: number, top: number): Box => ({ left: at.x + left, right: at.x + left + wide, top: at.y + top, bottom: at.y + top + high });
  yield [below(node, scale), box(-wide / 2, reach * 1.12)];
  yield [{ dx: beside, top: -high / 2, align: "left" }, box(beside, -high / 2)];
  yield [{ dx: -beside, top: -high / 2, align: "right" }, box(-beside - wide, -high / 2)];
  yield [{ dx: 0, top: -reach * 1.12 - high, align: "center" }, box(-wide / 2, -reach * 1.12 - high)];
}

class Board {
  private readonly cells = new Map<string, Box[]>();

  private *near(one: Box): Iterable<string> {
    for (let x = Math.floor(one.left / CELL); x <= Math.floor(one.right / CELL); x += 1) {
      for (let y = Math.floor(one.top / CELL); y <= Math.floor(one.bottom / CELL); y += 1) yield `${x},${y}`;
    }
  }

  free(one: Box): boolean {
    for (const cell of this.near(one)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top) return false;
      }
    }
    return true;
  }

  take(one: Box): void {
    for (const cell of this.near(one)) {
      const there = this.cells.get(cell);
      if (there) there.push(one);
      else this.cells.set(cell, [one]);
    }
  }
}

// `taken` stays free; `home` is the box that a thing's name must stay in.
export interface Asked { scale: number; first: (id: string) => boolean; most: number; least: number; taken: Box[]; home: (node: MapNode, at: Place) => Box | undefined }

function within(one: Box, home: Box | undefined): boolean {
  return !home || (one.left >= home.left && one.right <= home.right && one.top >= home.top && one.bottom <= home.bottom);
}

export function named(nodes: MapNode[], places: Record<string, Place>, { scale, first, most, least, taken, home }: Asked): Map<string, Spot> {
  const names = new Board();
  const marks = new Board();
  for (const one of taken) names.take(one);
  const placed = nodes.filter((node) => places[node.id]);
  for (const node of placed) {
    const at = places[node.id]!;
    const reach = radius(node) * grown(scale) * 0.86;
    marks.take({ left: at.x - reach, right: at.x + reach, top: at.y - reach, bottom: at.y + reach });
  }
  const shown = new Map<string, Spot>();
  const order = placed.sort((a, b) => Number(first(b.id)) - Number(first(a.id)) || b.degree - a.degree || a.label.length - b.label.length);
  for (const node of order) {
    if (shown.size >= most || (node.degree < least && !first(node.id))) break;
    const inside = home(node, places[node.id]!);
    const open = [...spots(node, places[node.id]!, scale)].filter(([, box]) => within(box, inside) && names.free(box));
    const strong = (node.degree >= HUB && !taken.length) || first(node.id);
    const found = open.find(([, box]) => marks.free(box)) ?? (strong ? open[0] : undefined);
    if (!found) continue;
    names.take(found[1]);
    shown.set(node.id, found[0]);
  }
  return shown;
}
