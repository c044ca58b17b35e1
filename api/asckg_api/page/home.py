"""The first page: what this graph is, its counts, one search box, three questions and a live map."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from asckg.question import Question
from asckg.style import kind, tokens
from asckg_api.page.question import titled
from asckg_api.view.book import Book, book
from asckg_api.view.link import full, short
from asckg_api.view.respond import page

router = APIRouter(include_in_schema=False)
FIRST_QUESTIONS = ("barriers-in-setting", "barriers-without-remedy", "recommendations-to")
FIRST_MAPS = ("funding", "partnerships", "barriers")


@dataclass(frozen=True)
class Start:
    """A question of the first page, with the parameters that it is opened with."""

    name: str
    title: str
    start: str = ""


@router.get("/")
def home(request: Request) -> Response:
    """Show what the graph holds."""
    mine = book(request)
    counts = mine.labels.counts()
    shown = [(kind(name), counts[name]) for name in tokens()["counted"] if counts.get(name)]
    return page(
        request,
        "home.html",
        counts=shown,
        claims=counts.get("claim", 0),
        questions=_questions(mine),
        documents=mine.hits(mine.documents),
        map=_first_map(mine),
        triples=mine.graph.build.manifest.get("triples", 0),
    )


def _questions(mine: Book) -> list[Start]:
    plain = [q for q in mine.questions.values() if q.kind == "question"]
    named = [q for name in FIRST_QUESTIONS for q in plain if q.name == name]
    easy = sorted((q for q in plain if q not in named), key=lambda q: (q.difficulty != "easy", q.name))
    return [_start(mine, q) for q in (named + easy)[:3]]


def _start(mine: Book, question: Question) -> Start:
    """Return a question as it is asked when it is opened: with the values that its parameters have by default."""
    given = {p.name: p.default for p in question.parameters if p.default}
    start = "?" + urlencode({name: short(full(value)) for name, value in given.items()}) if given else ""
    return Start(question.name, titled(mine, question, {}), start)


def _first_map(mine: Book) -> Question | None:
    maps = {q.name: q for q in mine.questions.values() if q.kind == "map"}
    return next((maps[name] for name in FIRST_MAPS if name in maps), next(iter(maps.values()), None))
