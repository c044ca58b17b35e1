"""A small invented document about quiet on trains, and its outline."""

from pathlib import Path

import pytest

from asckg.source.document import Document, read
from asckg.source.outline import Outline, load

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def copy() -> str:
    return (HERE / "porter-1999.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def outline() -> Outline:
    return load(HERE / "outline.yaml")


@pytest.fixture(scope="session")
def porter(copy: str, outline: Outline) -> Document:
    return read(copy, outline)
