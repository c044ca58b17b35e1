"""The ontology page by page: the terms of each module and the concepts of each scheme."""

from collections.abc import Iterator
from pathlib import Path

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from table import table, text

from asckg.namespace import DEF, compact
from asckg.tree import ontology_dir

_SCHEMA = rdflib.Namespace("https://schema.org/")
_KINDS = (
    ("Classes", OWL.Class),
    ("Object properties", OWL.ObjectProperty),
    ("Datatype properties", OWL.DatatypeProperty),
    ("Annotation properties", OWL.AnnotationProperty),
)


def pages() -> dict[str, str]:
    """Return the pages by name: one a module, one with all schemes."""
    made = {path.stem: _module(path) for path in sorted(ontology_dir().glob("*.ttl"))}
    schemes = [_scheme(path) for path in sorted((ontology_dir() / "scheme").glob("*.ttl"))]
    made["scheme"] = "\n".join(["# Schemes\n\nEvery concept that a claim or a thing can point at.\n", *schemes])
    return {name: content for name, content in made.items() if content}


def terms() -> set[str]:
    """Return the prefixed names of all terms of our own."""
    found = set()
    for path in ontology_dir().glob("*.ttl"):
        graph = rdflib.Graph().parse(path)
        found |= {compact(str(s)) for s in set(graph.subjects(RDF.type)) if str(s).startswith(DEF)}
    return found


def _module(path: Path) -> str:
    graph = rdflib.Graph().parse(path)
    own = sorted({s for s in graph.subjects(RDF.type) if str(s).startswith(DEF)}, key=str)
    if not own:
        return ""
    return "\n".join([f"# Terms: {path.stem}\n", *_sections(graph, own)])


def _sections(graph: rdflib.Graph, own: list[rdflib.term.Node]) -> Iterator[str]:
    done: set[rdflib.term.Node] = set()
    for title, kind in _KINDS:
        chosen = [term for term in own if (term, RDF.type, kind) in graph and term not in done]
        done |= set(chosen)
        if chosen:
            yield f"## {title}\n"
            yield from (_term(graph, term) for term in chosen)
    rest = [term for term in own if term not in done]
    if rest:
        yield "## Others\n"
        yield from (_term(graph, term) for term in rest)


def _term(graph: rdflib.Graph, term: rdflib.term.Node) -> str:
    name = compact(str(term))
    rows = [
        (label, "; ".join(sorted(f"`{compact(str(value))}`" for value in graph.objects(term, predicate))))
        for label, predicate in (
            ("subclass of", RDFS.subClassOf),
            ("subproperty of", RDFS.subPropertyOf),
            ("about", _SCHEMA.domainIncludes),
            ("takes", _SCHEMA.rangeIncludes),
        )
        if (term, predicate, None) in graph
    ]
    parts = [f"### {name}\n", f"**{text(str(graph.value(term, RDFS.label) or name))}.** {_one(graph, term)}\n"]
    example = graph.value(term, SKOS.example)
    if example is not None:
        parts.append(f"Example: {text(str(example))}\n")
    if rows:
        parts.append(table(("", ""), rows))
    return "\n".join(parts)


def _one(graph: rdflib.Graph, term: rdflib.term.Node) -> str:
    return text(str(graph.value(term, SKOS.definition) or ""))


def _scheme(path: Path) -> str:
    graph = rdflib.Graph().parse(path)
    scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme), None)
    if scheme is None:
        return ""
    rows = [
        (f"`{compact(str(concept))}`", text(str(graph.value(concept, SKOS.prefLabel) or "")), _one(graph, concept))
        for concept in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str)
    ]
    title = text(str(graph.value(scheme, SKOS.prefLabel) or path.stem))
    head = f"## {title}\n\n`{compact(str(scheme))}`. {_one(graph, scheme)}\n"
    return f"{head}\n{table(('concept', 'label', 'meaning'), rows)}"
