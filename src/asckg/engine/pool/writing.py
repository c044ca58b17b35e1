"""Write to the user's graphs in a forked copy of the data, which takes the original's place when all went well."""

from pathlib import Path

from pyoxigraph import Store

from asckg.engine.pool.limit import Limits
from asckg.engine.pool.worker import Streams


def write_once(streams: Streams, store: Store, limits: Limits, spool: Path) -> bool:
    """Whether the write that came by `streams` was done and made durable."""
    raise NotImplementedError
