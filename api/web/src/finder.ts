// Search as you type: a combobox over the label index, grouped by kind, driven by the keyboard.
import { badge, kindStyle } from "./badge.ts";
import { base, element, later } from "./page.ts";

export interface Found { iri: string; label: string; kind: string; url: string; matched?: string }
type Choose = (found: Found) => void;

let number = 0;

export async function look(text: string, kinds = ""): Promise<Found[]> {
  const address = `${base}/search?format=json&limit=14&q=${encodeURIComponent(text)}&kind=${encodeURIComponent(kinds)}`;
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  return answer.ok ? ((await answer.json()) as { results: Found[] }).results : [];
}

function option(found: Found, id: string): HTMLElement {
  const name = element("span", {}, found.label);
  const row = element("div", { role: "option", id, "aria-selected": "false", "data-url": found.url }, badge(found.kind), name);
  if (found.matched) row.append(element("span", { class: "as" }, found.matched.length > 40 ? "" : found.matched));
  return row;
}

class Finder {
  private readonly list: HTMLElement;
  private found: Found[] = [];
  private at = -1;

  constructor(private readonly input: HTMLInputElement, private readonly choose: Choose) {
    const id = `find-${++number}`;
    this.list = element("div", { class: "find-list", role: "listbox", id, "aria-label": "Suggestions", hidden: "" });
    input.closest(".find")!.append(this.list);
    const wiring = { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off" };
    for (const [name, value] of Object.entries(wiring)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.point(-1));
    input.addEventListener("input", later(70, () => void this.ask()));
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      const row = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (row) this.take(Number(row.dataset.at));
    });
  }

  private async ask(): Promise<void> {
    const text = this.input.value.trim();
    if (!text) return this.close();
    const found = await look(text, this.input.dataset.kind ?? "");
    // What comes late is of no use where more was typed, and must not take away what was chosen in the list meanwhile.
    if (this.input.value.trim() === text && this.at < 0 && document.activeElement === this.input) this.show(found);
  }

  private show(found: Found[]): void {
    const kinds = [...new Set(found.map((one) => one.kind))];
    this.found = kinds.flatMap((kind) => found.filter((one) => one.kind === kind));
    this.at = -1;
    this.list.replaceChildren();
    for (const kind of kinds) {
      const group = element("div", { role: "group", "aria-label": kindStyle(kind).plural });
      group.append(element("div", { class: "label", "aria-hidden": "true" }, kindStyle(kind).plural));
      this.found.forEach((one, at) => {
        if (one.kind !== kind) return;
        const row = option(one, `${this.list.id}-${at}`);
        row.dataset.at = String(at);
        group.append(row);
      });
      this.list.append(group);
    }
    if (!found.length) this.list.append(element("div", { class: "none", role: "option", "aria-selected": "false", "aria-disabled": "true" }, "Nothing has a name like that. Try another word."));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.close();
    }
    if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      return this.take(this.at);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.list.hidden || !this.found.length) return;
    event.preventDefault();
    const from = this.at < 0 && step < 0 ? 0 : this.at;
    this.point((from + step + this.found.length) % this.found.length);
  }

  // Marks the row that Enter takes; none where `at` is negative.
  private point(at: number): void {
    this.at = at;
    for (const row of this.list.querySelectorAll("[role=option]")) row.setAttribute("aria-selected", "false");
    const row = at < 0 ? null : this.list.querySelector(`#${this.list.id}-${at}`);
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  private take(at: number): void {
    const found = this.found[at];
    this.close();
    if (found) this.choose(found);
  }

  private close(): void {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export function finder(input: HTMLInputElement, choose: Choose): void {
  new Finder(input, choose);
}
