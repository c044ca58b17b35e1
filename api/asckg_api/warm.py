"""What a server does once it is ready, so that no reader waits for it: slow imports, and the layouts of maps."""

from __future__ import annotations

import contextlib
import importlib
import logging
import sys
import threading
from collections.abc import Iterator

from fastapi import FastAPI

from asckg.error import AsckgError
from asckg.question import Question
from asckg_api.map.page import listed, read
from asckg_api.view.book import Book

LOG = logging.getLogger(__name__)
DEFERRED = ("asckg.link.reconcile", "bibtexparser.bwriter")
"""Modules that some first request needs and that take long to import; nothing imports them before a server is ready."""
TURN = 0.0005  # seconds after which this work lets the server go on, a tenth of what Python allows a thread


def warm(app: FastAPI) -> threading.Thread:
    """Start to import what was deferred and then to lay out maps, and return the thread of the imports.

    A server that ends meanwhile waits for the imports, which cannot be given up half way, and not for the maps.
    """
    thread = threading.Thread(target=_warm, args=(app.state.book,), name="imports")
    thread.start()
    return thread


def _warm(book: Book) -> None:
    with _giving_way():
        _listed(book)  # most pages need the questions, and reading their headers takes longer than an import
        for module in DEFERRED:
            importlib.import_module(module)
    lay_out(book)


def lay_out(book: Book) -> threading.Thread:
    """Start to lay out every map that is not kept beside the build yet, and return the thread that does it."""
    thread = threading.Thread(target=_lay_out, args=(book,), name="maps", daemon=True)
    thread.start()
    return thread


def _lay_out(book: Book) -> None:
    with _giving_way():
        for question in _listed(book):
            try:
                read(book, question.name)
            except (AsckgError, OSError) as error:  # a map that cannot be made is told to whom asks for it
                LOG.warning("the map %s was not laid out: %s", question.name, error)


def _listed(book: Book) -> list[Question]:
    try:
        return listed(book)
    except (AsckgError, OSError) as error:
        LOG.warning("the questions cannot be read: %s", error)
        return []


@contextlib.contextmanager
def _giving_way() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
