"""The knowledge graph of actors, policies and evidence in adult social care research.

>>> import asckg
>>> asckg.__version__.count(".")
2
"""

from typing import TYPE_CHECKING

from asckg.error import AsckgError

if TYPE_CHECKING:
    from asckg.graph import Graph

__version__ = "0.1.0"
__all__ = ["AsckgError", "Graph", "__version__"]


def __getattr__(name: str) -> object:
    """Load `Graph` when it is first asked for, so that importing the package stays cheap."""
    if name == "Graph":
        from asckg.graph import Graph  # noqa: PLC0415 - the engine and its store cost more than a bare import may

        return Graph
    raise AttributeError(f"module 'asckg' has no attribute {name!r}")
