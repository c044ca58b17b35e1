// Starts every map on the page: the picture that the server drew gives way to the live one.
import { Control } from "./map/control.ts";
import type { MapData } from "./map/data.ts";
import { all } from "./page.ts";

async function start(page: HTMLElement): Promise<void> {
  const answer = await fetch(page.dataset.mapSource!, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`the map did not load: ${answer.status}`);
  const data = (await answer.json()) as MapData;
  page.querySelector<HTMLElement>(".map-canvas")!.hidden = false;
  const control = new Control(page, data);
  page.querySelector(".map-stage > img, .stage > img")?.setAttribute("hidden", "");
  page.dataset.ready = String(Math.round(performance.now()));
  Object.assign(page, { control });
}

for (const page of all<HTMLElement>("[data-map-source]")) void start(page);
