"""Splink (https://moj-analytical-services.github.io/splink/) on the same rows, where it is installed.

Names are the canonical words of the part of the string that names an institution; its countries, towns and words are
columns beside it. Candidates share one of their two rarest words. The model learns by expectation maximisation.
"""

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any

from asckg.link.record import Record
from asckg.link.segment import chunks
from asckg.link.text import fold, sort_of, tokens
from asckg.link.weight import weight

Said = tuple[str, list[str]]


def installed() -> bool:
    """Say whether Splink and DuckDB can be imported."""
    return all(importlib.util.find_spec(name) for name in ("splink", "duckdb"))


def _columns(number: str, words: Sequence[str], country: str, towns: Sequence[str]) -> dict[str, Any]:
    rare = sorted(set(words), key=lambda word: (-weight(word), word))
    return {
        "unique_id": number,
        "name": " ".join(words),
        "sorted": " ".join(sorted(words)),
        "words": sorted(set(words)) or None,
        "rarest": rare[0] if rare else None,
        "second": rare[1] if len(rare) > 1 else None,
        "country": country or None,
        "town": " ".join(towns[:1]) or None,
    }


def _row(number: int, text: str) -> dict[str, Any]:
    found = chunks(text)
    if not found:
        return _columns(str(number), (), "", ())
    named = [part for part in found[0].segments if any(sort_of(word) == "kind" for word in part.words)]
    best = max(named or found[0].segments, key=lambda part: ("university" in part.words, sum(map(weight, part.words))))
    towns = [part.folded for part in found[0].segments if part.role == "place" and part is not best]
    return _columns(str(number), best.words, next(iter(sorted(found[0].countries)), ""), towns)


def _records(records: Sequence[Record]) -> list[dict[str, Any]]:
    return [
        _columns(f"{record.key}|{place}", tokens(fold(name)), record.country, [fold(town) for town in record.places])
        for record in records
        for place, name in enumerate(record.names)
    ]


def by_splink(records: Sequence[Record]) -> Callable[[Sequence[str]], list[list[tuple[float, str]]]]:
    """Return a function that gives for each text the match weights and keys of its candidates, best first."""
    import duckdb  # noqa: PLC0415 - optional
    import pandas as pd  # noqa: PLC0415 - optional
    import splink.comparison_library as cl  # noqa: PLC0415 - optional
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415 - optional

    def run(texts: Sequence[str]) -> list[list[tuple[float, str]]]:
        api = DuckDBAPI(duckdb.connect())
        left = api.register(
            pd.DataFrame([_row(number, text) for number, text in enumerate(texts)]), dataset_display_name="a_rows"
        )
        right = api.register(pd.DataFrame(_records(records)), dataset_display_name="b_records")
        blocks = [block_on("rarest"), block_on("second")]
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=[
                cl.JaroWinklerAtThresholds("sorted", [0.97, 0.92, 0.85]).configure(term_frequency_adjustments=True),
                cl.ArrayIntersectAtSizes("words", [4, 3, 2, 1]),
                cl.ExactMatch("country"),
                cl.ExactMatch("town"),
            ],
            blocking_rules_to_generate_predictions=blocks,
            probability_two_random_records_match=1 / len(records),
        )
        linker = Linker([left, right], settings)
        linker.training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=2009)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("rarest"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("second"))
        pairs = linker.inference.predict(threshold_match_weight=-20).as_pandas_dataframe()
        found: list[dict[str, float]] = [{} for _ in texts]
        for one, two, score in zip(pairs.unique_id_l, pairs.unique_id_r, pairs.match_weight, strict=True):
            row, record = (one, two) if "|" in two else (two, one)
            key = record.rpartition("|")[0]
            found[int(row)][key] = max(score, found[int(row)].get(key, score))
        return [sorted(((score, key) for key, score in each.items()), reverse=True)[:10] for each in found]

    return run
