"""Splink (https://moj-analytical-services.github.io/splink/) on the same rows, where it is installed.

It is set up as its documentation asks: several levels for each column, term frequencies for names and for the rarest
word, u from random pairs, m from the labelled half or by expectation maximisation, candidates by shared rare words.
It is given what asckg works out from a string before comparing: the part that names an institution, in canonical
words, the country, and the places.
"""

import contextlib
import importlib.util
import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asckg.link.record import Record
from asckg.link.segment import chunks
from asckg.link.text import fold, tokens
from asckg.link.weight import weight

INSTALL = "Splink is not installed, so its rows are missing: pip install 'splink>=5,<6' pandas"
_PAIRS = 5_000_000
_RARE, _END = 3, 5


def installed() -> bool:
    """Say whether Splink can be imported."""
    return importlib.util.find_spec("splink") is not None


@dataclass(frozen=True)
class Model:
    """How Splink is set up: which columns it compares, and whether m comes from labels or by EM."""

    columns: tuple[str, ...]
    labelled: bool

    def __str__(self) -> str:
        """Return the set-up in words."""
        return f"{'+'.join(self.columns)}, m from {'labels' if self.labelled else 'EM'}"


MODELS = tuple(
    Model(columns, labelled)
    for columns in (("name", "country", "places"), ("name", "rarest", "country", "places"))
    for labelled in (True, False)
)
"""The set-ups that are tried on strings; the best on the setting half is reported."""


def ranked(found: Mapping[int, float], records: Sequence[Record]) -> list[tuple[float, str]]:
    """Return the weights and keys of a row's candidates, best first."""
    return sorted(((score, records[place].key) for place, score in found.items()), key=lambda item: (-item[0], item[1]))


def _keys(word: str) -> tuple[str, ...]:
    """Return a word, and the two ends of a long one, so that a letter lost does not part a pair."""
    return (word, word[:_END] + "*", "*" + word[-_END:]) if len(word) > _END + 1 else (word,)


def _columns(number: str, words: Sequence[str], country: str, places: Sequence[str], kind: str) -> dict[str, Any]:
    rare = sorted(set(words), key=lambda word: (-weight(word), word))
    return {
        "unique_id": number,
        "name": " ".join(sorted(words)) or None,
        "words": sorted(set(words)) or None,
        "rarest": rare[0] if rare else None,
        "blocks": sorted({key for word in rare[:_RARE] for key in _keys(word)}) or None,
        "country": country or None,
        "places": sorted({word for text in places for word in tokens(fold(text))}) or None,
        "kind": kind or None,
    }


