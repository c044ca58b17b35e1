"""How many things of each kind are linked, by identifier scheme."""

from collections import Counter, defaultdict

from asckg.corpus import Corpus
from asckg.link.decision import NONE_FOUND
from asckg.link.publish import decisions_in
from asckg.link.thing import things


def coverage_lines(corpus: Corpus) -> list[str]:
    """Return a table in lines: for each kind the number of things, linked by scheme, looked for in vain, not yet."""
    decisions = [item for item in decisions_in(corpus.data / "links") if item.state == "accepted"]
    schemes: dict[str, set[str]] = defaultdict(set)
    for item in decisions:
        schemes[item.subject_id.removeprefix("r:")].add(item.object_id.partition(":")[0])
        if item.object_id == NONE_FOUND:
            schemes[item.subject_id.removeprefix("r:")].add("not found")
    lines = [f"{'kind':14}{'things':>7}{'linked':>8}{'not found':>11}{'not tried':>11}  by scheme"]
    kinds: dict[str, list[str]] = defaultdict(list)
    for thing in things(corpus):
        kinds[thing.kind].append(thing.key.rsplit("/", 1)[-1])
    for kind, names in sorted(kinds.items()):
        found = [schemes[name] - {"sssom", "not found"} for name in names]
        vain = sum("not found" in schemes[name] and not schemes[name] - {"sssom", "not found"} for name in names)
        counts = Counter(scheme for item in found for scheme in item)
        shown = ", ".join(f"{scheme} {count}" for scheme, count in counts.most_common())
        linked = sum(map(bool, found))
        lines.append(f"{kind:14}{len(names):7d}{linked:8d}{vain:11d}{len(names) - linked - vain:11d}  {shown}")
    return lines
