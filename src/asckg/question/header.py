"""The `#+` header of a query file: YAML after the convention of grlc."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asckg.error import AsckgError

AUDIENCES = ("researcher", "commissioner", "council-lead", "policy-analyst", "data-person")
DIFFICULTIES = ("easy", "medium", "hard")
TYPES = ("iri", "string", "integer")
_PLACE = re.compile(r"\{(\w+)\}")
_KEYS = {
    "title", "asked", "description", "empty", "audience", "difficulty", "topic", "tags", "parameters", "columns", "map",
    "chart",
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """A value that the reader chooses: a typed term, bound to the variable of the same name."""

    name: str
    type: str
    label: str
    default: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True)
class Question:
    """One query file: what it asks, of whom it is asked, its parameters, columns and text.

    `asked` is the title with a place for each chosen value, as in `Which barriers affect research in {setting}?`.
    `empty` says what it means when there are no rows.
    """

    name: str
    kind: str
    title: str
    description: str
    audience: tuple[str, ...]
    difficulty: str
    topic: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    map: Mapping[str, str] | None
    chart: Mapping[str, str] | None
    text: str
    path: Path
    asked: str = ""
    empty: str = ""

    def asking(self, chosen: Mapping[str, str]) -> str:
        """Return the title with the words of the chosen values in it; the plain title where one is missing."""
        if not self.asked or any(not chosen.get(name) for name in _PLACE.findall(self.asked)):
            return self.title
        return _PLACE.sub(lambda found: chosen[found[1]], self.asked)


def load(path: Path) -> Question:
    """Return the question in a file; raise with the file, the line and the key that is wrong."""
    return parse(path.read_text(encoding="utf-8"), path)


def load_all(folder: Path) -> dict[str, Question]:
    """Return every question and map below `folder`, by name, in order of name; two of one name are an error."""
    found: dict[str, Question] = {}
    for path in sorted(folder.rglob("*.rq"), key=lambda p: p.stem):
        if path.stem in found:
            raise AsckgError(f"{path}:1: {found[path.stem].path} has the same name; rename one of the two")
        found[path.stem] = load(path)
    return found


def parse(content: str, path: Path) -> Question:
    """Return the question in `content`; `path` gives its name and kind and stands in messages."""
    lines = content.splitlines()
    header = [line[2:].removeprefix(" ") for line in lines if line.startswith("#+")]
    if not header:
        raise AsckgError(f"{path}:1: no header; begin the file with lines such as `#+ title: What does it answer?`")
    import yaml  # noqa: PLC0415 - only who reads a header needs it

    try:
        fields = yaml.safe_load("\n".join(header))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise AsckgError(f"{path}:{line}: the header is not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(fields, dict):
        raise AsckgError(f"{path}:1: the header must be `key: value` lines, beginning with `#+ title:`")
    return _question(fields, content, path)


def _question(fields: dict[str, Any], content: str, path: Path) -> Question:
    unknown = sorted(set(fields) - _KEYS)
    if unknown:
        raise AsckgError(f"{path}:1: unknown header keys {unknown}; known are {sorted(_KEYS)}")
    for key in ("title", "description"):
        if not isinstance(fields.get(key), str) or not fields[key].strip():
            raise AsckgError(f"{path}:1: the header has no {key}; add a line `#+ {key}: …`")
    audience = tuple(fields.get("audience") or ())
    if bad := [a for a in audience if a not in AUDIENCES]:
        raise AsckgError(f"{path}:1: unknown audience {bad}; known are {list(AUDIENCES)}")
    difficulty = fields.get("difficulty") or "medium"
    if difficulty not in DIFFICULTIES:
        raise AsckgError(f"{path}:1: difficulty is {difficulty!r}; it is one of {list(DIFFICULTIES)}")
    return Question(
        name=path.stem,
        kind="map" if path.parent.name == "maps" else "question",
        title=fields["title"].strip(),
        description=fields["description"].strip(),
        audience=audience,
        difficulty=difficulty,
        topic=str(fields.get("topic") or "general"),
        tags=tuple(str(t) for t in fields.get("tags") or ()),
        parameters=tuple(_parameter(p, path) for p in fields.get("parameters") or ()),
        columns={str(k): str(v) for k, v in (fields.get("columns") or {}).items()},
        map={str(k): str(v) for k, v in fields["map"].items()} if fields.get("map") else None,
        chart={str(k): str(v) for k, v in fields["chart"].items()} if fields.get("chart") else None,
        text=content,
        path=path,
        asked=_asked(fields, path),
        empty=str(fields.get("empty") or "").strip(),
    )


def _asked(fields: dict[str, Any], path: Path) -> str:
    text = str(fields.get("asked") or "").strip()
    names = {str(p.get("name")) for p in fields.get("parameters") or ()}
    if strange := sorted(set(_PLACE.findall(text)) - names):
        raise AsckgError(f"{path}:1: `asked` has a place for {strange}, which no parameter is called")
    return text


def _parameter(fields: dict[str, Any], path: Path) -> Parameter:
    name = fields.get("name")
    if not isinstance(name, str) or fields.get("type") not in TYPES:
        raise AsckgError(f"{path}:1: a parameter needs a name and a type, one of {list(TYPES)}; this one is {fields}")
    default = fields.get("default")
    return Parameter(
        name=name,
        type=fields["type"],
        label=str(fields.get("label") or name),
        default=None if default is None else str(default),
        values={str(k): str(v) for k, v in (fields.get("values") or {}).items()},
        optional=bool(fields.get("optional", False)),
    )
