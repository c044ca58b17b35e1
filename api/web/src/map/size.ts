// How large marks and their names are drawn, and where a name is broken.
import type { MapNode } from "./data.ts";

export function radius(node: MapNode): number {
  return 13 + Math.min(17, 3.2 * Math.sqrt(node.degree));
}

// By how much marks are drawn larger on a map that is seen from afar, so that their shapes can still be told apart.
export function grown(scale: number): number {
  return Math.min(1.9, Math.max(1, 0.44 / scale));
}

export function lines(label: string): string[] {
  const words = label.length > 96 ? `${label.slice(0, 95).trimEnd()}…` : label;
  const out: string[] = [""];
  for (const word of words.split(" ")) {
    const last = out[out.length - 1]!;
    if (last && last.length + word.length > 20) out.push(word);
    else out[out.length - 1] = last ? `${last} ${word}` : word;
  }
  return out.slice(0, 5);
}

export function captionSize(scale: number): number {
  return Math.max(13, 11.5 / scale);
}
