// The mark of a kind of thing: its shape, colour and code.
import tokens from "../../../src/asckg/style/token.json";
import { drawing } from "./page.ts";

export interface KindStyle { label: string; plural: string; code: string; family: string; shape: string }
interface Shape { points?: number[][]; round?: number; text?: number }

const kinds = tokens.kind as Record<string, KindStyle>;
const shapes = tokens.shape as Record<string, Shape>;
const families = tokens.family as Record<string, { light: string; dark: string }>;

export function kindStyle(name: string): KindStyle {
  return kinds[name] ?? kinds.thing!;
}

export function kindColour(name: string, mode: "light" | "dark"): string {
  return families[kindStyle(name).family]![mode];
}

export function outline(name: string): { points: number[][]; text: number } {
  const shape = shapes[kindStyle(name).shape] ?? {};
  if (shape.points) return { points: shape.points, text: shape.text ?? 0 };
  const step = (2 * Math.PI) / 24;
  return { points: Array.from({ length: 24 }, (_, i) => [Math.cos(step * i), Math.sin(step * i)]), text: 0 };
}

export function badge(name: string): SVGElement {
  const { points, text } = outline(name);
  const svg = drawing("svg", { class: `badge k-${name}`, viewBox: "-12 -12 24 24", "aria-hidden": "true" });
  svg.append(drawing("polygon", { points: points.map(([x, y]) => `${x! * 9.6},${y! * 9.6}`).join(" ") }));
  const code = drawing("text", { y: 3.3 + text * 9.6 });
  code.textContent = kindStyle(name).code;
  svg.append(code);
  return svg;
}
