"""Invented data for the service's measurements: people, groups and notes, any number of them."""

from collections.abc import Iterator

import pyoxigraph as ox

EX = "http://example.org/"
A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PERSON, NAME, MEMBER, KNOWS, GROUP = (
    ox.NamedNode(EX + one) for one in ("Person", "name", "memberOf", "knows", "Group")
)


def quads(triples: int) -> Iterator[ox.Quad]:
    """Yield about `triples` quads of the default graph: five for each person, two for each group of 50."""
    people = triples // 5
    for number in range(people):
        person = ox.NamedNode(f"{EX}person/{number}")
        group = ox.NamedNode(f"{EX}group/{number // 50}")
        yield ox.Quad(person, A, PERSON)
        yield ox.Quad(person, NAME, ox.Literal(f"Person {number} of group {number // 50}"))
        yield ox.Quad(person, MEMBER, group)
        yield ox.Quad(person, KNOWS, ox.NamedNode(f"{EX}person/{(number * 7 + 1) % people}"))
        yield ox.Quad(person, KNOWS, ox.NamedNode(f"{EX}person/{(number * 13 + 5) % people}"))
        if number % 50 == 0:
            yield ox.Quad(group, A, GROUP)
            yield ox.Quad(group, NAME, ox.Literal(f"Group {number // 50}"))


def lines(triples: int) -> Iterator[str]:
    """Yield the same as lines of N-Triples, without an object for each."""
    people, kind = triples // 5, A.value
    for number in range(people):
        person, group = f"<{EX}person/{number}>", f"<{EX}group/{number // 50}>"
        yield f"{person} <{kind}> <{EX}Person> .\n"
        yield f'{person} <{EX}name> "Person {number} of group {number // 50}" .\n'
        yield f"{person} <{EX}memberOf> {group} .\n"
        yield f"{person} <{EX}knows> <{EX}person/{(number * 7 + 1) % people}> .\n"
        yield f"{person} <{EX}knows> <{EX}person/{(number * 13 + 5) % people}> .\n"
        if number % 50 == 0:
            yield f"{group} <{kind}> <{EX}Group> .\n"
            yield f'{group} <{EX}name> "Group {number // 50}" .\n'


def lookups(count: int, start: int = 0) -> list[str]:
    """Return `count` queries that are all different: look-ups and small joins."""
    kinds = (
        "SELECT ?p ?o {{ <{e}person/{n}> ?p ?o }}",
        "SELECT ?name {{ <{e}person/{n}> <{e}knows> ?k . ?k <{e}name> ?name }}",
        "SELECT ?m ?name {{ <{e}person/{n}> <{e}memberOf> ?g . ?m <{e}memberOf> ?g ; <{e}name> ?name }} LIMIT 10",
        "ASK {{ <{e}person/{n}> <{e}knows>/<{e}knows> ?k }}",
    )
    return [kinds[n % 4].format(e=EX, n=n) for n in range(start, start + count)]


ROWS = f"SELECT ?s ?name ?g {{ ?s <{EX}name> ?name ; <{EX}memberOf> ?g }} LIMIT 20000"
