"""Findings about identifiers: references to nothing, things defined twice, names against the rules, shared labels."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from asckg.check.material import TYPE, Material, Source
from asckg.finding import Finding
from asckg.namespace import DEF, ID, VOC, compact

_OURS = (DEF, ID, VOC)
_MADE_BY_BUILD = {f"{ID}dataset-asckg"}
_LOCAL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOCUMENT_PART = r"[a-z0-9-]+"
_RULES: dict[str, str] = {
    "asc:Activity": r"activity-.+",
    "asc:Approach": r"approach-.+",
    "asc:Barrier": r"barrier-.+",
    "asc:Benefit": r"benefit-.+",
    "asc:Claim": r"claim-.+",
    "asc:Coding": r"coding-.+",
    "asc:DataIssue": r"issue-.+",
    "asc:Enabler": r"enabler-.+",
    "asc:Event": r"event-.+",
    "asc:EvidenceLine": r"claim-.+-(?:lit|stk|doc)",
    "asc:Feature": r"feature-.+",
    "asc:FellowshipScheme": r"fellowship-.+",
    "asc:FundingCall": r"call-.+",
    "asc:Group": r"group-.+",
    "asc:Partnership": r"partnership-.+",
    "asc:Policy": r"policy-.+",
    "asc:Recommendation": r"recommendation-.+",
    "asc:Statistic": r"statistic-.+",
    "biro:BibliographicReference": rf"{_DOCUMENT_PART}-ref-.+",
    "c4o:InTextReferencePointer": rf"{_DOCUMENT_PART}-p\d+-s\d+-c\d+",
    "doco:Paragraph": rf"{_DOCUMENT_PART}-p\d+",
    "doco:Sentence": rf"{_DOCUMENT_PART}-p\d+-s\d+",
    "foaf:Person": r"person-.+",
    "frapo:FundingProgramme": r"programme-.+",
    "frapo:Grant": r"grant-.+",
    "org:ChangeEvent": r"event-.+",
    "org:FormalOrganization": r"org-.+",
    "org:Organization": r"org-.+",
    "org:Role": r"role-.+",
    "schema:Place": r"place-.+",
}


def reference_findings(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with identifiers and labels."""
    yield from _dangling(material)
    yield from _twice(material)
    yield from _named(material)
    yield from _labels(material)


def _dangling(material: Material) -> Iterator[Finding]:
    defined = {subject for subject, statements in material.about.items() if TYPE in statements} | _MADE_BY_BUILD
    by_name = {compact(iri): iri for iri in defined}
    for source in material.sources:
        lines = {subject: block.line for subject, block in source.parsed.subjects}
        seen: set[tuple[str, str]] = set()
        for triple in source.parsed.triples:
            subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
            for node in (triple.subject, triple.predicate, triple.object):
                if not isinstance(node, ox.NamedNode) or not node.value.startswith(_OURS) or node.value in defined:
                    continue
                if node.value in _OURS or (subject, node.value) in seen:
                    continue
                seen.add((subject, node.value))
                name = compact(node.value)
                near = difflib.get_close_matches(name, by_name, 1, 0.8)
                hint = f"; did you mean {near[0]}?" if near else "; define it, or correct the name"
                line = _mention(source, lines.get(subject, 0), name)
                yield Finding(str(source.path), line, 0, "G006", f"{name} is defined nowhere{hint}", focus=node.value)


def _mention(source: Source, begin: int, name: str) -> int:
    """Return the line of a name at or after the line of its block."""
    lines = source.parsed.text.splitlines()
    written = re.compile(rf"{re.escape(name)}(?![\w-])")
    return next((n for n in range(max(begin, 1), len(lines) + 1) if written.search(lines[n - 1])), begin)


def _twice(material: Material) -> Iterator[Finding]:
    """Yield subjects with two blocks in a file, or with a type in two files; a file may add to another's subject."""
    typed: dict[str, Source] = {}
    for source in material.sources:
        kinds = _typed(source)
        first: dict[str, int] = {}
        for subject, block in source.parsed.subjects:
            if not subject.startswith(_OURS):
                continue
            name = compact(subject)
            if subject in first:
                message = f"{name} has a block on line {first[subject]} too; join the two"
                yield Finding(str(source.path), block.line, block.column, "G008", message, focus=subject)
                continue
            first[subject] = block.line
            if subject in kinds and (other := typed.setdefault(subject, source)) is not source:
                message = f"{name} is defined in {other.path} too; keep one definition"
                yield Finding(str(source.path), block.line, block.column, "G008", message, focus=subject)


def _typed(source: Source) -> set[str]:
    """Return the things to which a file gives a type."""
    triples = source.parsed.triples
    return {t.subject.value for t in triples if t.predicate.value == TYPE and isinstance(t.subject, ox.NamedNode)}


def _named(material: Material) -> Iterator[Finding]:
    for subject in material.about:
        if not subject.startswith((ID, VOC)):
            continue
        local = subject.removeprefix(ID).removeprefix(VOC)
        name = compact(subject)
        if not _LOCAL.fullmatch(local):
            yield material.finding(subject, "G009", f"{name}: a name is lower-case words and digits joined by hyphens")
            continue
        for kind in material.types(subject) if subject.startswith(ID) else ():
            rule = r"work-.+" if kind.startswith("fabio:") else _RULES.get(kind)
            if rule and not re.fullmatch(rule, local):
                pattern = rule.replace(".+", "\u2026").replace(_DOCUMENT_PART, "DOCUMENT-SECTION").replace(r"\d+", "1")
                yield material.finding(
                    subject, "G009", f"{name} has the class {kind}, so its name has the form {pattern}"
                )


def _labels(material: Material) -> Iterator[Finding]:
    sharing: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for subject in material.about:
        if not subject.startswith((ID, VOC)):
            continue
        # Parts of a document are told apart by the part they are in, concepts by their scheme.
        inside = [*material.iris(subject, "dct:isPartOf"), *material.iris(subject, "skos:inScheme")] or [""]
        for text in material.texts(subject, "skos:prefLabel"):
            for kind in material.types(subject):
                for where in inside:
                    sharing[kind, where, text.casefold()].add(subject)
    told = {(text, subject): subjects for (_, _, text), subjects in sharing.items() for subject in subjects}
    for (text, subject), subjects in told.items():
        if others := sorted(compact(other) for other in subjects - {subject}):
            message = f"{compact(subject)} has the label {text!r}, as has {', '.join(others)}"
            yield material.finding(subject, "G007", message)