def of_strings(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return a row for each text: the part that names an institution, its countries, and its places."""
    found = []
    for number, text in enumerate(texts):
        parts = [part for chunk in chunks(text)[:1] for part in chunk.segments]
        countries = sorted(code for chunk in chunks(text)[:1] for code in chunk.countries)
        named = [part for part in parts if part.role == "institution"] or parts
        if named:
            best = max(named, key=lambda part: ("university" in part.words, sum(map(weight, part.words))))
            places = [part.text for part in parts if part.role == "place" and part is not best]
            found.append(_columns(str(number), best.words, next(iter(countries), ""), places, ""))
    return found


def of_rows(rows: Sequence[Record]) -> list[dict[str, Any]]:
    """Return a row for each row of a table with columns of its own, its number being its id."""
    return [
        _columns(str(number), tokens(fold(row.name)), row.country, row.places, next(iter(row.types), ""))
        for number, row in enumerate(rows)
    ]


def of_records(records: Sequence[Record]) -> list[dict[str, Any]]:
    """Return a row for each name of each record, `number|place` being its id."""
    return [
        _columns(f"{number}|{place}", tokens(fold(name)), record.country, record.places, next(iter(record.types), ""))
        for number, record in enumerate(records)
        for place, name in enumerate(record.names)
    ]


def _comparisons(columns: Sequence[str]) -> list[Any]:
    import splink.comparison_level_library as cll  # noqa: PLC0415 - optional
    import splink.comparison_library as cl  # noqa: PLC0415 - optional

    def shared(share: float) -> Any:
        both = "len(list_intersect(words_l, words_r))"
        return cll.CustomLevel(f"{both} >= {share} * (len(words_l) + len(words_r) - {both})", f"words shared {share}")

    every = {
        "name": cl.CustomComparison(
            output_column_name="name",
            comparison_levels=[
                cll.NullLevel("name"),
                cll.ExactMatchLevel("name", term_frequency_adjustments=True),
                cll.JaroWinklerLevel("name", 0.97),
                shared(0.75),
                cll.JaroWinklerLevel("name", 0.92),
                shared(0.5),
                cll.JaroWinklerLevel("name", 0.85),
                cll.ElseLevel(),
            ],
        ),
        "rarest": cl.JaroWinklerAtThresholds("rarest", [0.92]).configure(term_frequency_adjustments=True),
        "country": cl.ExactMatch("country"),
        "places": cl.ArrayIntersectAtSizes("places", [1]),
        "kind": cl.ExactMatch("kind"),
    }
    return [every[name] for name in columns]


def _labels(left: Sequence[Mapping[str, Any]], right: Sequence[Mapping[str, Any]], pairs: Mapping[int, int]) -> Any:
    """Return the labelled pairs as Splink reads them: of each the run and the name that share most words."""
    import pandas as pd  # noqa: PLC0415 - optional

    names: dict[int, list[Mapping[str, Any]]] = {}
    for row in right:
        names.setdefault(int(row["unique_id"].partition("|")[0]), []).append(row)
    best: dict[int, tuple[float, str, str]] = {}
    for row in left:
        number = int(row["unique_id"].partition("|")[0])
        for name in names[pairs[number]] if number in pairs else ():
            ours, theirs = set(row["words"] or ()), set(name["words"] or ())
            like = len(ours & theirs) / (len(ours | theirs) or 1)
            best[number] = max(best.get(number, (0.0, "", "")), (like, row["unique_id"], name["unique_id"]))
    said = [(one, two) for like, one, two in best.values() if like]
    return pd.DataFrame(
        {
            "source_dataset_l": "a_rows",
            "unique_id_l": [one for one, _ in said],
            "source_dataset_r": "b_records",
            "unique_id_r": [two for _, two in said],
        }
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep Splink from telling how it gets on."""
    logging.disable(logging.WARNING)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)


def scores(
    left: Sequence[Mapping[str, Any]], right: Sequence[Mapping[str, Any]], pairs: Mapping[int, int], model: Model
) -> dict[int, dict[int, float]]:
    """Return for each row the best weight of each record; `pairs` are the numbers of labelled rows and records."""
    import duckdb  # noqa: PLC0415 - optional
    import pandas as pd  # noqa: PLC0415 - optional
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415 - optional

    with _quiet():
        api = DuckDBAPI(duckdb.connect())
        tables = [
            api.register(pd.DataFrame(list(rows)), dataset_display_name=name)
            for name, rows in (("a_rows", left), ("b_records", right))
        ]
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=_comparisons(model.columns),
            blocking_rules_to_generate_predictions=[
                block_on("name"),
                block_on("blocks", arrays_to_explode=["blocks"]),
            ],
            probability_two_random_records_match=1 / len(right),
        )
        linker = Linker(tables, settings)
        linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=2009)
        if model.labelled:
            table = linker.table_management.register_table(_labels(left, right, pairs), "labels")
            linker.training.estimate_m_from_pairwise_labels(table)
        else:
            for rule in ("rarest", "name"):
                linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
        found = linker.inference.predict(threshold_match_weight=-10).as_pandas_dataframe()
    best: dict[int, dict[int, float]] = {}
    for one, two, score in zip(found.unique_id_l, found.unique_id_r, found.match_weight, strict=True):
        each, record = best.setdefault(int(one.partition("|")[0]), {}), int(two.partition("|")[0])
        each[record] = max(score, each.get(record, score))
    return best
