// Answers: asked of this server, shown with labels as a table or a chart, and taken away whole.
import { badge } from "../badge.ts";
import { all, base, drawing, element, save, say } from "../page.ts";
import { sortable } from "../table.ts";

export interface Problem { detail: string; line?: number; column?: number }
interface Term { type: string; value: string; datatype?: string }
type Row = Record<string, Term>;
export interface Answer { columns: string[]; rows: Row[]; text?: string; took: number }
export interface Label { label: string; kind: string; url: string }

const MOST = 1000;
const JSON_ROWS = "application/sparql-results+json";

export async function run(query: string): Promise<{ answer: Answer | null; problem: Problem | null }> {
  const begun = performance.now();
  const sent = await fetch(`${base}/sparql`, {
    method: "POST", body: query,
    headers: { "content-type": "application/sparql-query", accept: `${JSON_ROWS}, text/turtle;q=0.9` },
  });
  const took = performance.now() - begun;
  if (!sent.ok) return { answer: null, problem: (await sent.json()) as Problem };
  if (!sent.headers.get("content-type")?.includes("json")) return { answer: { columns: [], rows: [], text: await sent.text(), took }, problem: null };
  const body = (await sent.json()) as { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Row[] } };
  if (body.boolean !== undefined) return { answer: { columns: [], rows: [], text: body.boolean ? "Yes" : "No", took }, problem: null };
  return { answer: { columns: body.head.vars ?? [], rows: body.results?.bindings ?? [], took }, problem: null };
}

export async function labels(answer: Answer): Promise<Record<string, Label>> {
  const rows = answer.rows.slice(0, MOST);
  if (!rows.length) return {};
  const iris = [...new Set(rows.flatMap((row) => Object.values(row)).filter((term) => term.type === "uri").map((term) => term.value))];
  const sent = await fetch(`${base}/labels`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(iris.slice(0, 2000)) });
  return sent.ok ? ((await sent.json()) as Record<string, Label>) : {};
}

function cell(term: Term | undefined, known: Record<string, Label>): HTMLElement {
  const made = element("td");
  if (!term) return made;
  const label = known[term.value];
  const number = /#(integer|decimal|double)$/.test(term.datatype ?? "");
  if (number) made.className = "num";
  if (label?.url) {
    made.append(element("a", { class: "name", href: label.url, title: term.value }, badge(label.kind) as unknown as Node, element("span", {}, label.label)));
  } else if (term.type === "uri" && /^https?:/.test(term.value)) made.append(element("a", { href: term.value, rel: "noreferrer" }, term.value));
  else made.append(term.value);
  return made;
}

function table(answer: Answer, known: Record<string, Label>): HTMLElement {
  const head = element("tr", {}, ...answer.columns.map((name) => element("th", { scope: "col" }, name)));
  const body = element("tbody", {}, ...answer.rows.slice(0, MOST).map((row) => element("tr", {}, ...answer.columns.map((name) => cell(row[name], known)))));
  const made = element("table", { class: "data" }, element("thead", {}, head), body);
  sortable(made);
  return element("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": "Answer" }, made);
}

function chart(answer: Answer, known: Record<string, Label>): HTMLElement {
  const value = answer.columns.find((name) => answer.rows.some((row) => row[name] && row[name]!.value !== "" && !Number.isNaN(Number(row[name]!.value))));
  const label = answer.columns.find((name) => name !== value);
  if (!value || !label) return element("p", { class: "note" }, "A chart needs a column of numbers and a column of names.");
  const rows = answer.rows.slice(0, 40).map((row) => ({ name: known[row[label]?.value ?? ""]?.label ?? row[label]?.value ?? "", size: Number(row[value]?.value ?? 0) }));
  const most = Math.max(1, ...rows.map((row) => row.size));
  const svg = drawing("svg", { class: "bars", viewBox: `0 0 900 ${rows.length * 30}`, role: "img", "aria-label": `${value} by ${label}` });
  rows.forEach((row, i) => {
    const text = (x: number, said: string, extra: Record<string, string>): void => {
      const made = drawing("text", { x, y: i * 30 + 20, ...extra });
      made.textContent = said;
      svg.append(made);
    };
    text(330, row.name.slice(0, 46), { "text-anchor": "end" });
    svg.append(drawing("rect", { x: 342, y: i * 30 + 5, rx: 2, height: 21, width: (500 * row.size) / most }));
    text(350 + (500 * row.size) / most, String(row.size), { class: "value" });
  });
  return element("div", {}, svg as unknown as Node);
}

// The map of the answer as a picture; the live one is a page of its own.
function map(query: string): HTMLElement {
  const asked = `query=${encodeURIComponent(query)}`;
  const picture = element("img", { src: `${base}/maps/query.svg?${asked}&plain=page`, alt: "Map of the answer. The table has the same." });
  const made = element("div", { class: "answer-map" }, picture, element("p", {}, element("a", { href: `${base}/maps/query?${asked}` }, "Open the live map of this answer")));
  picture.addEventListener("error", () => made.replaceChildren(element("p", { class: "note" }, "A map needs a query with two columns of things, such as a barrier and what it hinders.")));
  return made;
}

// An answer under a query that has been changed says so; under a query that failed there is none.
export function age(): void {
  document.querySelector<HTMLElement>("[data-stale]")!.hidden = document.querySelector<HTMLElement>("[data-answer]")!.hidden;
}

export function clear(): void {
  document.querySelector<HTMLElement>("[data-answer]")!.hidden = true;
}

export function showAnswer(answer: Answer, known: Record<string, Label>, query: string): void {
  const place = document.querySelector<HTMLElement>("[data-answer]")!;
  const shown = place.querySelector<HTMLElement>("[data-shown]")!;
  place.hidden = false;
  place.querySelector<HTMLElement>("[data-stale]")!.hidden = true;
  const said = place.querySelector("[data-said]")!;
  if (answer.text !== undefined) {
    said.textContent = `complete, ${Math.round(answer.took)} ms`;
    shown.replaceChildren(element("pre", { tabindex: "0" }, answer.text));
    return;
  }
  const total = answer.rows.length;
  const whole = total > MOST ? `cut at ${MOST.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} rows on this page; the files are complete` : `complete: ${total.toLocaleString("en-GB")} rows`;
  said.textContent = `${whole}, ${Math.round(answer.took)} ms`;
  const views: Record<string, () => HTMLElement> = { table: () => table(answer, known), chart: () => chart(answer, known), map: () => map(query) };
  const view = (name: string): void => {
    for (const button of all("[data-view]", place)) button.setAttribute("aria-pressed", String((button as HTMLElement).dataset.view === name));
    shown.replaceChildren(total ? views[name]!() : element("p", { class: "note" }, "No rows. A gap here is a gap in this source, not in the world."));
  };
  for (const button of all<HTMLButtonElement>("[data-view]", place)) button.onclick = () => view(button.dataset.view!);
  view("table");
}

export async function take(query: string, type: string): Promise<void> {
  const sent = await fetch(`${base}/sparql`, { method: "POST", body: query, headers: { "content-type": "application/sparql-query", accept: type } });
  if (!sent.ok) return say("The query could not be run again.");
  const suffix = { "text/csv": "csv", "text/tab-separated-values": "tsv" }[type] ?? "json";
  save(`answer.${suffix}`, await sent.blob());
  say("The file is complete");
}
