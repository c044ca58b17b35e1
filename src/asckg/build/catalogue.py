"""The catalogue: what the data set is (DCAT, VoID) and which prefixes and queries come with it."""

from collections.abc import Iterator

import pyoxigraph as ox

from asckg.build.count import counts
from asckg.build.linkset import linksets
from asckg.corpus import CATALOGUE, Corpus
from asckg.namespace import BASE, ID, PREFIXES, expand
from asckg.question import Question, load_all

DATASET = f"{ID}dataset-asckg"
_GRAPH = ox.NamedNode(CATALOGUE)
_INSTANCES = {PREFIXES["r"], PREFIXES["v"]}
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")

_Node = ox.NamedNode | ox.Literal


def catalogue_quads(store: ox.Store, corpus: Corpus, version: str) -> list[ox.Quad]:
    """Return the quads of the catalogue graph, made from the corpus that `store` holds as `version`."""
    made = [*_dataset(corpus, version), *_partitions(store), *_linksets(store), *_prefixes()]
    for question in load_all(corpus.queries).values():
        made.extend(_executable(question))
    return made


def _quad(subject: str, predicate: str, value: _Node) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value, _GRAPH)


def _iri(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def _text(value: str) -> ox.Literal:
    return ox.Literal(value, language="en")


def _count(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_INTEGER)


def _dataset(corpus: Corpus, version: str) -> Iterator[ox.Quad]:
    yield _quad(DATASET, "rdf:type", _iri("void:Dataset"))
    yield _quad(DATASET, "rdf:type", _iri("dcat:Dataset"))
    yield _quad(DATASET, "skos:prefLabel", _text("asckg, the knowledge graph of adult social care research"))
    yield _quad(DATASET, "dct:title", _text("asckg, the knowledge graph of adult social care research"))
    yield _quad(
        DATASET,
        "dct:description",
        _text("Actors, policies and evidence in adult social care research, each statement traced to its sentence."),
    )
    yield _quad(DATASET, "dct:license", ox.NamedNode("https://creativecommons.org/licenses/by/4.0/"))
    yield _quad(DATASET, "void:uriSpace", ox.Literal(ID))
    yield _quad(DATASET, "owl:versionInfo", ox.Literal(version))
    yield _quad(DATASET, "owl:versionIRI", ox.NamedNode(f"{BASE}version/{version}"))
    for folder in corpus.documents():
        yield _quad(DATASET, "dct:source", ox.NamedNode(ID + folder.name))


def _partitions(store: ox.Store) -> Iterator[ox.Quad]:
    found = counts(store)
    yield _quad(DATASET, "void:triples", _count(found["triples"]))
    yield _quad(DATASET, "void:classes", _count(len(found["classes"])))
    yield _quad(DATASET, "void:properties", _count(len(found["properties"])))
    yield _quad(DATASET, "void:entities", _count(sum(found["classes"].values())))
    terms = (*found["classes"], *found["properties"])
    for vocabulary in sorted(set(PREFIXES.values()) - _INSTANCES):
        if any(term.startswith(vocabulary) for term in terms):
            yield _quad(DATASET, "void:vocabulary", ox.NamedNode(vocabulary))
    for kind, link, term, size in (
        ("classes", "void:classPartition", "void:class", "void:entities"),
        ("properties", "void:propertyPartition", "void:property", "void:triples"),
    ):
        for number, (iri, total) in enumerate(found[kind].items(), 1):
            part = f"{DATASET}-{kind}-{number}"
            yield _quad(DATASET, link, ox.NamedNode(part))
            yield _quad(part, "rdf:type", _iri("void:Dataset"))
            yield _quad(part, term, ox.NamedNode(iri))
            yield _quad(part, size, _count(total))


def _linksets(store: ox.Store) -> Iterator[ox.Quad]:
    for linkset in linksets(store):
        node, target = f"{DATASET}-{linkset.name}", f"{DATASET}-target-{linkset.scheme}"
        yield _quad(DATASET, "void:subset", ox.NamedNode(node))
        yield _quad(node, "rdf:type", _iri("void:Linkset"))
        yield _quad(node, "void:linkPredicate", ox.NamedNode(linkset.predicate))
        yield _quad(node, "void:subjectsTarget", ox.NamedNode(DATASET))
        yield _quad(node, "void:objectsTarget", ox.NamedNode(target))
        yield _quad(node, "void:triples", _count(linkset.links))
        yield _quad(target, "rdf:type", _iri("void:Dataset"))
        yield _quad(target, "void:uriSpace", ox.Literal(linkset.space))


def _prefixes() -> Iterator[ox.Quad]:
    anchor = BASE.rstrip("/") + "/prefixes"
    for prefix, namespace in PREFIXES.items():
        node = f"{anchor}-{prefix}"
        yield _quad(anchor, "sh:declare", ox.NamedNode(node))
        yield _quad(node, "rdf:type", _iri("sh:PrefixDeclaration"))
        yield _quad(node, "sh:prefix", ox.Literal(prefix))
        yield _quad(node, "sh:namespace", ox.Literal(namespace, datatype=_iri("xsd:anyURI")))


def _executable(question: Question) -> Iterator[ox.Quad]:
    node = f"{ID}query-{question.name}"
    yield _quad(node, "rdf:type", _iri("sh:SPARQLExecutable"))
    yield _quad(node, "rdf:type", _iri("sh:SPARQLSelectExecutable"))
    yield _quad(node, "skos:prefLabel", _text(question.title))
    yield _quad(node, "rdfs:comment", _text(question.title))
    yield _quad(node, "dct:description", _text(question.description))
    yield _quad(node, "sh:select", ox.Literal(question.text))
    yield _quad(node, "sh:prefixes", ox.NamedNode(BASE.rstrip("/") + "/prefixes"))
    for tag in question.tags:
        yield _quad(node, "dcat:keyword", _text(tag))
