// The short tour of the first visit: four steps on real data, one key to leave.
import { base, element } from "./page.ts";

const STEPS: [string, string, string][] = [
  ["Search", "Type a name, an acronym or a word. NIHR, care homes and backfill all work.", "/search?q=NIHR"],
  ["Ask", "Pick a question. The answer is a table, and a map where it can be one.", "/questions"],
  ["Follow", "Open any claim: it shows who stands behind it, the works cited, and its place in the document.", "/claims"],
  ["Take", "Every table, map and page can be taken away: CSV, PNG, Word, or a link to exactly this view.", "/maps"],
];

function step(dialog: HTMLDialogElement, at: number): void {
  const [title, text, path] = STEPS[at]!;
  const next = element("button", { type: "button", class: "button main" }, at + 1 < STEPS.length ? "Next" : "Done");
  next.addEventListener("click", () => (at + 1 < STEPS.length ? step(dialog, at + 1) : dialog.close()));
  const leave = element("button", { type: "button", class: "button plain" }, "Skip the tour");
  leave.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(
    element("p", { class: "small quiet" }, `Step ${at + 1} of ${STEPS.length}`),
    element("h2", {}, title),
    element("p", {}, text, " ", element("a", { href: base + path }, "Try it")),
    element("div", { class: "row" }, next, leave),
  );
  next.focus();
}

export function tour(): void {
  document.querySelector("[data-tour]")?.addEventListener("click", () => {
    const dialog = element("dialog", { class: "card tour", "aria-label": "A short tour" });
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
    step(dialog, 0);
  });
}
