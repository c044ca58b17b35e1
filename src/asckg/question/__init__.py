"""Questions and maps: SPARQL files with a header that a program reads."""

from asckg.question.answer import ask, bind
from asckg.question.header import Parameter, Question, load, load_all, parse

__all__ = ["Parameter", "Question", "ask", "bind", "load", "load_all", "parse"]
