// The basket: addresses of claims, works and maps, kept in this browser and nowhere else.
import { all, base, say } from "./page.ts";

const KEY = "asckg-basket";

export function kept(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function keep(names: string[]): void {
  localStorage.setItem(KEY, JSON.stringify(names.slice(0, 200)));
  show();
}

function show(): void {
  const names = kept();
  for (const button of all<HTMLButtonElement>("button[data-keep]")) {
    const inside = names.includes(button.dataset.keep!);
    button.setAttribute("aria-pressed", String(inside));
    button.textContent = inside ? "In basket" : "Add to basket";
  }
  for (const link of all<HTMLAnchorElement>("a[data-basket]")) {
    link.textContent = names.length ? `Basket (${names.length})` : "Basket";
    link.href = `${base}/basket?ids=${names.map(encodeURIComponent).join(",")}`;
  }
}

export function basket(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-keep]");
    const empty = (event.target as Element).closest("[data-empty-basket]");
    if (empty) {
      keep([]);
      location.href = `${base}/basket`;
    }
    if (!button) return;
    const name = button.dataset.keep!;
    const names = kept();
    const inside = names.includes(name);
    keep(inside ? names.filter((one) => one !== name) : [...names, name]);
    say(inside ? "Taken out of the basket" : "Kept in the basket");
  });
  window.addEventListener("storage", show);
  show();
}
