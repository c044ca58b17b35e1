// The stand-alone file: one map, its panel and its filters, with nothing to ask of any server.
import { Control } from "./map/control.ts";
import type { MapData } from "./map/data.ts";

const data = JSON.parse(document.getElementById("map-data")!.textContent!) as MapData;
const page = document.querySelector<HTMLElement>("[data-map-alone]")!;
document.documentElement.classList.add("has-script");
new Control(page, data);
page.dataset.ready = String(Math.round(performance.now()));
