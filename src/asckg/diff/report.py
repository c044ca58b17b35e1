"""Reports: a difference in the words of a curator, or as triples."""

from collections.abc import Iterable, Iterator

from asckg.diff.compare import Difference, Edit
from asckg.diff.version import Version
from asckg.namespace import compact, expand
from asckg.plural import counted
from asckg.term import Term, Triple

_SAYS = frozenset({"asc:paraphrase", "label"})
_WORDS = {
    "cito:citesAsEvidence": "works cited",
    "prov:wasDerivedFrom": "from",
    "skos:altLabel": "other names",
    "skos:broader": "broader",
    "skos:broadMatch": "is narrower than",
    "skos:closeMatch": "is nearly the same as",
    "skos:definition": "definition",
    "skos:editorialNote": "note",
    "skos:exactMatch": "is the same as",
    "skos:hiddenLabel": "misspellings",
    "skos:narrowMatch": "is broader than",
    "skos:relatedMatch": "is related to",
    "schema:identifier": "has the identifier",
    "dct:description": "description",
    "dct:spatial": "place",
    "rdf:type": "kind",
}


def in_words(difference: Difference) -> str:
    """Return the difference as text: a line that counts, then claims, labels, links and other things."""
    if not difference:
        return f"{difference.old.name} and {difference.new.name} say the same.\n"
    parts = [
        [_summary(difference)],
        _section("Claims added", _claims(difference.new, difference.claims_added, "+")),
        _section("Claims changed", _edits(difference, difference.edits)),
        _section("Claims withdrawn", _claims(difference.old, difference.claims_withdrawn, "-")),
        _section("Labels changed", _edits(difference, difference.labels)),
        _section("Links", _links(difference)),
        _section("Things added", _things(difference.new, difference.things_added, "+")),
        _section("Things removed", _things(difference.old, difference.things_removed, "-")),
        _section("Things changed otherwise", _edits(difference, difference.others)),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"


def as_triples(difference: Difference) -> str:
    """Return one N-Triples line for each triple, with `-` before those removed and `+` before those added."""
    removed = (f"- {_line(triple)}\n" for triple in difference.triples_removed)
    added = (f"+ {_line(triple)}\n" for triple in difference.triples_added)
    return "".join([*removed, *added])


def _summary(difference: Difference) -> str:
    changed = len({edit.name for edit in difference.edits})
    return (
        f"From {difference.old.name} to {difference.new.name}: "
        f"{counted(len(difference.claims_added), 'claim')} added, {changed} changed, "
        f"{len(difference.claims_withdrawn)} withdrawn; {counted(len(difference.labels), 'label')} changed; "
        f"{counted(len(difference.links_added), 'link')} added, {len(difference.links_removed)} removed; "
        f"{counted(len(difference.triples_added), 'triple')} added, {len(difference.triples_removed)} removed."
    )


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    return ["", title, *body] if body else []


def _claims(version: Version, names: Iterable[str], mark: str) -> Iterator[str]:
    for name in names:
        facts = version.things[expand(name)]
        yield f"  {mark} {name}: {version.label(expand(name))}"
        parts = [_value(version, facts.get(expand(f"asc:{part}"), ())) for part in ("subject", "predicate", "object")]
        yield f"      {' / '.join(parts)}; from {_value(version, facts.get(expand('prov:wasDerivedFrom'), ()))}"


def _edits(difference: Difference, edits: Iterable[Edit]) -> Iterator[str]:
    old, new = difference.old, difference.new
    seen = ""
    for edit in edits:
        if edit.name != seen:
            seen = edit.name
            yield f"  ~ {edit.name}: {old.label(_full(edit.name))}"
        if edit.property in _SAYS:
            yield f"      now: {'; '.join(edit.new) or 'nothing'}"
        else:
            yield f"      {_in_words(new, edit.property)}: {_before_and_after(edit)}"


def _before_and_after(edit: Edit) -> str:
    if edit.old and edit.new:
        return f"{'; '.join(edit.old)} -> {'; '.join(edit.new)}"
    return f"added {'; '.join(edit.new)}" if edit.new else f"taken away {'; '.join(edit.old)}"


def _in_words(version: Version, name: str) -> str:
    """Return a property as a curator calls it, with the basis of the evidence line that it is on."""
    own, _, basis = name.partition(" ")
    label = _WORDS.get(own) or version.label(_full(own))
    return f"{label} {basis}".rstrip()


def _links(difference: Difference) -> Iterator[str]:
    versions = (("+", difference.new, difference.links_added), ("-", difference.old, difference.links_removed))
    for mark, version, links in versions:
        for subject, predicate, value in links:
            kind = _WORDS.get(compact(predicate.value), compact(predicate.value))
            yield f"  {mark} {compact(subject.value)}: {version.label(subject.value)}, {kind} {value}"


def _things(version: Version, names: Iterable[str], mark: str) -> Iterator[str]:
    for name in names:
        iri = _full(name)
        kinds = sorted(str(kind) for kind in version.things[iri].get(expand("rdf:type"), ()))
        yield f"  {mark} {name}: {version.label(iri)} ({', '.join(kinds) or 'no kind'})"


def _full(name: str) -> str:
    return name if name.startswith(("http://", "https://")) else expand(name)


def _value(version: Version, terms: Iterable[Term]) -> str:
    return "; ".join(sorted(version.label(term.value) if term.kind == "iri" else term.value for term in terms))


def _line(triple: Triple) -> str:
    return f"{' '.join(term.ntriples() for term in triple)} ."
