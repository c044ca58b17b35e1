// Menus made of <details>: one open at a time, closed by Escape, by a press elsewhere and by a choice.
import { all } from "./page.ts";

export function menus(): void {
  const open = (): HTMLDetailsElement[] => all<HTMLDetailsElement>("details.menu[open]");
  document.addEventListener("click", (event) => {
    const at = event.target as Element;
    for (const one of open()) if (!one.contains(at) || at.closest(".menu-list a, .menu-list button")) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of open()) {
      one.open = false;
      one.querySelector("summary")!.focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    for (const one of open()) if (!one.contains(event.target as Element)) one.open = false;
  });
}
