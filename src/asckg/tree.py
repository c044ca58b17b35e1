"""Where the three data trees lie: beside the code in a repository, inside the package in a wheel."""

from pathlib import Path

from asckg.error import AsckgError

_PACKAGE = Path(__file__).resolve().parent
_REPOSITORY = _PACKAGE.parent.parent


def ontology_dir() -> Path:
    """Return the folder of the vocabulary."""
    return _tree("ontology")


def graph_data_dir() -> Path:
    """Return the folder of what the sources say."""
    return _tree("graph_data")


def queries_dir() -> Path:
    """Return the folder of questions and maps."""
    return _tree("queries")


def repository() -> Path | None:
    """Return the repository's root, or None when the package was installed from a wheel."""
    return _REPOSITORY if (_REPOSITORY / "pyproject.toml").is_file() and (_REPOSITORY / "ontology").is_dir() else None


def _tree(name: str) -> Path:
    for folder in (_PACKAGE / "_data" / name, _REPOSITORY / name):
        if folder.is_dir():
            return folder
    raise AsckgError(f"the data tree {name!r} is missing from this installation ({_PACKAGE}); install asckg again")
