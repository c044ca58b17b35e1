// A map on a screen that is higher than wide, such as a phone held upright.
import type { MapData } from "./data.ts";

const ROOM = 1.1; // what turned names need more
const APART = 46;

function span(values: number[]): number {
  return Math.max(1, Math.max(...values) - Math.min(...values));
}

// The map on its side, drawn out towards the shape of the screen.
function turn(data: MapData, aspect: number): void {
  const now = span(data.nodes.map((node) => node.y)) / span(data.nodes.map((node) => node.x));
  const by = Math.min(1.6, Math.max(0.55, aspect / now));
  const [wide, high] = [Math.sqrt(ROOM * by), Math.sqrt(ROOM / by)];
  for (const node of data.nodes) [node.x, node.y] = [Math.round(node.y * wide), Math.round(node.x * high)];
}

// The boxes of communities below each other, as many in a row as make the shape of the screen.
function stack(data: MapData, aspect: number): void {
  const area = data.regions.reduce((sum, one) => sum + (one.width + APART) * (one.height + APART), 0);
  const across = Math.max(Math.sqrt(area * aspect * 1.2), ...data.regions.map((one) => one.width + APART));
  let [left, top, row] = [0, 0, 0];
  data.regions = data.regions.map((one) => ({ ...one }));
  const order = [...data.regions.entries()].sort(([, a], [, b]) => b.height - a.height);
  for (const [number, one] of order) {
    if (left && left + one.width > across) [left, top, row] = [0, top + row + APART, 0];
    for (const node of data.nodes) {
      if (node.community !== number) continue;
      node.x += left - one.left;
      node.y += top - one.top;
    }
    [one.left, one.top] = [left, top];
    left += one.width + APART;
    row = Math.max(row, one.height);
  }
}

export function fitted(holder: HTMLElement, data: MapData): void {
  const aspect = holder.clientWidth / Math.max(1, holder.clientHeight);
  if (!data.nodes.length || aspect > 0.87) return;
  if (!data.regions.length) turn(data, aspect);
  else if (data.layout === "communities") stack(data, aspect);
}
