"""The worked example of docs/curating.md: its files and its commands, read from the page itself."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r'^```(\w+)(?: title="([\w./-]*)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def files() -> dict[str, str]:
    """Return the content of each file that the page shows, by its path."""
    page = (ROOT / "docs" / "curating.md").read_text(encoding="utf-8")
    return {name: body for _, name, body in _BLOCK.findall(page) if name}


def console() -> list[tuple[str, str]]:
    """Return each command that the page shows with the output that it shows."""
    page = (ROOT / "docs" / "curating.md").read_text(encoding="utf-8")
    blocks = [body for kind, _, body in _BLOCK.findall(page) if kind == "console"]
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.MULTILINE)
    return [(command, output) for command, output in found]


def write(root: Path, *, with_first: bool = False) -> Path:
    """Write the example into a corpus with the shipped ontology; return `root`.

    Of the first document all is there, or only the skeleton, to which the shipped schemes refer.
    """
    shutil.copytree(ROOT / "ontology", root / "ontology")
    first = Path("graph_data", "kendrick-2023")
    keep = (
        None
        if with_first
        else lambda _, names: [name for name in names if name not in {"document.ttl", "outline.yaml"}]
    )
    shutil.copytree(ROOT / first, root / first, ignore=keep)
    (root / "queries" / "questions").mkdir(parents=True)
    (root / "queries" / "maps").mkdir()
    for name, body in files().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return root
