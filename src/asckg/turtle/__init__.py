"""Turtle files: their syntax, the lines of their subjects, and their one canonical form."""

from asckg.turtle.canonical import canonical, serialise
from asckg.turtle.parse import Parsed, TurtleSyntaxError, parse
from asckg.turtle.token import Block, blocks

__all__ = ["Block", "Parsed", "TurtleSyntaxError", "blocks", "canonical", "parse", "serialise"]
