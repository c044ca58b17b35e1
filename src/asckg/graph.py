"""The graph as Python programs use it."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from asckg.build import Build, build, default_home
from asckg.corpus import Corpus
from asckg.engine.embedded import EmbeddedEngine
from asckg.question import Question, bind, load_all
from asckg.term import Rows, Term


class Graph:
    """A built graph, ready to be asked.

    `engine` answers SPARQL; `build` says what is loaded.
    """

    def __init__(self, corpus: Corpus, made: Build, engine: EmbeddedEngine) -> None:
        self.corpus = corpus
        self.build = made
        self.engine = engine

    @classmethod
    def open(cls, corpus: Path | None = None, home: Path | None = None) -> "Graph":
        """Return the shipped graph, or that of the corpus below `corpus`; it is built first if it must be."""
        source = Corpus.open(corpus)
        made = build(source, home or default_home())
        return cls(source, made, EmbeddedEngine.open(made.store_path, made.version))

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return questions and maps by name."""
        return load_all(self.corpus.queries)

    def query(self, query: str, values: Mapping[str, str] | None = None) -> Rows:
        """Return the rows of a SPARQL SELECT or of a named question with its parameters."""
        if query in self.questions:
            question = self.questions[query]
            return self.engine.select(question.text, bind(question, values or {}))
        bindings = {name: Term.literal(value) for name, value in (values or {}).items()}
        return self.engine.select(query, bindings)
