// What a colleague must get with the link: selection, filters, layout; and the steps that can be undone.
import { FACETS, type Facet } from "./data.ts";

export interface MapState { selected: string | null; hidden: string[]; facets: Record<Facet, string>; layout: string }

export function fromAddress(address: URL): MapState {
  const get = (name: string): string => address.searchParams.get(name) ?? "";
  return {
    selected: get("at") || null,
    hidden: get("without").split(",").filter(Boolean),
    facets: { basis: get("basis"), settings: get("settings"), sections: get("sections") },
    layout: get("layout"),
  };
}

export function toAddress(address: URL, state: MapState): URL {
  const next = new URL(address);
  const set = (name: string, value: string): void => (value ? next.searchParams.set(name, value) : next.searchParams.delete(name));
  set("at", state.selected ?? "");
  set("without", state.hidden.join(","));
  for (const facet of FACETS) set(facet, state.facets[facet]);
  set("layout", state.layout);
  return next;
}

export class History<T> {
  private readonly past: T[] = [];

  push(moment: T): void {
    this.past.push(moment);
    if (this.past.length > 60) this.past.shift();
  }

  pop(): T | undefined {
    return this.past.pop();
  }

  get empty(): boolean {
    return this.past.length === 0;
  }
}
