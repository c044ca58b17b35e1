"""Which texts are, or hold, a name of a small index with one letter off.

A letter too many, too few, another or two swapped are at one place of a name, so that its first or its last letters
stay as they are.
"""

from collections.abc import Iterable, Iterator

from asckg.link.band import SLIP, slipped

_END = 4


class Slips:
    """The folded names of an index, by both their ends."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        self._by_tail: dict[str, list[str]] = {}
        self._halves: list[tuple[str, str, str]] = []
        for name in dict.fromkeys(name for name in names if len(name) >= SLIP - 1):
            self._by_head.setdefault(name[:_END], []).append(name)
            self._by_tail.setdefault(name[-_END:], []).append(name)
            middle = len(name) // 2
            self._halves.append((name, name[: middle - 1], name[middle + 1 :]))

    def match(self, folded: str) -> bool:
        """Say whether a folded text is a name but for a letter."""
        size, head, tail = len(folded), folded[:_END], folded[-_END:]
        if size < SLIP or (head not in self._by_head and tail not in self._by_tail):
            return False
        near = (*self._by_head.get(head, ()), *self._by_tail.get(tail, ()))
        return any(abs(len(name) - size) <= 1 and slipped(folded, name) for name in near)

    def hold(self, folded: str) -> bool:
        """Say whether a piece of a folded text is a name but for a letter."""
        return any(
            slipped(piece, name)
            for name, first, last in self._halves
            if first in folded or last in folded
            for piece in _windows(folded, first, last, len(name))
        )


def _windows(folded: str, first: str, last: str, size: int) -> Iterator[str]:
    """Yield the pieces of about a size that begin with the one text, or end with the other."""
    start = folded.find(first)
    while start >= 0:
        yield from (folded[start : start + length] for length in (size - 1, size, size + 1))
        start = folded.find(first, start + 1)
    end = folded.find(last)
    while end >= 0:
        stop = end + len(last)
        yield from (folded[max(0, stop - length) : stop] for length in (size - 1, size, size + 1))
        end = folded.find(last, end + 1)
