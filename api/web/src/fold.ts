// Folded parts: a link to what stands in one opens it, and paper has no folds.
import { all } from "./page.ts";

function reveal(): void {
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  for (let at = target?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
  if (target?.closest("details")) target.scrollIntoView();
}

export function folds(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => {
    opened = all<HTMLDetailsElement>("main details:not([open], .words, .menu)");
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => opened.forEach((one) => (one.open = false)));
  reveal();
}
