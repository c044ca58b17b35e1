"""The surroundings of a name in its affiliation, and the guards that forbid accepting a match by rule."""

import re
from collections.abc import Sequence

from asckg.link.affiliation import Run
from asckg.link.locality import Locality, places_in, same_place
from asckg.link.organisation import LEFT_OVER, Comparison
from asckg.link.record import Record
from asckg.link.segment import Segment, is_cjk
from asckg.link.text import fold, sort_of, tokens
from asckg.link.weight import TELLING, weight

_CJK_NAME = 4
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_ACRONYM = 4
_LONG_NAME = 4
_OF_STATES = frozenset(
    {"ministry", "department", "government", "agency", "office", "national", "federal", "state", "central", "general",
     "commission", "authority", "academy", "university", "hospital", "school", "institute", "centre"}
)  # fmt: skip


def surroundings(
    run: Run, record: Record, own: frozenset[str], used: Sequence[str], where: Locality
) -> dict[str, float]:
    """Return what the rest of the affiliation adds: the country, the place, the acronym, another institution."""
    parts: dict[str, float] = {}
    if record.country and (where.country or run.countries):
        parts["country"] = 0.03 if record.country == where.country or record.country in run.countries else -0.25
    if not run.rest:
        return parts
    rest = {word for segment in run.rest for word in segment.words}
    if rest & own - set(used):
        parts["place"] = 0.03
    elif any(segment.role == "place" and _tells(segment) for segment in run.rest):
        parts["place"] = -0.05
    elsewhere = _elsewhere(run, record)
    if elsewhere:
        parts["rest"] = -0.03 * min(len(elsewhere), 2)
        if _in_every_university(run, elsewhere):
            parts["rest"] = -0.15
    return parts


def _tells(segment: Segment) -> bool:
    """Say whether a segment names a place that can be compared: the records have their places in Latin letters."""
    return bool(_LATIN.search(segment.text)) and any(weight(word) >= TELLING for word in segment.words)


def _elsewhere(run: Run, record: Record) -> list[Segment]:
    """Return the other institutions of an affiliation; another name of the same record is none."""
    found = [segment for segment in run.rest if segment.role == "institution"]
    if found and len(record.names) > 1:
        own = {tokens(fold(name)) for name in record.names}
        return [segment for segment in found if segment.words not in own]
    return found


def _in_every_university(run: Run, elsewhere: Sequence[Segment]) -> bool:
    """Say whether a name is one that many universities have inside (`Institute of Sociology`), beside a university."""
    common = "university" not in run.words and all(weight(word) < TELLING for word in run.words)
    return common and any("university" in segment.words for segment in elsewhere)


def doubts_of(run: Run, record: Record, own: frozenset[str], found: Comparison, where: Locality) -> tuple[str, ...]:
    """Return the guards that forbid accepting a match by rule (a single word, a generic or place name, left-overs)."""
    known = record.country in run.countries or bool(where.country and where.country == record.country)
    known = known or bool(where.places and same_place(where.places, places_in(record.places)))
    short = {fold(text) for text in record.acronyms} if run.rest else set[str]()
    known = known or any(not short.isdisjoint((segment.folded, *segment.folded.split())) for segment in run.rest)
    guards = {
        **_name_guards(record, own, found, known=known),
        **_rest_guards(run, record, own, settled=known and found.same_words),
        f"{record.status} record": record.status not in {"", "active"},
        "part of it": run.how == "part",
        "one of two": run.how == "half",
        "a programme of it": run.how == "given",
        "a part may be meant": bool(record.children) and _names_place(run, record, found),
        "contradiction": found.clash,
        "words left over": sum(map(weight, found.extra)) >= LEFT_OVER,
        "words missing": sum(map(weight, found.missing)) >= LEFT_OVER,
    }
    return tuple(name for name, stands in guards.items() if stands)


def _names_place(run: Run, record: Record, found: Comparison) -> bool:
    """Say whether a name is followed by its town without a comma, as parts of a university are called."""
    agree = {word for word, _ in found.agree}
    towns = {word for text in record.places for word in tokens(fold(text))}
    return bool(set(run.words) & towns - agree)


def _name_guards(record: Record, own: frozenset[str], found: Comparison, *, known: bool) -> dict[str, bool]:
    agree = [word for _, word in found.agree]
    particular = found.same_words and (any(not sort_of(word) for word in agree) or _long_name(agree))
    places = {word for text in record.places for word in tokens(fold(text))}
    long_cjk = len(agree) == 1 and is_cjk(agree[0]) and len(agree[0]) >= _CJK_NAME
    common = all(word in places or sort_of(word) in {"kind", "unit", "legal"} for word in agree)
    return {
        "single word": len(agree) < 2 and not long_cjk and (not known or _is_short(agree)),  # noqa: PLR2004
        "generic name": found.telling < TELLING and not known and not particular,
        "place name only": common and bool(found.extra or found.missing),
        "place missing": not known and any(word in own for word in found.missing),
    }


def _long_name(agree: Sequence[str]) -> bool:
    """Say whether a name of common words has so many that it is one body's, and not of a kind that each state has."""
    return len(set(agree)) >= _LONG_NAME and _OF_STATES.isdisjoint(agree)


def _is_short(agree: Sequence[str]) -> bool:
    """Say whether what agrees may be an acronym, which a country does not make telling: `NHS`, `NHS England`."""
    return all(len(word) <= _ACRONYM for word in agree)


def _is_topic(segment: Segment) -> bool:
    """Say whether a segment only says what is done there: `Applied Social Studies`, `Public Health`."""
    sorts = {sort_of(word) for word in segment.words}
    return "topic" in sorts and sorts <= {"topic", "rank"}


def _rest_guards(run: Run, record: Record, own: frozenset[str], *, settled: bool) -> dict[str, bool]:
    if not run.rest:
        return {}
    places = [segment for segment in run.rest if segment.role == "place"]
    at_home = any(set(segment.words) & own for segment in run.rest if segment.role != "country")
    return {
        "another place": any(map(_tells, places)) and not settled and not at_home,
        "rest of a name": any(
            sort_of(word)
            for segment in places
            if not set(segment.words) & own and not (settled and _is_topic(segment))
            for word in segment.words
        ),
        "another institution": "education" not in record.types and bool(_elsewhere(run, record)),
    }
