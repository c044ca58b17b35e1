"""`/links/review`: suggested links to decide, where the server was started with `--review`."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from asckg.link.decision import NONE_FOUND, Decision
from asckg.link.publish import iri_of
from asckg.link.queue import Queue
from asckg.link.reason import MEANINGS, in_words
from asckg.wording import worded
from asckg_api.view.link import Links
from asckg_api.view.respond import POLICY, common_headers, render

router = APIRouter(prefix="/links", tags=["linking"])
_COOKIE, _WHO = "asckg_review", "asckg_reviewer"
STATES = {
    "accepted": "Linked",
    "not-found": "Looked for, not found",
    "rejected": "Not the same",
    "unsure": "Unsure",
    "suggested": "Waiting",
}
Text = Annotated[str, Form(max_length=500)]
Flag = Annotated[bool, Form()]
Skip = Annotated[int, Form(ge=0)]
Place = Annotated[str, Query(max_length=500)]
State = Annotated[str, Form(pattern="^(accepted|rejected|unsure)$")]


def queue(request: Request) -> Queue:
    """Return the queue of the corpus that the server was started with."""
    return Queue(request.app.state.graph.corpus.data / "links")


def reviewed(request: Request, template: str, **context: Any) -> Response:
    """Return a page that is never kept by a browser: decisions change between two builds."""
    token = request.cookies.get(_COOKIE) or secrets.token_urlsafe(32)
    reviewing = bool(request.app.state.settings.review)
    body = render(request, template, token=token, reviewing=reviewing, **context)
    headers = {
        "Content-Security-Policy": POLICY.format(frames="'none'"),
        **common_headers(),
        "Cache-Control": "no-store",
    }
    answer = Response(body, headers=headers, media_type="text/html")
    if reviewing:
        path = request.scope.get("root_path", "") + "/links"
        secure = request.url.scheme == "https"
        answer.set_cookie(_COOKIE, token, httponly=True, samesite="strict", path=path, secure=secure)
    return answer


def shown(item: Decision) -> dict[str, Any]:
    """Return a decision as pages and JSON have it, its score in parts."""
    parts = [part.split("=", 1) for part in item.other.split(";")[1:] if "=" in part]
    said = [in_words(text) for text in item.comment.split("; ") if text]
    sides = {side: text for one in said for side, _, text in [one.partition(": ")] if side in {"row", "graph"}}
    why = [one for one in said if not one.startswith(("row: ", "graph: "))]
    found = {**asdict(item), "state": item.state, "parts": parts, "subject": iri_of(item.subject_id)}
    named = not item.object_id.startswith(("row:", "sssom:"))
    found |= {"sides": {side: text.split(" | ") for side, text in sides.items()}, "why": why}
    found |= {
        "meaning": MEANINGS.get(item.predicate_id, ""),
        "state_name": STATES[state_of(item)],
        "address": iri_of(item.object_id) if named else "",
    }
    row, found["record"] = item.object_id.startswith("row:"), ""
    if item.object_id != NONE_FOUND:
        found["record"] = "row " + item.object_id.partition("/")[2] if row else worded(iri_of(item.object_id))
    return {**found, "object": iri_of(item.object_id) if not item.object_id.startswith("sssom:") else ""}


def state_of(item: Decision) -> str:
    """Return the state of a decision, `not-found` where the decision is that the source has no such record."""
    return "not-found" if item.object_id == NONE_FOUND else item.state


@router.get("/review")
def review(  # noqa: PLR0913 - the parameters of the address
    request: Request, *, skip: Annotated[int, Query(ge=0)] = 0, blind: bool = False, second: bool = False,
    unsure: bool = False, differs: bool = False, subject: Place = "", object: Place = "",  # noqa: A002 - as in the form
) -> Response:  # fmt: skip
    """Return one link that waits, or the one that is named, with everything that speaks for and against it."""
    if not request.app.state.settings.review:
        raise HTTPException(403, "this server was not started with --review, so links can be read but not decided")
    mine = queue(request)
    who = request.cookies.get(_WHO, "")
    waiting = mine.for_second(who) if second else mine.unsure() if unsure else mine.waiting()
    item = mine.find((subject, object)) if subject else waiting[skip % len(waiting)] if waiting else None
    if subject and item is None:
        raise HTTPException(404, f"there is no link of {subject} and {object}")
    done, left = mine.progress()
    same = [
        one for one in waiting if item and (one.subject_id, one.object_label) == (item.subject_id, item.object_label)
    ]
    said = dict(mine.disagreements()).get(item.pair, {}) if item and not second else {}
    context = {
        "blind": blind or second,
        "second": second,
        "unsure": unsure,
        "differs": differs,
        "skip": skip,
        "who": who,
        "same": len(same),
        "others": [shown(one) for one in mine.alike(item.pair)] if item else [],
        "said": said,
        "again": item is not None and item.state != "suggested" and not second,
    }
    queued = len(waiting) if second or unsure else left
    shows = shown(item) if item else None
    return reviewed(request, "link-review.html", item=shows, done=done, left=left, queued=queued, **context)


def _guard(request: Request, token: str) -> None:
    """Raise unless the server takes decisions and the form came from a page of ours."""
    if not request.app.state.settings.review:
        raise HTTPException(403, "this server was not started with --review")
    cookie = request.cookies.get(_COOKIE, "")
    origin = request.headers.get("origin")
    if not cookie or not hmac.compare_digest(cookie.encode(), token.encode()):
        raise HTTPException(403, "the form is not from this session; load the page again")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "the form is from another site")


@router.post("/decide")
def decide(  # noqa: PLR0913 - the fields of the form
    request: Request, *, subject: Text, object: Text, state: State,  # noqa: A002 - the fields of the form
    who: Annotated[str, Form(min_length=2, max_length=100)], token: Text = "", why: Text = "",
    confidence: Annotated[str, Form(pattern=r"^(0(\.\d+)?|1(\.0+)?)?$")] = "", batch: Flag = False,
    blind: Flag = False, second: Flag = False, unsure: Flag = False, skip: Skip = 0,
) -> Response:  # fmt: skip
    """Keep a decision, and go on to the next link."""
    _guard(request, token)
    mine, name = queue(request), " ".join(who.split())
    today = datetime.now(UTC).date().isoformat()
    if batch:
        kept = mine.decide_same_name((subject, object), state, name, today, why)[0]
    else:
        kept = mine.decide((subject, object), state, name, today, why, confidence)
    skip += unsure and kept.state == "unsure"  # it stays in the list
    differs = kept.state != state
    modes = {"blind": blind, "second": second, "unsure": unsure, "differs": differs}
    return _next(request, name, {**modes, "skip": skip})


@router.post("/undo")
def undo(
    request: Request, *, who: Text = "", token: Text = "", blind: Flag = False, second: Flag = False,
    unsure: Flag = False,
) -> Response:  # fmt: skip
    """Take back the last decision of a reviewer, and show what it was about."""
    _guard(request, token)
    name = " ".join(who.split())
    undone = queue(request).undo(name)
    if undone is None:
        raise HTTPException(409, f"{name or 'nobody'} has no decision to take back")
    modes = {"blind": blind, "second": second, "unsure": unsure}
    return _next(request, name, {**modes, "subject": undone.subject_id, "object": undone.object_id})


def _next(request: Request, who: str, wanted: Mapping[str, str | int]) -> Response:
    options = {key: "true" if value is True else value for key, value in wanted.items() if value}
    place = Links(request.scope.get("root_path", "")).path("/links/review")
    answer = RedirectResponse(place + (f"?{urlencode(options)}" if options else ""), status_code=303)
    answer.set_cookie(_WHO, who, httponly=True, samesite="strict", path=place.removesuffix("/review"))
    return answer
