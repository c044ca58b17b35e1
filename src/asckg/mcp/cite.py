"""Citing: a claim with the positions of its sentences and the works behind it, as an assistant quotes it."""

from collections.abc import Iterable, Sequence
from typing import Any

from asckg.caveat import CAVEAT
from asckg.claim import Claim, load_claims
from asckg.engine import Engine
from asckg.export.csl import citations
from asckg.export.work import find_works
from asckg.named import Named, labels, values
from asckg.namespace import ID, compact
from asckg.term import Rows

NO_SOURCE = "none: nothing in this answer is traced to a sentence; do not present it as a finding of the document"
_SENTENCES = """
SELECT ?thing ?sentence WHERE { VALUES ?thing { %s } ?thing prov:wasDerivedFrom ?sentence } ORDER BY ?thing ?sentence
"""
_MOST = 50
Document = dict[str, Any]


def cited(engine: Engine, claims: Sequence[Claim]) -> list[Document]:
    """Return each claim with basis, stance, sentence positions, and its works as formatted citations."""
    iris = {work.iri for claim in claims for work in claim.works}
    works = find_works(engine, iris) if iris else []
    texts = dict(zip((work.iri for work in works), citations(works), strict=True))
    return [_claim(claim, texts) for claim in claims]


def claims_named(engine: Engine, names: Iterable[str]) -> list[Document]:
    """Return the claims with these IRIs as `cited` has them."""
    return cited(engine, load_claims(engine, list(names)))


def sources_of(engine: Engine, rows: Rows) -> list[Document] | str:
    """Return the sentences of the things that rows name, at most 50 things, or that there are none."""
    things = dict.fromkeys(
        term.value for row in rows.rows for term in row if term and term.kind == "iri" and term.value.startswith(ID)
    )
    if not things:
        return NO_SOURCE
    chosen = list(things)[:_MOST]
    found: dict[str, list[str]] = {}
    for thing, sentence in engine.select(_SENTENCES % values(chosen)).rows:
        if thing is not None and sentence is not None:
            found.setdefault(thing.value, []).append(sentence.value)
    names = labels(engine, [sentence for sentences in found.values() for sentence in sentences])
    listed: list[Document] = [
        {"thing": compact(iri), "sentences": [names[sentence] for sentence in sentences]}
        for iri, sentences in found.items()
    ]
    return listed or NO_SOURCE


def answer(sources: list[Document] | str, **content: object) -> Document:
    """Return an answer with its sources, or the statement that it has none, and what the graph is not."""
    return {**content, "sources": sources or NO_SOURCE, "about": CAVEAT}


def _claim(claim: Claim, texts: dict[str, str]) -> Document:
    return {
        "claim": compact(claim.iri),
        "paraphrase": claim.paraphrase,
        "stance": claim.stance.label,
        "settings": [setting.label for setting in claim.settings],
        "sentences": [{"position": s.label, "name": s.name} for s in claim.sentences],
        "evidence": [
            {
                "basis": line.basis.label,
                "direction": line.direction.label if line.direction else None,
                "quantifier": line.quantifier.label if line.quantifier else None,
                "works": [texts.get(work.iri, work.label) for work in line.works],
                "cited_without_entry": _labels(line.printed),
            }
            for line in claim.evidence
        ],
        "note": claim.note,
    }


def _labels(names: Iterable[Named]) -> list[str]:
    return [name.label for name in names]
