// The boxes behind a map: communities and years, with their titles.
import type { Region } from "./data.ts";
import type { Look } from "./paint.ts";

const LEADING = 1.15;

interface Title { lines: string[]; size: number; x: number; top: number; wide: number }

function wrapped(ctx: CanvasRenderingContext2D, text: string, wide: number): string[] {
  const out: string[] = [""];
  for (const word of text.split(" ")) {
    const longer = `${out[out.length - 1]!} ${word}`.trim();
    if (out[out.length - 1] && ctx.measureText(longer).width > wide) out.push(word);
    else out[out.length - 1] = longer;
  }
  return out;
}

function title(ctx: CanvasRenderingContext2D, region: Region, scale: number, look: Look): Title | null {
  const size = Math.max(20, 13 / scale);
  if (!region.title || region.width * scale < 30) return null;
  ctx.font = `650 ${size}px ${look.body}`;
  const lines = wrapped(ctx, region.title, region.width - size);
  const wide = Math.max(...lines.map((line) => ctx.measureText(line).width));
  const high = lines.length * size * LEADING;
  if (wide > region.width - size * 0.5 || high > region.height * 0.55) return null;
  return { lines, size, x: region.left + region.width / 2, top: region.top + size * 0.5, wide };
}

// Draws the boxes; the titles come later, over lines and marks.
export function drawRegions(ctx: CanvasRenderingContext2D, regions: Region[], scale: number, look: Look): void {
  ctx.save();
  for (const { left, top, width, height } of regions) {
    ctx.beginPath();
    ctx.roundRect(left, top, width, height, 18);
    ctx.fillStyle = look.raised;
    ctx.fill();
    ctx.lineWidth = 1 / scale;
    ctx.strokeStyle = look.line;
    ctx.stroke();
  }
  ctx.restore();
}

export function drawTitles(ctx: CanvasRenderingContext2D, regions: Region[], scale: number, look: Look): void {
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  for (const region of regions) {
    const one = title(ctx, region, scale, look);
    if (!one) continue;
    ctx.font = `650 ${one.size}px ${look.body}`;
    ctx.lineWidth = one.size * 0.3;
    ctx.strokeStyle = look.raised;
    ctx.fillStyle = look.ink;
    one.lines.forEach((line, i) => {
      ctx.strokeText(line, one.x, one.top + i * one.size * LEADING);
      ctx.fillText(line, one.x, one.top + i * one.size * LEADING);
    });
  }
  ctx.restore();
}

// What titles take, so that no name is written over them.
export function titleBoxes(ctx: CanvasRenderingContext2D, regions: Region[], scale: number, look: Look): { left: number; right: number; top: number; bottom: number }[] {
  ctx.save();
  const boxes = regions.flatMap((region) => {
    const one = title(ctx, region, scale, look);
    return one ? [{ left: one.x - one.wide / 2, right: one.x + one.wide / 2, top: one.top, bottom: one.top + one.lines.length * one.size * LEADING }] : [];
  });
  ctx.restore();
  return boxes;
}
