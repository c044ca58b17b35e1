"""Differences between two versions of the data, in words and as triples."""

from asckg.diff.compare import Difference, Edit, compare
from asckg.diff.report import as_triples, in_words
from asckg.diff.version import Version, read_version

__all__ = ["Difference", "Edit", "Version", "as_triples", "compare", "in_words", "read_version"]
