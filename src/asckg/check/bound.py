"""Findings about the bounds of a claim: its sentence, its evidence, its shortcut, and who stands behind it."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from asckg.check.material import Material, Part
from asckg.finding import Finding
from asckg.namespace import ID, VOC, compact, expand

LONGEST_PARAPHRASE = 300
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NO_SOURCE_NEEDED = (
    "asc:Synthesis", "asc:EvidenceLine", "asc:Coding", "biro:BibliographicReference", "c4o:InTextReferencePointer",
    "doco:Paragraph", "doco:Section", "doco:Sentence", "asc:Claim",
)  # fmt: skip
_LITERATURE, _TESTIMONY = f"{VOC}literature", f"{VOC}stakeholder-testimony"


def bound_findings(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with claims, evidence lines, sources and digests."""
    yield from _claims(material)
    yield from _lines(material)
    yield from _sources(material)
    yield from _shortcuts(material)
    yield from _digests(material)


def _claims(material: Material) -> Iterator[Finding]:
    sentences = set(material.of_type("doco:Sentence"))
    for claim in material.of_type("asc:Claim"):
        name = compact(claim)
        if not sentences.intersection(material.iris(claim, "prov:wasDerivedFrom")):
            yield material.finding(
                claim, "G011", f"{name} rests on no sentence; add prov:wasDerivedFrom r:DOCUMENT-SECTION-p1-s1"
            )
        for text in material.texts(claim, "asc:paraphrase"):
            if len(text) > LONGEST_PARAPHRASE:
                message = f"{name}: the paraphrase has {len(text)} characters; {LONGEST_PARAPHRASE} are allowed"
                yield material.finding(claim, "G012", message)


def _lines(material: Material) -> Iterator[Finding]:
    works = {subject for subject in material.about if any(k.startswith("fabio:") for k in material.types(subject))}
    people = set(material.of_type("foaf:Person"))
    claims = {line: claim for claim in material.of_type("asc:Claim") for line in _evidence(material, claim)}
    for line in material.of_type("asc:EvidenceLine"):
        bases = material.iris(line, "asc:basis")
        name = compact(line)
        cited = [*material.iris(line, "cito:citesAsEvidence"), *material.iris(line, "asc:citedAs")]
        if _LITERATURE in bases and not _is_cited(material, cited, works):
            message = f"{name} is literature and names no work; add cito:citesAsEvidence or asc:citedAs"
            yield material.finding(line, "G013", message)
        if _TESTIMONY in bases:
            near = [line, *([claims[line]] if line in claims else [])]
            for person in sorted(_mentioned(material, near, people)):
                message = f"{name} is testimony, which is anonymous, and leads to {compact(person)}"
                yield material.finding(line, "G014", message)


def _is_cited(material: Material, cited: list[str], works: set[str]) -> bool:
    return any(iri in works or "c4o:InTextReferencePointer" in material.types(iri) for iri in cited)


def _evidence(material: Material, claim: str) -> list[str]:
    return material.iris(claim, "asc:hasEvidenceLine")


def _mentioned(material: Material, near: list[str], people: set[str]) -> set[str]:
    """Return the people that some things lead to, or that lead to them."""
    ahead = {iri for thing in near for iri in material.linked(thing)}
    return {person for person in people if person in ahead or material.linked(person).intersection(near)}


def _sources(material: Material) -> Iterator[Finding]:
    wanted = [expand(p) for p in ("prov:wasDerivedFrom", "asc:externalSource", "dct:source")]
    referenced = {
        iri
        for entry in material.of_type("biro:BibliographicReference")
        for iri in material.iris(entry, "biro:references")
    }
    for source in material.part(Part.DATA):
        for subject, block in source.parsed.subjects:
            kinds = material.types(subject)
            if not subject.startswith(ID) or not kinds or subject in referenced:
                continue
            if any(kind in _NO_SOURCE_NEEDED for kind in kinds):
                continue
            if not any(predicate in material.about[subject] for predicate in wanted):
                message = f"{compact(subject)} has no source; add prov:wasDerivedFrom with its sentence"
                yield Finding(str(source.path), block.line, block.column, "G010", message, focus=subject)


def _shortcuts(material: Material) -> Iterator[Finding]:
    """Yield claims without one subject, predicate and object, and direct statements typed by hand."""
    predicates = set(material.of_type("asc:Predicate"))
    for claim in material.of_type("asc:Claim"):
        lacks = [p for p in ("asc:subject", "asc:predicate", "asc:object") if len(material.values(claim, p)) != 1]
        used = material.iris(claim, "asc:predicate")
        name = compact(claim)
        if lacks:
            yield material.finding(claim, "G015", f"{name} gives no shortcut: it needs exactly one {', '.join(lacks)}")
        elif not predicates.intersection(used):
            given = compact(used[0]) if used else "a literal"
            yield material.finding(claim, "G015", f"{name} gives no shortcut: {given} is not in the closed list")
        elif not material.iris(claim, "asc:subject"):
            yield material.finding(claim, "G015", f"{name} gives no shortcut: its subject is not a thing")
    for source in material.part(Part.DATA):
        lines = {subject: block.line for subject, block in source.parsed.subjects}
        for triple in source.parsed.triples:
            if triple.predicate.value in predicates and isinstance(triple.subject, ox.NamedNode):
                subject, verb = triple.subject.value, compact(triple.predicate.value)
                message = f"{compact(subject)} {verb} is typed by hand; write a claim, and the build makes the shortcut"
                yield Finding(str(source.path), lines.get(subject, 0), 0, "G016", message, focus=subject)


def _digests(material: Material) -> Iterator[Finding]:
    for sentence in material.of_type("doco:Sentence"):
        found = material.texts(sentence, "asc:sha256")
        if len(found) != 1 or not _DIGEST.fullmatch(found[0]):
            message = (
                f"{compact(sentence)} needs one asc:sha256 of 64 hexadecimal digits; `asckg source outline` writes it"
            )
            yield material.finding(sentence, "G019", message)
