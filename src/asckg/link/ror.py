"""ROR records, schema versions 1 and 2 mixed, as records to match (https://ror.readme.io/docs/data-structure)."""

from collections.abc import Mapping
from typing import Any

from asckg.link.identifier import normalise_all
from asckg.link.record import Record


def ror_record(row: Mapping[str, Any], line: int = 0) -> Record:
    """Return the record of one ROR JSON object of either schema."""
    return _second(row, line) if "names" in row else _first(row, line)


def _related(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"parent": [], "child": [], "successor": []}
    for item in row.get("relationships") or ():
        found.setdefault(item["type"].lower(), []).append(item["id"])
    return {kind: tuple(keys) for kind, keys in found.items()}


def _common(row: Mapping[str, Any], line: int) -> dict[str, Any]:
    related = _related(row)
    return {
        "key": row["id"],
        "types": tuple([kind.lower() for kind in row.get("types") or ()]),
        "status": row.get("status", ""),
        "parents": related["parent"],
        "children": related["child"],
        "successors": related["successor"],
        "line": line,
    }


def _first(row: Mapping[str, Any], line: int) -> Record:
    places = [text for item in row.get("addresses") or () for text in (item.get("city"), item.get("state")) if text]
    outside = {
        scheme.lower(): ([found["all"]] if isinstance(found["all"], str) else list(found["all"]))
        for scheme, found in (row.get("external_ids") or {}).items()
    }
    return Record(
        name=row["name"],
        aliases=(*row.get("aliases", ()), *(label["label"] for label in row.get("labels") or ())),
        acronyms=tuple(row.get("acronyms") or ()),
        country=(row.get("country") or {}).get("country_code", ""),
        places=tuple(dict.fromkeys(places)),
        identifiers=normalise_all({"ror": [row["id"]], **outside}),
        **_common(row, line),
    )


def _second(row: Mapping[str, Any], line: int) -> Record:
    shown = next((item["value"] for item in row["names"] if "ror_display" in item["types"]), row["names"][0]["value"])
    short = [item["value"] for item in row["names"] if item["types"] == ["acronym"]]
    details = [item["geonames_details"] for item in row.get("locations") or ()]
    places = [text for item in details for text in (item.get("name"), item.get("country_subdivision_name")) if text]
    outside = {item["type"].lower(): list(item["all"]) for item in row.get("external_ids") or ()}
    return Record(
        name=shown,
        aliases=tuple(item["value"] for item in row["names"] if item["value"] != shown and item["value"] not in short),
        acronyms=tuple(short),
        country=details[0].get("country_code", "") if details else "",
        places=tuple(dict.fromkeys(places)),
        identifiers=normalise_all({"ror": [row["id"]], **outside}),
        **_common(row, line),
    )
