"""Questions: the files of `queries/` with their parameters, their answer and their text."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from asckg.namespace import expand
from asckg.question import Parameter, Question, ask, bind
from asckg.search.index import Hit
from asckg.term import Rows
from asckg_api.view.book import Book, book
from asckg_api.view.link import full, short
from asckg_api.view.respond import as_json, data, page
from asckg_api.view.table import as_rows, shown, wanted
from asckg_api.view.unknown import near, said, unknown
from asckg_api.view.value import values_of

router = APIRouter(tags=["questions"])
AUDIENCE = {
    "researcher": "Researcher",
    "commissioner": "Commissioner",
    "council-lead": "Council research lead",
    "policy-analyst": "Policy analyst",
    "data-person": "Data person",
}
SCHEME = "SELECT ?thing ?scheme WHERE { ?thing skos:inScheme ?scheme }"


@router.get("/questions")
def questions(request: Request, audience: str = "", topic: str = "") -> Response:
    """List the questions by topic, or those of one audience."""
    mine = book(request)
    asked = [q for q in mine.questions.values() if q.kind == "question"]
    found = [q for q in asked if (not audience or audience in q.audience) and (not topic or topic == q.topic)]
    if wanted(request) != "html":
        return as_json(request, {"questions": [_about(q) for q in found]})
    topics: dict[str, list[Question]] = {}
    for question in sorted(found, key=lambda q: (q.topic, ("easy", "medium", "hard").index(q.difficulty), q.title)):
        topics.setdefault(question.topic, []).append(question)
    return page(request, "questions.html", topics=topics, audience=audience, audiences=AUDIENCE, total=len(asked))


@router.get("/questions/{name}.{suffix}")
def answer_file(request: Request, name: str, suffix: str) -> Response:
    """Return the answer to a question as `json` or `csv`; its text as `rq`."""
    question = _named(book(request), name)
    if suffix == "rq":
        return data(request, question.text, "application/sparql-query; charset=utf-8")
    if suffix not in ("json", "csv"):
        raise HTTPException(404, f"an answer has no form {suffix!r}; it has json and csv")
    return as_rows(request, _answer(request, question), suffix, name)


@router.get("/questions/{name}")
def answer(request: Request, name: str) -> Response:
    """Show the answer to a question, its form and its query."""
    mine = book(request)
    question = _named(mine, name)
    if (form := wanted(request)) != "html":
        return as_rows(request, _answer(request, question), form, name)
    values = _values(request, question)
    missing = [p for p in question.parameters if not p.optional and not (values.get(p.name) or p.default)]
    strange = _strange(mine, question, values)
    rows = Rows((), []) if missing or strange else ask(mine.engine, question, values)
    bound = {} if missing or strange else bind(question, values)
    return page(
        request,
        "question.html",
        404 if strange else 200,
        question=question,
        title=question.title if strange else titled(mine, question, values),
        missing=missing,
        strange=[(p, short(name), near(mine, name, among=_choices(mine, p))) for p, name in strange],
        fields=[(p, _current(mine, p, values), _choices(mine, p)) for p in question.parameters],
        table=shown(rows, dict(question.columns), [name for name in question.columns if name not in bound]),
        bound={name: term.value for name, term in bound.items()},
        bars=bars(mine, question, rows),
        audiences=AUDIENCE,
    )


@router.get("/embed/questions/{name}", tags=["embed"])
def embedded(request: Request, name: str) -> Response:
    """Return the answer to a question for a frame."""
    question = _named(book(request), name)
    rows = _answer(request, question)
    whole = f"/questions/{name}" + (f"?{request.url.query}" if request.url.query else "")
    table = shown(rows, dict(question.columns), list(question.columns))
    title = titled(book(request), question, _values(request, question))
    return page(request, "embed-question.html", frames="*", framed=True, table=table, title=title, whole=whole)


def _strange(mine: Book, question: Question, values: Mapping[str, str]) -> list[tuple[Parameter, str]]:
    """Return the parameters that were given a thing which the graph does not know, each with the name as given."""
    given = [(p, values[p.name]) for p in question.parameters if p.type == "iri" and values.get(p.name)]
    unknown_ones = unknown(mine, [value for _, value in given if "<" not in value])
    return [(p, value) for p, value in given if value in unknown_ones]


def titled(mine: Book, question: Question, values: Mapping[str, str]) -> str:
    """Return what is asked with the chosen values in it."""
    hits = {p.name: _current(mine, p, values) for p in question.parameters}
    return question.asking({name: _in_a_sentence(hit) for name, hit in hits.items() if hit})


def _in_a_sentence(hit: Hit) -> str:
    common = hit.kind in ("concept", "activity", "group") and hit.label[1:2].islower()
    return hit.label[:1].lower() + hit.label[1:] if common else hit.label


def bars(mine: Book, question: Question, rows: Rows) -> list[tuple[str, float]]:
    """Return the label and value of each bar when the question says that its answer is a chart.

    Bars of one length would say nothing: then there are none.
    """
    chart = question.chart or {}
    names = [chart.get("label", ""), chart.get("value", "")]
    if not rows.rows or not all(name in rows.columns for name in names):
        return []
    label, value = (rows.columns.index(name) for name in names)
    pairs = [(row[label], row[value]) for row in rows.rows]
    found = [(mine.hit(a.value).label if a.kind == "iri" else a.value, float(b.value)) for a, b in pairs if a and b]
    return found[:24] if len({value for _, value in found}) > 1 else []


def _answer(request: Request, question: Question) -> Rows:
    mine, values = book(request), _values(request, question)
    for parameter, name in _strange(mine, question, values):
        raise HTTPException(404, f"{parameter.name}: {said(mine, [name], among=_choices(mine, parameter))}")
    return ask(mine.engine, question, values)


def _values(request: Request, question: Question) -> dict[str, str]:
    return values_of(question, request.query_params)


def _named(mine: Book, name: str) -> Question:
    question = mine.questions.get(name)
    if question is None:
        raise HTTPException(404, f"there is no question {name!r}; /questions lists them")
    return question


def _about(question: Question) -> Mapping[str, object]:
    return {
        "name": question.name,
        "title": question.title,
        "description": question.description,
        "audience": question.audience,
        "topic": question.topic,
        "parameters": [
            {"name": p.name, "type": p.type, "label": p.label, "default": p.default} for p in question.parameters
        ],
    }


def _current(mine: Book, parameter: Parameter, values: Mapping[str, str]) -> Hit | None:
    value = values.get(parameter.name) or parameter.default or ""
    if not value:
        return None
    return mine.hit(full(value)) if parameter.type == "iri" else Hit("", value, "thing")


def _choices(mine: Book, parameter: Parameter) -> list[Hit]:
    """Return what a parameter can be, when its header names a scheme or a kind and there are not too many."""
    from asckg.term import Term  # noqa: PLC0415  # used here alone

    where = dict(parameter.values)
    if "kind" in where:
        rows = mine.engine.select(
            "SELECT ?thing ?kind WHERE { ?thing a ?kind }", {"kind": Term.iri(expand(where["kind"]))}
        )
    elif "scheme" in where:
        rows = mine.engine.select(SCHEME, {"scheme": Term.iri(expand(where["scheme"]))})
    elif "query" in where and where["query"] in mine.questions:
        rows = ask(mine.engine, mine.questions[where["query"]])
    else:
        return []
    return sorted(mine.hits(dict.fromkeys(row[0].value for row in rows.rows if row[0])), key=lambda hit: hit.label)
