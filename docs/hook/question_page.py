"""The library of queries: every question and map, by topic, with its parameters and its SPARQL."""

from itertools import groupby

from table import table, text

from asckg.question import Question, load_all
from asckg.tree import queries_dir

HEAD = (
    "# Questions and maps\n\nEvery file of `queries/`. Ask one with `asckg query NAME`, from Python with "
    "`graph.query(NAME)`, or at `/questions/NAME` of a running server; draw a map with `graph.map(NAME)`.\n"
)


def page() -> str:
    """Return the page."""
    found = list(load_all(queries_dir()).values())
    parts = [HEAD]
    ordered = sorted(found, key=lambda one: (one.kind == "map", one.topic, one.name))
    for (is_map, topic), group in groupby(ordered, key=lambda one: (one.kind == "map", one.topic)):
        parts.append(f"## {'Maps' if is_map else 'Questions'}: {text(topic)}\n")
        parts += [_section(question) for question in group]
    return "\n".join(parts)


def _section(question: Question) -> str:
    parts = [f"### {text(question.title)} {{#{question.name}}}\n", f"`{question.name}`. {text(question.description)}\n"]
    if question.audience:
        parts.append(f"For: {', '.join(question.audience)}. {question.difficulty.capitalize()}.\n")
    if question.parameters:
        rows = [
            (f"`{p.name}`", p.type, text(p.label), f"`{p.default}`" if p.default else "") for p in question.parameters
        ]
        parts.append(table(("parameter", "type", "meaning", "default"), rows))
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("#+")).strip()
    quoted = "\n".join(f"    {line}" for line in ["```text", *body.splitlines(), "```"])
    parts.append(f'??? note "The query"\n\n{quoted}\n')
    return "\n".join(parts)
