"""The blocks of a copy: headings found, page breaks re-joined, list items apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from asckg.error import AsckgError
from asckg.source.digest import fold, rejoin
from asckg.source.markup import Run, clean
from asckg.source.outline import ELLIPSIS, Outline, SectionOutline
from asckg.source.sentence import is_whole

_ITEM = re.compile(r"[^\S\n]*(?:[-+\u2022\u25cf\u25aa\u2013]|\*(?=\s)|(?P<number>\d{1,3})[.)])[^\S\n]+(?=\S)")
_NO_TEXT = re.compile(r"[\s\f\d=_*~-]*|(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_MOST_HEADING_LINES = 4
_MOST_HEADING_TAIL = 120


@dataclass(frozen=True)
class Block:
    """A paragraph, or a piece of one: its characters, and whether it begins as a list item."""

    run: Run
    is_item: bool = False


@dataclass(frozen=True)
class _Line:
    begin: int
    end: int
    text: str


def sections(copy: str, outline: Outline) -> Iterator[tuple[SectionOutline, list[Block]]]:
    """Yield each section of the outline with its paragraphs, in order.

    Raises `AsckgError` with every heading that the copy lacks.
    """
    lines = _lines(copy)
    places = _headings(lines, outline)
    by_key = {section.key: section for section in outline.sections}
    for number, (key, _, first) in enumerate(places):
        last = places[number + 1][1] if number + 1 < len(places) else len(lines)
        if key:
            section = by_key[key]
            yield section, _joined(list(_blocks(lines[first:last])), entries=section.entries)


def plain(line: str) -> str:
    """Return a line as headings are compared: folded, without mark-up, numbering of `#` or a colon at its end."""
    return fold(rejoin(clean(line.strip().lstrip("#")).text)).rstrip(": ").replace(") ", " ")


def _lines(copy: str) -> list[_Line]:
    found = []
    at = 0
    for text in re.split(r"(?<=\n)|(?<=\f)", copy):
        found.append(_Line(at, at + len(text), text))
        at += len(text)
    return found


def _headings(lines: list[_Line], outline: Outline) -> list[tuple[str, int, int]]:
    # From the end of the copy, because a table of contents at its beginning names every heading too.
    found: list[tuple[str, int, int]] = []
    missing = []
    limit = len(lines)
    for heading, key in reversed(outline.headings()):
        place = next(_places(lines, plain(heading), limit), None)
        if place is None:
            missing.append(heading)
            continue
        limit = place[0]
        found.append((key, *place))
    if missing:
        raise AsckgError(_told(missing[::-1], outline))
    return found[::-1]


def _told(missing: list[str], outline: Outline) -> str:
    total = len(outline.headings())
    if len(missing) > total / 2:
        return (
            f"this does not look like a copy of {outline.key} ({outline.title}): {len(missing)} of its {total} "
            "headings are not in it. Check the file, and the document that you named."
        )
    names = "; ".join(f"“{heading}”" for heading in missing)
    return (
        f"the copy has no heading {names} where the outline of {outline.key} puts it. Put each on a line of its own, "
        "or correct the outline."
    )


def _places(lines: list[_Line], heading: str, limit: int) -> Iterator[tuple[int, int]]:
    """Yield where a heading stands, from the end of the copy: its first line, and the line after its last."""
    for first in range(limit - 1, -1, -1):
        if not lines[first].text.strip():
            continue
        for last in range(first + 1, min(first + 1 + _MOST_HEADING_LINES, limit + 1)):
            text = plain("".join(line.text for line in lines[first:last]))
            if text == heading or _is_long_heading(lines, last, text, heading):
                yield first, last
            if len(text) > len(heading) + _MOST_HEADING_TAIL:
                break


def _is_long_heading(lines: list[_Line], last: int, text: str, heading: str) -> bool:
    alone = last == len(lines) or not lines[last].text.strip()
    return heading.endswith(ELLIPSIS) and alone and text.startswith(heading[: -len(ELLIPSIS)]) and not is_whole(text)


def _blocks(lines: list[_Line]) -> Iterator[list[Block]]:
    """Yield groups of blocks between blank lines; a list within a group comes out as several."""
    group: list[_Line] = []
    for line in (*lines, None):
        if line is not None and not _NO_TEXT.fullmatch(line.text):
            group.append(line)
        elif group:
            yield _items(group)
            group = []


def _items(group: list[_Line]) -> list[Block]:
    pieces: list[tuple[bool, int, str]] = []
    number = 0
    for line in group:
        marker = _ITEM.match(line.text)
        value = int(marker["number"] or 0) if marker else 0
        if marker and _begins_item(pieces, value, number):
            pieces.append((True, line.begin + marker.end(), line.text[marker.end() :]))
            number = value
        elif pieces:
            is_item, begin, text = pieces[-1]
            pieces[-1] = (is_item, begin, text + line.text)
        else:
            pieces.append((False, line.begin, line.text))
    # A marker is cut from the front of its own line only, so that offsets within a piece stay in step with the copy.
    return [Block(clean(text, begin), is_item) for is_item, begin, text in pieces]


def _begins_item(pieces: list[tuple[bool, int, str]], value: int, number: int) -> bool:
    if not pieces:
        return True
    is_item, _, text = pieces[-1]
    if not is_item:
        return is_whole(clean(text).text) and value <= 1
    return value == number + 1 if value else number == 0


def _joined(groups: list[list[Block]], *, entries: bool) -> list[Block]:
    found: list[Block] = []
    for group in groups:
        for place, block in enumerate(group):
            if place == 0 and found and _continues(found[-1], block, entries=entries):
                found[-1] = replace(found[-1], run=found[-1].run.join(block.run))
            else:
                found.append(block)
    return found


def _continues(before: Block, block: Block, *, entries: bool) -> bool:
    first = block.run.text[:1]
    if entries:
        return block.run.text.startswith("http") or (first.islower() and not is_whole(before.run.text))
    if block.is_item or is_whole(before.run.text):
        return before.run.text.endswith(":") and first.islower() and not block.is_item
    return first.islower() if before.is_item else True
