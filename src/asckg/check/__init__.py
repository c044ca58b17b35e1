"""Defects of the corpus, all at once, each with its file, its line and its code."""

from asckg.check.bound import bound_findings
from asckg.check.code import CODES
from asckg.check.run import check, load_material

__all__ = ["CODES", "bound_findings", "check", "load_material"]
