// Which names are drawn: the most linked things first, and none over another.
import type { MapNode } from "./data.ts";
import { captionSize, lines, radius } from "./paint.ts";

interface Box { left: number; right: number; top: number; bottom: number }
type Place = { x: number; y: number };

function box(node: MapNode, at: Place, size: number): Box {
  const wrapped = lines(node.label);
  const half = 0.27 * size * Math.max(...wrapped.map((line) => line.length));
  const top = at.y + radius(node) * 1.12;
  return { left: at.x - half, right: at.x + half, top, bottom: top + wrapped.length * size * 1.16 };
}

const CELL = 220;
const HUB = 5;

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
    for (const cell of this.near(one)) this.cells.set(cell, [...(this.cells.get(cell) ?? []), one]);
  }
}

export function named(nodes: MapNode[], places: Record<string, Place>, scale: number, first: (id: string) => boolean): Set<string> {
  const size = captionSize(scale);
  const names = new Board();
  const marks = new Board();
  const shown = new Set<string>();
  const placed = nodes.filter((node) => places[node.id]);
  for (const node of placed) {
    const at = places[node.id]!;
    const reach = radius(node) * 0.8;
    marks.take({ left: at.x - reach, right: at.x + reach, top: at.y - reach, bottom: at.y + reach });
  }
  const order = [...placed].sort((a, b) => Number(first(b.id)) - Number(first(a.id)) || b.degree - a.degree || a.label.length - b.label.length);
  for (const node of order) {
    const one = box(node, places[node.id]!, size);
    if (!names.free(one) || (node.degree < HUB && !first(node.id) && !marks.free(one))) continue;
    names.take(one);
    shown.add(node.id);
  }
  return shown;
}
