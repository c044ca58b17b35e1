"""The pages of the documentation and the blocks of code in them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
_BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
OTHERS = {"curating.md"}  # has a test of its own that runs its blocks


@dataclass(frozen=True)
class Block:
    language: str
    text: str


def pages() -> list[Path]:
    found = [path for path in sorted(DOCS.rglob("*.md")) if path.name not in OTHERS]
    return [ROOT / "README.md", *found]


def blocks(path: Path) -> list[Block]:
    return [Block(*match) for match in _BLOCK.findall(path.read_text(encoding="utf-8"))]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
