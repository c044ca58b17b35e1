// Completion from this graph alone: its prefixes, classes, properties, and its things by their names.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { look } from "../finder.ts";
import { base } from "../page.ts";

interface Term { name: string; iri: string; count: number; label: string }
interface Known { prefixes: Record<string, string>; classes: Term[]; properties: Term[] }

let asked: Promise<Known> | undefined;

function known(): Promise<Known> {
  asked ??= fetch(`${base}/complete.json`).then((answer) => answer.json() as Promise<Known>);
  return asked;
}

const KEYWORDS = "SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS VALUES BIND GROUP BY ORDER LIMIT OFFSET CONSTRUCT ASK DESCRIBE COUNT PREFIX NOT EXISTS GRAPH HAVING".split(" ");

function terms(list: Term[], type: string, boost: number): Completion[] {
  return list.map((term) => ({ label: term.name, type, detail: term.label, info: `${term.count.toLocaleString("en-GB")} times in this graph`, boost }));
}

export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[A-Za-z][\w-]*:?[\w-]*/);
  if (!word && !context.explicit) return null;
  const graph = await known();
  const options = [
    ...terms(graph.properties, "property", 2), ...terms(graph.classes, "class", 1),
    ...Object.entries(graph.prefixes).map(([prefix, iri]) => ({ label: `PREFIX ${prefix}: <${iri}>`, type: "namespace", boost: -2 })),
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
  ];
  return { from: word?.from ?? context.pos, options, filter: true };
}

const WORDS = /(?:^|[\s({,;.])((?:[A-Za-z][\w'’-]*[ ]){0,5}[A-Za-z][\w'’-]*)$/;

// Things by their names, of one word or several: `care hom` becomes `v:care-home`.
export async function things(context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const found = WORDS.exec(line.text.slice(0, context.pos - line.from));
  const words = found?.[1]!.split(" ").filter(Boolean) ?? [];
  while (words.length && (words[0] === "a" || KEYWORDS.includes(words[0]!.toUpperCase()))) words.shift();
  const text = words.join(" ");
  if (text.length < 3) return null;
  const { prefixes } = await known();
  const begins = (one: { label: string }): number => Number(!one.label.toLowerCase().startsWith(text.toLowerCase()));
  const options = (await look(text)).sort((a, b) => begins(a) - begins(b)).map((one) => {
    const prefix = Object.entries(prefixes).filter(([, iri]) => one.iri.startsWith(iri)).sort((a, b) => b[1].length - a[1].length)[0];
    const name = prefix ? `${prefix[0]}:${one.iri.slice(prefix[1].length)}` : `<${one.iri}>`;
    return { label: one.label, apply: name, type: "constant", detail: name };
  });
  return { from: context.pos - text.length, options, filter: false };
}
