// What every page does when scripts run: theme, search, tables, copying, basket.
import { basket } from "./basket.ts";
import { finder } from "./finder.ts";
import { folds } from "./fold.ts";
import { all, copy } from "./page.ts";
import { tables } from "./table.ts";
import { tour } from "./tour.ts";

function theme(button: HTMLElement): void {
  const root = document.documentElement;
  button.addEventListener("click", () => {
    const dark = getComputedStyle(root).colorScheme === "dark";
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("asckg-theme", root.dataset.theme);
    document.dispatchEvent(new CustomEvent("theme"));
  });
}

function pickers(): void {
  for (const input of all<HTMLInputElement>("input[data-pick]")) {
    const hidden = document.getElementById(input.dataset.pick!) as HTMLInputElement;
    finder(input, (found) => {
      input.value = found.label;
      hidden.value = found.iri;
      hidden.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("input", () => (hidden.value = ""));
  }
}

function copying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy],[data-copy-from]");
    if (!button) return;
    const from = button.dataset.copyFrom ? document.getElementById(button.dataset.copyFrom)?.textContent : null;
    void copy(from ?? (button.dataset.copy || location.href), "Copied");
  });
}

// Review of links: one key for each button that names one. A second key before the next page is there would decide
// the same link once more, so it does nothing.
function keys(): void {
  let sent = false;
  document.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
  document.addEventListener("keydown", (event) => {
    const inField = (event.target as Element).closest<HTMLElement>("input:not([type=checkbox]),textarea,select");
    if (inField?.closest("[data-keyed]") && ["Enter", "Escape"].includes(event.key)) {
      event.preventDefault();
      inField.blur();
    }
    if (event.key === "Escape") sent = false; // it stops the browser from sending
    if (sent || inField || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = all<HTMLElement>("[data-key]").find((one) => one.dataset.key === event.key.toLowerCase());
    if (found) { event.preventDefault(); found.click(); }
  });
}

// The name of a reviewer stays while links are passed over, before the first decision gives it to the server.
function reviewer(): void {
  const who = document.querySelector<HTMLInputElement>("[data-keyed] [name=who]");
  if (!who) return;
  who.value ||= sessionStorage.getItem("asckg-who") ?? "";
  who.addEventListener("change", () => sessionStorage.setItem("asckg-who", who.value));
}

if (document.querySelector("[data-key]")) keys();
reviewer();
all<HTMLElement>("[data-theme-toggle]").forEach(theme);
for (const input of all<HTMLInputElement>("input[data-find]")) finder(input, (found) => location.assign(found.url));
for (const select of all<HTMLSelectElement>("select[data-submit]")) select.addEventListener("change", () => select.form?.requestSubmit());
// What a page shows a picture of at first is run once that has been painted.
for (const link of all<HTMLLinkElement>("link[data-late]")) requestAnimationFrame(() => setTimeout(() => void import(link.href)));
pickers();
copying();
tables();
basket();
folds();
tour();
document.addEventListener("keydown", (event) => {
  const typing = (event.target as Element).closest("input,textarea,select,[contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector<HTMLInputElement>("input[data-find]")?.focus();
});
