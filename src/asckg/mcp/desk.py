"""What an assistant may ask: each answer is a document that carries its sources or says that there are none."""

from dataclasses import dataclass

from asckg.claim import find_claims
from asckg.error import AsckgError
from asckg.graph import Graph
from asckg.mcp.cite import NO_SOURCE, Document, answer, cited, claims_named, sources_of
from asckg.mcp.runner import Runner
from asckg.named import Named, iri_of
from asckg.namespace import compact
from asckg.question import bind
from asckg.term import Rows

_MOST = 200


@dataclass(frozen=True)
class Desk:
    """A graph and the runner of its queries."""

    graph: Graph
    runner: Runner

    def search(self, text: str, kind: str | None, limit: int) -> Document:
        """Return things by label, alias, acronym or paraphrase."""
        hits = self.graph.search(text, kind, min(limit, _MOST))
        found = [
            {"name": compact(hit.iri), "label": hit.label, "kind": hit.kind, "matched": hit.matched} for hit in hits
        ]
        return answer("none yet: open one of these things to see its claims and their sentences", hits=found)

    def open_entity(self, name: str) -> Document:
        """Return a thing with its facts and claims."""
        entity = self.graph.entity(name)
        claims = cited(self.graph.engine, entity.claims[:_MOST])
        facts = [{"property": fact.predicate.label, "value": _shown(fact.value)} for fact in entity.facts]
        sentences: list[Document] = [{"thing": entity.name, "sentences": [s.label for s in entity.sentences]}]
        return answer(
            sentences if entity.sentences else (claims and "in each claim") or NO_SOURCE,
            name=entity.name,
            label=entity.label,
            kinds=[kind.label for kind in entity.kinds],
            aliases=list(entity.aliases),
            facts=facts,
            claims=claims,
            claims_in_all=len(entity.claims),
        )

    async def query(self, sparql: str) -> Document:
        """Return the answer of a read-only query."""
        return self._answer(await self.runner.run(sparql))

    def list_questions(self, about: str) -> Document:
        """Return the prepared questions, those whose words hold `about` where it is given."""
        wanted = about.lower()
        found = [
            {
                "name": question.name,
                "title": question.title,
                "description": question.description,
                "topic": question.topic,
                "parameters": [
                    {"name": p.name, "type": p.type, "label": p.label, "default": p.default, "optional": p.optional}
                    for p in question.parameters
                ],
            }
            for question in self.graph.questions.values()
            if wanted in f"{question.title} {question.description} {question.topic} {' '.join(question.tags)}".lower()
        ]
        return answer("none yet: ask one of these questions", questions=found)

    async def ask_question(self, name: str, values: dict[str, str]) -> Document:
        """Return the answer of a prepared question."""
        if name not in self.graph.questions:
            raise AsckgError(f"there is no question {name!r}; list_questions lists them")
        question = self.graph.questions[name]
        document = self._answer(await self.runner.run(question.text, bind(question, values)))
        return {"question": question.title, **document}

    def claims(self, about: str | None, basis: str | None, setting: str | None) -> Document:
        """Return claims with sentences and works."""
        if not (about or basis or setting):
            raise AsckgError("say what the claims are about, or their basis, or their setting")
        found = find_claims(self.graph.engine, about=about, basis=basis, setting=setting)
        documents = cited(self.graph.engine, found[:_MOST])
        return answer(
            "in each claim" if documents else NO_SOURCE,
            claims=documents,
            claims_in_all=len(found),
            complete=len(found) <= _MOST,
        )

    def cite(self, names: list[str]) -> Document:
        """Return these claims as they are to be cited; raise `AsckgError` on a name that is no claim's."""
        documents = claims_named(self.graph.engine, [iri_of(name) for name in names])
        missing = {compact(iri_of(name)) for name in names} - {document["claim"] for document in documents}
        if missing:
            raise AsckgError(f"there is no claim named {', '.join(sorted(missing))}; do not cite it")
        return answer("in each claim", claims=documents)

    def _answer(self, found: Rows | bool | str) -> Document:  # noqa: FBT001 - an ASK answers with a boolean
        if isinstance(found, bool):
            return answer(NO_SOURCE, boolean=found)
        if isinstance(found, str):
            return answer(NO_SOURCE, turtle=found)
        shown = Rows(found.columns, found.rows[:_MOST])
        return answer(
            sources_of(self.graph.engine, shown),
            columns=list(found.columns),
            rows=[["" if term is None else str(term) for term in row] for row in shown.rows],
            rows_in_all=len(found),
            complete=len(found) <= _MOST,
        )


def _shown(value: object) -> str:
    return f"{value.label} ({value.name})" if isinstance(value, Named) else str(value)
