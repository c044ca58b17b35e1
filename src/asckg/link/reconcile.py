"""The answers of the Entity Reconciliation API 0.2, from names to JSON (https://www.w3.org/community/reports/reconciliation/)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from asckg.link.candidate import Candidate, Match
from asckg.link.entity import Entities, prefixed, property_words
from asckg.link.identifier import SCHEMES, normalise
from asckg.link.match import Matcher
from asckg.link.nameindex import NameIndex
from asckg.link.record import Record
from asckg.link.text import fold
from asckg.namespace import ID, compact

_DEFAULT_LIMIT, _MOST = 10, 100
_SUGGESTED = 10
_PROPERTY = 4.0
_MATCHERS = 32
_ANY = frozenset({""})
Json = dict[str, Any]


class Reconciler:
    """Answers reconciliation queries, suggestions and data extension for a set of entities."""

    def __init__(self, entities: Entities, space: str = ID) -> None:
        self.entities = entities
        self.space = space
        self._matchers = {_ANY: Matcher(NameIndex.of(entities.records))}
        self._by_id = {self.id_of(record): record for record in entities.records}
        self._identified = {
            (scheme, value): record
            for record in entities.records
            for scheme, values in record.identifiers.items()
            for value in values
        }

    def id_of(self, record: Record) -> str:
        """Return the identifier of an entity within the identifier space."""
        return record.key.removeprefix(self.space)

    def record(self, name: str) -> Record | None:
        """Return the entity with this identifier, or None."""
        return self._by_id.get(name)

    def answer(self, queries: Mapping[str, Json]) -> Json:
        """Return the result batch of a query batch, by the same keys."""
        by_type: dict[frozenset[str], list[str]] = defaultdict(list)
        for key, query in queries.items():
            by_type[_types_of(query)].append(key)
        found: Json = {}
        for wanted, keys in by_type.items():
            texts = [str(queries[key].get("query") or "") for key in keys]
            matcher = self._matcher_of(wanted)
            matches = matcher.match(texts) if matcher else (Match(text, "none") for text in texts)
            for key, match in zip(keys, matches, strict=True):
                found[key] = {"result": self._candidates(queries[key], match, wanted)}
        return {key: found[key] for key in queries}

    def _matcher_of(self, wanted: frozenset[str]) -> Matcher | None:
        """Return what matches entities of some types only, so that others do not take their places."""
        known = frozenset(wanted & self.entities.types.keys()) if wanted else _ANY
        if not known:
            return None
        matcher = self._matchers.get(known)
        if matcher is None:
            matcher = Matcher(NameIndex.of([item for item in self.entities.records if known & set(item.types)]))
            kept = self._matchers if len(self._matchers) < _MATCHERS else {_ANY: self._matchers[_ANY]}
            self._matchers = {**kept, known: matcher}
        return matcher

    def _candidates(self, query: Json, match: Match, wanted: frozenset[str]) -> list[Json]:
        properties = query.get("properties") or []
        known = self._by_identifier(str(query.get("query") or ""), properties)
        found = [self._candidate(item, match, properties) for item in match.candidates]
        if known is not None:
            found = [self._json(known, 100.0, match=True, features=[{"id": "identifier", "value": 1}])] + [
                item for item in found if item["id"] != self.id_of(known)
            ]
            found[1:] = [{**item, "match": False} for item in found[1:]]
        if wanted:
            found = [item for item in found if wanted & {kind["id"] for kind in item["type"]}]
        found.sort(key=lambda item: -item["score"])
        limit = query.get("limit")
        return found[: min(limit, _MOST) if isinstance(limit, int) and limit > 0 else _DEFAULT_LIMIT]

    def _by_identifier(self, text: str, properties: Sequence[Json]) -> Record | None:
        values = [text, *(value for item in properties for value in _texts(item.get("v")))]
        for value in values:
            if " " in value and not any(map(str.isdigit, value)):
                continue  # a name
            for scheme in SCHEMES:
                found = normalise(scheme, value)
                if found and (scheme, found.value) in self._identified:
                    return self._identified[scheme, found.value]
        return self._by_id.get(text) or self._by_id.get(text.removeprefix(self.space))

    def _candidate(self, item: Candidate, match: Match, properties: Sequence[Json]) -> Json:
        score = 100 * min(max(item.similarity, 0.0), 1.0)
        agree = [self._agrees(item.record, said) for said in properties]
        score = min(100.0, max(0.0, score + sum(_PROPERTY if yes else -_PROPERTY for yes in agree if yes is not None)))
        sure = match.band == "accepted" and item is match.candidates[0] and False not in agree
        features = [{"id": name, "value": round(value, 3)} for name, value in item.parts.items()]
        return self._json(item.record, score, match=sure, features=features)

    def _agrees(self, record: Record, said: Json) -> bool | None:
        """Return whether an entity has the value that a query gives; None when it has no such property."""
        own = self.entities.facts.get(record.key, {}).get(prefixed(str(said.get("pid", ""))), [])
        if not own:
            return None
        theirs = [fold(text) for text in _texts(said.get("v"))]
        ours = [
            fold(text) for value in own for text in (value, self.entities.label(value), value.removeprefix(self.space))
        ]
        return any(text in ours for text in theirs)

    def _json(self, record: Record, score: float, *, match: bool, features: list[Json]) -> Json:
        return {
            "id": self.id_of(record),
            "name": record.name,
            "description": self.description(record),
            "score": round(score, 2),
            "match": match,
            "type": [
                {"id": kind, "name": self.entities.types[kind]} for kind in record.types if kind in self.entities.types
            ],
            "features": features,
        }

    def description(self, record: Record) -> str:
        """Return a line that tells namesakes apart: the types, and other names."""
        kinds = ", ".join(self.entities.types.get(kind, kind) for kind in record.types)
        others = [name for name in (*record.acronyms, *record.aliases) if name != record.name][:3]
        return f"{kinds}; also {', '.join(others)}" if others else kinds

    def suggest_entities(self, prefix: str, start: int = 0) -> Json:
        """Return the entities whose names start with a text, then those that hold it, then those like it."""
        text = fold(prefix)
        ranked = []
        for record in self.entities.records:
            names = [fold(name) for name in (*record.names, *record.acronyms)]
            rank = 0 if any(n.startswith(text) for n in names) else 1 if any(f" {text}" in n for n in names) else 2
            like = max(fuzz.ratio(text, name) for name in names)
            if rank < 2 or like >= 80:  # noqa: PLR2004 - starts or holds; or a typing error
                ranked.append((rank, -like, record.name, record))
        ranked.sort(key=lambda item: item[:3])
        return {
            "result": [
                {"id": self.id_of(record), "name": record.name, "description": self.description(record),
                 "notable": [{"id": kind, "name": self.entities.types[kind]} for kind in record.types]}
                for *_, record in ranked[start : start + _SUGGESTED]
            ]
        }  # fmt: skip

    def suggest_types(self, prefix: str) -> Json:
        """Return the types whose label or name starts with a text or holds it."""
        text = prefix.casefold()
        found = [
            (kind, name)
            for kind, name in self.entities.types.items()
            if text in name.casefold() or text in kind.casefold()
        ]
        found.sort(key=lambda item: (not item[1].casefold().startswith(text), item[1]))
        return {"result": [{"id": kind, "name": name} for kind, name in found]}

    def suggest_properties(self, prefix: str) -> Json:
        """Return the properties that entities have and whose name holds a text."""
        text = prefix.casefold()
        found = [
            item for item in self._properties("") if text in item["id"].casefold() or text in item["name"].casefold()
        ]
        return {"result": found}

    def propose_properties(self, kind: str, limit: int = 0) -> Json:
        """Return the properties that entities of a type have, the commonest first."""
        found = self._properties(kind)
        return {"type": kind, "properties": found[:limit] if limit else found, **({"limit": limit} if limit else {})}

    def _properties(self, kind: str) -> list[Json]:
        counts: dict[str, int] = {}
        for record in self.entities.records:
            if not kind or kind in record.types:
                for predicate in self.entities.facts[record.key]:
                    counts[predicate] = counts.get(predicate, 0) + 1
        names = sorted(counts, key=lambda item: (-counts[item], item))
        return [{"id": compact(name), "name": property_words(name)} for name in names]

    def extend(self, query: Json) -> Json:
        """Return the values of properties for entities: a cell for each pair, empty where there is nothing."""
        wanted = [(str(item["id"]), item.get("settings") or {}) for item in query.get("properties", [])]
        meta = [{"id": pid, "name": property_words(prefixed(pid))} for pid, _ in wanted]
        rows = {
            str(name): {pid: self._cell(str(name), pid, settings) for pid, settings in wanted} for name in query["ids"]
        }
        return {"meta": meta, "rows": rows}

    def _cell(self, name: str, pid: str, settings: Json) -> list[Json]:
        record = self._by_id.get(name)
        values = self.entities.facts[record.key].get(prefixed(pid), []) if record else []
        limit = int(settings.get("limit") or 0)
        return [self._value(value) for value in (values[:limit] if limit else values)]

    def _value(self, value: str) -> Json:
        if value.startswith(self.space):
            return {"id": value.removeprefix(self.space), "name": self.entities.label(value)}
        if value.lstrip("-").isdigit() and len(value) < 10 and not value.startswith("0"):  # noqa: PLR2004 - longer ones are codes
            return {"int": int(value)}
        return {"str": value}


def _types_of(query: Json) -> frozenset[str]:
    kinds = query.get("type") or []
    kinds = [kinds] if isinstance(kinds, str | dict) else kinds
    return frozenset(str(kind["id"]) if isinstance(kind, dict) and "id" in kind else str(kind) for kind in kinds)


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return [str(value[key]) for key in ("id", "name") if key in value]
    return [str(value)]
