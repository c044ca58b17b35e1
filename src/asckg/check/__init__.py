"""Defects of the corpus, all at once, each with its file, its line and its code."""

from asckg.check.code import CODES
from asckg.check.run import check, check_without_shapes, load_material

__all__ = ["CODES", "check", "check_without_shapes", "load_material"]
