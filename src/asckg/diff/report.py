"""Reports: a difference in the words of a curator, or as triples."""

from collections.abc import Iterable, Iterator

from asckg.diff.compare import Difference, Edit
from asckg.diff.version import Version
from asckg.namespace import compact, expand
from asckg.term import Term, Triple


def in_words(difference: Difference) -> str:
    """Return the difference as text: a line that counts, then claims, labels, links and other things."""
    if not difference:
        return f"{difference.old.name} and {difference.new.name} say the same.\n"
    parts = [
        [_summary(difference)],
        _section("Claims added", _claims(difference.new, difference.claims_added, "+")),
        _section("Claims changed", _edits(difference.new, difference.edits)),
        _section("Claims withdrawn", _claims(difference.old, difference.claims_withdrawn, "-")),
        _section("Labels changed", _edits(difference.new, difference.labels)),
        _section("Links", _links(difference)),
        _section("Things added", _things(difference.new, difference.things_added, "+")),
        _section("Things removed", _things(difference.old, difference.things_removed, "-")),
        _section("Things changed otherwise", _things(difference.new, _otherwise(difference), "~")),
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
        f"{len(difference.claims_added)} claims added, {changed} changed, "
        f"{len(difference.claims_withdrawn)} withdrawn; {len(difference.labels)} labels changed; "
        f"{len(difference.links_added)} links added, {len(difference.links_removed)} removed; "
        f"{len(difference.triples_added)} triples added, {len(difference.triples_removed)} removed."
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


def _edits(version: Version, edits: Iterable[Edit]) -> Iterator[str]:
    seen = ""
    for edit in edits:
        if edit.name != seen:
            seen = edit.name
            yield f"  ~ {edit.name}: {version.label(expand(edit.name))}"
        yield f"      {edit.property}: {'; '.join(edit.old) or 'nothing'} -> {'; '.join(edit.new) or 'nothing'}"


def _links(difference: Difference) -> Iterator[str]:
    for mark, links in (("+", difference.links_added), ("-", difference.links_removed)):
        for subject, predicate, value in links:
            yield f"  {mark} {compact(subject.value)} {compact(predicate.value)} {value}"


def _things(version: Version, names: Iterable[str], mark: str) -> Iterator[str]:
    for name in names:
        iri = _full(name)
        kinds = sorted(str(kind) for kind in version.things[iri].get(expand("rdf:type"), ()))
        yield f"  {mark} {name}: {version.label(iri)} ({', '.join(kinds) or 'no kind'})"


def _otherwise(difference: Difference) -> list[str]:
    told = {edit.name for edit in difference.labels}
    return [name for name in difference.things_changed if name not in told]


def _full(name: str) -> str:
    return name if name.startswith(("http://", "https://")) else expand(name)


def _value(version: Version, terms: Iterable[Term]) -> str:
    return "; ".join(sorted(version.label(term.value) if term.kind == "iri" else term.value for term in terms))


def _line(triple: Triple) -> str:
    return f"{' '.join(term.ntriples() for term in triple)} ."
