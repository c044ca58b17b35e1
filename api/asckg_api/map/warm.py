"""The shipped maps, laid out before somebody asks: in a thread, one after the other, when a server starts."""

from __future__ import annotations

import logging
import threading

from fastapi import FastAPI

from asckg.error import AsckgError
from asckg_api.map.page import listed, read
from asckg_api.view.book import Book

LOG = logging.getLogger(__name__)


def warm(app: FastAPI) -> threading.Thread:
    """Start to lay out every map that is not kept beside the build yet, and return the thread that does it."""
    thread = threading.Thread(target=_lay_out, args=(app.state.book,), name="maps", daemon=True)
    thread.start()
    return thread


def _lay_out(book: Book) -> None:
    for question in listed(book):
        try:
            read(book, question.name)
        except (AsckgError, OSError) as error:  # a map that cannot be made is told to whom asks for it
            LOG.warning("the map %s was not laid out: %s", question.name, error)
