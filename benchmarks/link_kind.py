"""How well names of one kind are matched, by what was done to them.

Run: python -m benchmarks.link_kind KIND FOLDER [--setting] [--each]
KIND is `council`, `funder`, `language`, `work`, or `stranger` and `second` (written by hand, `benchmarks/stranger`).
FOLDER holds the public files that each set names. `--setting` prints the half of the things that rules were written
with; figures are for the other half, with 95 % Wilson intervals. `--each` adds what became of each case.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from asckg.corpus import Corpus
from asckg.link.identifier import normalise
from asckg.link.linker import Linker
from asckg.link.record import Record
from asckg.link.thing import things
from asckg.namespace import ID
from benchmarks import link_council, link_funder, link_language, link_stranger, link_work
from benchmarks.link_case import Case, Said, kept, table

SEED = 2009
Set = tuple[str, list[Record], list[Case], Callable[[str, str], Record]]
"""What is measured, the records to match to, the cases, and how a case's number and text become a row.

The text of a case about works is the key of its row.
"""


def _british(number: str, text: str) -> Record:
    return Record(number, text, country="GB")


def councils(folder: Path) -> list[Set]:
    """Return the sets of council names: with the other spellings of the register, and without the ended councils."""
    path = folder / "mysociety_uk_local_authorities_future.csv"
    cases, every = link_council.cases(path, SEED), link_council.records(path, aliases=True)
    gone = [Case("ended, not in the list", case.text, "", case.also) for case in cases if case.noise == "ended council"]
    return [
        ("councils, with the register's other spellings", every, cases, _british),
        ("councils, by official name only", link_council.records(path, aliases=False), cases, _british),
        ("councils that ended, against those that have not", [x for x in every if not x.ended], gone, _british),
    ]


def _anywhere(number: str, text: str) -> Record:
    return Record(number, text)


def funders(folder: Path) -> list[Set]:
    """Return the set of funder strings."""
    records, cases = link_funder.cases(folder / "ror_subset.jsonl.gz", SEED, 800)
    return [(f"funders, against {len(records)} of ROR", records, cases, _anywhere)]


def languages(folder: Path) -> list[Set]:
    """Return the set of affiliations in many languages."""
    records, cases = link_language.cases(folder / "ror_subset.jsonl.gz", SEED, 40)
    return [
        (
            f"names in {len(link_language.UNITS)} languages and more, against {len(records)} of ROR",
            records,
            cases,
            _anywhere,
        )
    ]


def works(folder: Path) -> list[Set]:
    """Return the set of works with damaged titles."""
    path = folder / "samples" / "citations_385.ris"
    records, found = link_work.cases(path, SEED)
    rows = {row.key: row for _, row, _ in found}
    broken = link_work.broken_identifiers(path, SEED)
    mended = sum(bool((doi := normalise("doi", text)) and doi.value == whole and doi.mended) for text, whole in broken)
    cases = [Case(noise, row.key, key) for noise, row, key in found]
    title = (
        f"works, against {len(records)}; of {len(broken)} DOIs broken at a line wrap {mended} are mended, with a note"
    )
    return [(title, records, cases, lambda _, text: rows[text])]


def strangers(folder: Path, written: str = "first") -> list[Set]:
    """Return the sets written by hand: funders and affiliations against ROR, councils, works against the graph."""
    ror = link_language.load(folder / "ror_subset.jsonl.gz")[0]
    councils = link_council.records(folder / "mysociety_uk_local_authorities_future.csv", aliases=True)
    cases, rows = link_stranger.works(written, ID)
    return [
        ("funders by hand", ror, link_stranger.cases(written, "funder", link_stranger.ROR), _anywhere),
        ("affiliations by hand", ror, link_stranger.cases(written, "affiliation", link_stranger.ROR), _anywhere),
        ("councils by hand", councils, link_stranger.cases(written, "council"), _british),
        ("works by hand, against the graph", things(Corpus.open()), cases, lambda _, text: rows[text]),
    ]


KINDS: dict[str, Callable[[Path], list[Set]]] = {
    "council": councils,
    "funder": funders,
    "language": languages,
    "work": works,
    "stranger": strangers,
    "second": partial(strangers, written="second"),
}


def said(records: Sequence[Record], rows: Sequence[Record]) -> list[Said]:
    """Return what the linker says about each row."""
    return [Said(found.band, [item.thing.key for item in found.options]) for found in Linker(records).run(rows)]


def main() -> None:
    """Print the figures of one kind."""
    setting = "--setting" in sys.argv
    kind, folder = [text for text in sys.argv[1:] if not text.startswith("--")][:2]
    for title, records, cases, row_of in KINDS[kind](Path(folder)):
        reported = set(kept(cases, kind))
        chosen = [case for case in cases if (case in reported) != setting]
        found = said(records, [row_of(str(number), case.text) for number, case in enumerate(chosen)])
        print(title, *table(chosen, found), sep="\n")
        if "--each" in sys.argv:
            for case, one in zip(chosen, found, strict=True):
                print(case.text, case.key or "-", one.band, *one.keys[:3], sep="\t")


if __name__ == "__main__":
    main()
