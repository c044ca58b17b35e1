"""Addresses: the one place where an IRI of the graph becomes a path of this server."""

from __future__ import annotations

from urllib.parse import quote

from asckg.namespace import DEF, ID, VOC

SCHEMES = ("http://", "https://", "mailto:")


class Links:
    """Paths below the root path that the server was started with."""

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")

    def path(self, path: str) -> str:
        """Return the path of a page of ours, as the browser must ask for it."""
        return self.root + path

    def page(self, iri: str) -> str:
        """Where a thing is shown: our own page for our own things, the address itself for others."""
        local = local_path(iri)
        return self.path(local) if local else iri if iri.startswith(SCHEMES) else ""

    def is_ours(self, iri: str) -> bool:
        """Whether the thing has a page here."""
        return bool(local_path(iri))


def local_path(iri: str) -> str:
    """Return the path of a thing's page below the root, empty for an IRI that is not ours."""
    for base, path in ((ID, "/page/"), (VOC, "/page/voc/"), (DEF, "/page/def/")):
        if iri.startswith(base) and len(iri) > len(base):
            return path + quote(iri[len(base) :], safe="-._~()'!*:@,;")
    return ""


def short(iri: str) -> str:
    """Return the name by which a thing goes in the addresses of maps: `org-nihr`, `voc/care-home`, `def/Claim`.

    >>> short("https://w3id.org/asckg/voc/care-home")
    'voc/care-home'
    """
    return local_path(iri).removeprefix("/page/") or iri


def full(name: str) -> str:
    """Return the IRI behind such a name; an IRI and a prefixed name are taken as they are.

    >>> full("voc/care-home")
    'https://w3id.org/asckg/voc/care-home'
    """
    if "://" in name:
        return name
    for prefix, base in (("voc/", VOC), ("v:", VOC), ("def/", DEF), ("asc:", DEF), ("r:", ID)):
        if name.startswith(prefix):
            return base + name[len(prefix) :]
    return ID + name
