// Tables that sort by a click on their heading and filter by what is typed.
import { all, element, later } from "./page.ts";

function value(row: HTMLTableRowElement, column: number): string {
  const cell = row.cells[column];
  return cell?.dataset.value ?? cell?.textContent?.trim() ?? "";
}

function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, "en", { numeric: true, sensitivity: "base" });
}

function sort(table: HTMLTableElement, column: number): void {
  const heading = table.tHead!.rows[0]!.cells[column]!;
  const ascending = heading.getAttribute("aria-sort") !== "ascending";
  for (const cell of table.tHead!.rows[0]!.cells) cell.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const body = table.tBodies[0]!;
  const rows = [...body.rows].sort((a, b) => compare(value(a, column), value(b, column)) * (ascending ? 1 : -1));
  body.append(...rows);
}

export function sortable(table: HTMLTableElement): void {
  [...(table.tHead?.rows[0]?.cells ?? [])].forEach((cell, column) => {
    if (cell.querySelector("button") || !cell.textContent?.trim()) return;
    const button = element("button", { type: "button" }, ...cell.childNodes);
    button.addEventListener("click", () => sort(table, column));
    cell.replaceChildren(button);
  });
}

function filter(input: HTMLInputElement): void {
  const table = document.getElementById(input.dataset.filters ?? "") as HTMLTableElement | null;
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of table?.tBodies[0]?.rows ?? []) {
    const text = row.textContent!.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) shown += 1;
  }
  const said = document.getElementById(`${input.dataset.filters}-said`);
  if (said) said.textContent = words.length ? `${shown} shown` : "";
}

export function tables(): void {
  all<HTMLTableElement>("table.data:not(.compare)").forEach(sortable);
  for (const input of all<HTMLInputElement>("input[data-filters]")) {
    input.addEventListener("input", later(80, () => filter(input)));
  }
}
