// The query editor: CodeMirror in a shadow root, so that its styles need no inline rule in the page.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, insertBracket } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { age, clear, labels, run, type Problem, showAnswer, take } from "./editor/answer.ts";
import { code } from "./editor/code.ts";
import { complete, things } from "./editor/complete.ts";
import { all, base, copy, element } from "./page.ts";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--f-together)", fontWeight: "600" },
  { tag: [tags.string, tags.literal], color: "var(--f-enabler)" },
  { tag: tags.number, color: "var(--f-number)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--f-actor)" },
  { tag: [tags.namespace, tags.propertyName, tags.typeName], color: "var(--f-barrier)" },
]);

const look = EditorView.theme({
  "&": { fontSize: "0.94rem", color: "var(--ink)", backgroundColor: "var(--surface)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.55", minHeight: "20rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--quiet)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--raised) 50%, transparent)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--f-actor) 28%, transparent) !important" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "8px", overflow: "hidden" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.75" },
  "&.cm-focused": { outline: "3px solid var(--focus)" },
  // The library draws these two as data: images, which the policy of the page does not load.
  ".cm-lint-marker-error": { content: "none", width: "auto", "&::before": { content: "'!'", color: "var(--bad)", fontWeight: "800", paddingInline: "0.3em" } },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad) 2px", textUnderlineOffset: "0.2em" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)", padding: "0.4rem 0.7rem" },
  ".cm-completionIcon": { display: "none" },
});

// A browser that types over a selection itself puts styles into the text, which the policy forbids; so it is done here.
const typing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    if (event.inputType !== "insertText" || !event.data || view.composing || state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(insertBracket(state, event.data) ?? state.update(state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true }));
    return true;
  },
});

function editor(box: HTMLElement, text: string, submit: () => boolean, changed: () => void): EditorView {
  const root = box.attachShadow({ mode: "open" });
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(),
      sparql(), syntaxHighlighting(colours), look, EditorView.lineWrapping, autocompletion({ override: [complete, things] }), typing,
      EditorView.updateListener.of((update) => update.docChanged && changed()),
      EditorView.contentAttributes.of({ "aria-label": "SPARQL query", spellcheck: "false" }),
      keymap.of([{ key: "Ctrl-Enter", mac: "Cmd-Enter", run: submit }, ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    ],
  });
  return new EditorView({ state, root, parent: root });
}

function mark(view: EditorView, problem: Problem | null): void {
  const line = problem?.line ? view.state.doc.line(Math.min(problem.line, view.state.doc.lines)) : null;
  const from = line ? Math.min(line.to, line.from + Math.max(0, (problem!.column ?? 1) - 1)) : 0;
  const word = line ? (/^(\w+|\S)/.exec(view.state.sliceDoc(from, line.to))?.[0] ?? "") : "";
  const marks = line ? [{ from, to: from + word.length, severity: "error" as const, message: problem!.detail }] : [];
  view.dispatch(setDiagnostics(view.state, marks));
  if (line) view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  const said = document.querySelector<HTMLElement>("[data-problem]")!;
  said.hidden = !problem;
  const where = line ? `Line ${problem!.line}, column ${problem!.column ?? 1}: ${word ? `“${word}” is not expected here. ` : "something is missing here. "}` : "";
  // The place is said already, and a list of what would do there may be cut.
  const detail = (problem?.detail ?? "").replace(/^the query cannot be read at line \d+, column \d+: /, "").replace(/, "$/, "");
  said.replaceChildren(element("strong", {}, where), detail);
}

function start(form: HTMLFormElement): void {
  const area = form.querySelector("textarea")!;
  const box = form.querySelector<HTMLElement>("[data-box]")!;
  const shared = new URLSearchParams(location.hash.slice(1)).get("query");
  let language = "curl";
  const submit = (): boolean => {
    void ask();
    return true;
  };
  const view = editor(box, shared ?? area.value, submit, () => {
    age();
    program();
  });
  const text = (): string => view.state.doc.toString();
  box.hidden = false;
  area.hidden = true;
  function program(): void {
    document.getElementById("code")!.textContent = code(language, text());
  }
  let runs = 0; // answers may come in another order than their queries were sent: only the last query's is shown
  const ask = async (): Promise<void> => {
    const [query, turn] = [text(), ++runs];
    program();
    const { answer, problem } = await run(query);
    const known = answer ? await labels(answer) : {};
    if (turn !== runs) return;
    mark(view, problem);
    if (answer) showAnswer(answer, known, query);
    else clear();
    if (query !== text()) age();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  const link = (): string => `${location.origin}${base}/sparql#query=${encodeURIComponent(text())}`;
  form.querySelector("[data-share]")!.addEventListener("click", () => {
    history_(link());
    void copy(link(), "A link to this query is copied");
  });
  form.querySelector<HTMLSelectElement>("#example")!.addEventListener("change", async (event) => {
    const name = (event.target as HTMLSelectElement).value;
    if (!name) return;
    const found = await (await fetch(`${base}/questions/${name}.rq`)).text();
    const plain = found.split("\n").filter((line) => !line.startsWith("#+")).join("\n");
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: plain } });
    submit();
  });
  for (const button of all<HTMLButtonElement>("[data-code]")) {
    button.addEventListener("click", () => {
      language = button.dataset.code!;
      for (const other of all("[data-code]")) other.setAttribute("aria-pressed", String(other === button));
      program();
    });
  }
  for (const button of all<HTMLButtonElement>("[data-take]")) button.addEventListener("click", () => void take(text(), button.dataset.take!));
  program();
  Object.assign(form, { editorText: text, setText: (next: string) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }) });
  if (shared) submit();
}

function history_(address: string): void {
  window.history.replaceState(null, "", address);
}

all<HTMLFormElement>("[data-editor]").forEach(start);
