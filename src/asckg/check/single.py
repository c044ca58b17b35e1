"""One finding for one fault: what only follows from another finding is left out, until that one is mended."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

import pyoxigraph as ox

from asckg.check.material import Material
from asckg.finding import Finding
from asckg.namespace import compact

_SOURCE = frozenset({"prov:wasDerivedFrom"})
_ABOUT: dict[str, frozenset[str]] = {
    "G009": frozenset({"asc:subject"}),
    "G010": _SOURCE,
    "G011": _SOURCE,
    "G012": frozenset({"asc:paraphrase"}),
    "G013": frozenset({"cito:citesAsEvidence", "asc:citedAs"}),
    "G014": frozenset({"prov:wasAttributedTo"}),
    "G015": frozenset({"asc:subject", "asc:predicate", "asc:object"}),
    "G019": frozenset({"asc:sha256"}),
}
"""The properties that a finding of each code is about: a shape over them would say the same of the same thing."""
_UNMADE_FORM = frozenset({"G004", "G008"})


class Unmet(NamedTuple):
    """A shape that is not met: its finding, the properties that it is about, and what it saw.

    `inward` is true for a shape over what points at the thing; `blank` for one that saw a blank node.
    """

    finding: Finding
    properties: frozenset[str]
    inward: bool
    blank: bool
    value: bool


def one_each(material: Material, plain: Iterable[Finding], unmet: Iterable[Unmet] = ()) -> list[Finding]:
    """Return the findings without those that follow from others; where one is left out, its cause is kept.

    A name is defined nowhere only where every file could be read. What says that a thing lacks a sentence, a work or
    an object follows from the name of that sentence, work or object being defined nowhere. A shape follows from a
    finding of its own code about the same properties of the same thing.
    """
    told = [finding for finding in plain if not (finding.code == "G006" and finding.focus in material.unread)]
    undefined = material.unread | {finding.focus for finding in told if finding.code == "G006"}
    malformed = {finding.path for finding in told if finding.code in _UNMADE_FORM}
    kept = [
        finding
        for finding in told
        if not _leads_to(material, finding.focus, _ABOUT.get(finding.code, frozenset()), undefined)
        and not (finding.code == "G002" and finding.path in malformed)
    ]
    codes: dict[str, set[str]] = defaultdict(set)
    for finding in told:
        codes[finding.focus].add(finding.code)
    blank = {finding.path for finding in kept if finding.code == "G003"}
    kept += [one.finding for one in unmet if not _follows(one, material, codes, undefined, blank)]
    return kept


def _follows(
    one: Unmet, material: Material, codes: dict[str, set[str]], undefined: Collection[str], blank: Collection[str]
) -> bool:
    focus = one.finding.focus
    here = codes.get(focus, set())
    return (
        any(one.properties & _ABOUT.get(code, frozenset()) for code in here)
        or "G008" in here
        or (one.blank and one.finding.path in blank)
        or (one.inward and bool(material.unread))
        or _leads_to(material, focus, one.properties, undefined)
        or (not one.value and any(predicate in undefined for predicate in material.about.get(focus, ())))
    )


def _leads_to(material: Material, subject: str, properties: Iterable[str], names: Collection[str]) -> bool:
    """Tell whether a thing has one of these names as the value of one of these properties."""
    statements = material.about.get(subject, {})
    return any(
        isinstance(node, ox.NamedNode) and node.value in names
        for predicate, nodes in statements.items()
        if compact(predicate) in properties
        for node in nodes
    )
