// How nodes and edges are drawn: the token file's shapes, codes and strokes on a canvas.
import tokens from "../../../../src/asckg/style/token.json";
import { kindColour, kindStyle, outline } from "../badge.ts";
import type { MapEdge, MapNode } from "./data.ts";
import { below, type Spot } from "./naming.ts";
import { captionSize, grown, lines, radius } from "./size.ts";

export interface Look {
  mode: "light" | "dark"; ink: string; quiet: string; halo: string; edge: string; focus: string; body: string; raised: string; line: string;
}

export function look(): Look {
  const style = getComputedStyle(document.documentElement);
  const mode = style.colorScheme === "dark" ? "dark" : "light";
  const colours = tokens.colour[mode];
  return { mode, ink: colours.ink, quiet: colours.quiet, halo: colours.map, edge: colours.edge, focus: colours.focus, body: tokens.font.body, raised: colours.raised, line: colours.line };
}

const paths = new Map<string, Path2D>();

function path(kind: string): Path2D {
  const shape = kindStyle(kind).shape;
  let found = paths.get(shape);
  if (!found) {
    found = new Path2D();
    for (const [x, y] of outline(kind).points) found.lineTo(x!, y!);
    found.closePath();
    paths.set(shape, found);
  }
  return found;
}

export interface Paint { look: Look; dim: (id: string) => boolean; lit: (id: string) => boolean; scale: () => number; spot: (id: string) => Spot | undefined }
interface Asked { ctx: CanvasRenderingContext2D; x: number; y: number; state: { selected: boolean; hover: boolean } }

export function painter(node: MapNode, paint: Paint): (asked: Asked) => unknown {
  const own = radius(node);
  const wrapped = lines(node.label);
  const shape = path(node.kind);
  const text = outline(node.kind).text;
  const code = kindStyle(node.kind).code;
  return ({ ctx, x, y, state }) => {
    const size = own * grown(paint.scale());
    return {
    drawNode() {
      const { look } = paint;
      ctx.save();
      ctx.globalAlpha = paint.dim(node.id) ? 0.16 : 1;
      ctx.translate(x, y);
      ctx.scale(size, size);
      ctx.lineJoin = "round";
      ctx.fillStyle = kindColour(node.kind, look.mode);
      ctx.strokeStyle = state.selected ? look.focus : look.halo;
      ctx.lineWidth = (state.selected ? 7 : 3.2) / size;
      ctx.stroke(shape);
      ctx.fill(shape);
      ctx.restore();
      if (paint.scale() * size > 5.5) letters(ctx, code, x, y + text * size, size, paint, node.id);
    },
    drawExternalLabel() {
      const strong = state.selected || state.hover;
      const spot = paint.spot(node.id) ?? (strong ? below(node, paint.scale()) : undefined);
      if (spot && !paint.dim(node.id)) caption(ctx, wrapped, x + spot.dx, y + spot.top, spot.align, strong || paint.lit(node.id), paint);
    },
    nodeDimensions: { width: size * 2, height: size * 2 },
    };
  };
}

function letters(ctx: CanvasRenderingContext2D, code: string, x: number, y: number, size: number, paint: Paint, id: string): void {
  ctx.save();
  ctx.globalAlpha = paint.dim(id) ? 0.2 : 1;
  ctx.font = `700 ${size * 0.86}px ${paint.look.body}`;
  ctx.fillStyle = paint.look.mode === "light" ? "#ffffff" : "#0e141c";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(code, x, y + size * 0.04);
  ctx.restore();
}

function caption(ctx: CanvasRenderingContext2D, wrapped: string[], x: number, y: number, align: CanvasTextAlign, strong: boolean, paint: Paint): void {
  const size = captionSize(paint.scale());
  ctx.save();
  ctx.font = `${strong ? 650 : 500} ${size}px ${paint.look.body}`;
  ctx.textAlign = align;
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.strokeStyle = paint.look.halo;
  ctx.lineWidth = size * 0.28;
  ctx.fillStyle = paint.look.ink;
  wrapped.forEach((line, i) => {
    const top = y + size * 0.1 + i * size * 1.16;
    ctx.strokeText(line, x, top);
    ctx.fillText(line, x, top);
  });
  ctx.restore();
}

export function basisOf(edge: MapEdge): keyof typeof tokens.basis | "" {
  if (edge.basis.includes("literature") && edge.basis.includes("stakeholder-testimony")) return "both";
  return (edge.basis[0] as keyof typeof tokens.basis | undefined) ?? "";
}

export function stroke(edge: MapEdge, look: Look, opacity = 1): Record<string, unknown> {
  const basis = basisOf(edge);
  const dash = basis ? tokens.basis[basis].dash : [];
  return {
    color: { color: look.edge, highlight: look.ink, hover: look.ink, inherit: false, opacity },
    dashes: dash.length ? dash : false,
    width: basis === "both" ? 3.4 : 1.5,
  };
}
