// The same query from a program: curl, Python and R.
import { base } from "../page.ts";

export function code(language: string, query: string): string {
  const address = `${location.origin}${base}/sparql`;
  const trimmed = query.trim();
  if (language === "python") {
    return `from asckg import Graph\n\ngraph = Graph.open("${address}")\nanswer = graph.query("""\n${trimmed}\n""")\nprint(answer)\n`;
  }
  if (language === "r") {
    return `library(httr2)\n\nquery <- r"---(\n${trimmed}\n)---"\nanswer <- request("${address}") |>\n  req_headers(Accept = "text/csv") |>\n  req_body_form(query = query) |>\n  req_perform()\nread.csv(text = resp_body_string(answer))\n`;
  }
  const quoted = trimmed.replaceAll("'", "'\\''");
  return `curl '${address}' \\\n  --header 'Accept: text/csv' \\\n  --data-urlencode 'query=${quoted}'\n`;
}
