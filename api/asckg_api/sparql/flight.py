"""A query that runs, for all who ask the same meanwhile."""

import asyncio
from types import TracebackType
from typing import Self

from asckg_api.sparql.cache import Answer
from asckg_api.sparql.message import RefusalError


class Flight:
    """One run of a query: whoever asks the same before it lands shares its answer or its refusal.

    `etag` names the answer, and is empty where it is of no use to others. As a context: it lands at the end.
    """

    def __init__(self, flights: "dict[bytes, Flight]", etag: bytes, version: str) -> None:
        self.etag = etag
        self.version = version  # of the data, when it began
        self.answer: Answer | None = None  # None at the end: it came to nothing, or was too large to be kept
        self._flights = flights
        self._key = etag
        self._landed: asyncio.Future[Answer | None] | None = None
        if etag:
            flights[etag] = self

    async def share(self) -> Answer | None:
        """Return the answer once there is one, None where this came to nothing; raise the refusal that it met."""
        if self._landed is None:
            self._landed = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._landed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._flights.get(self._key) is self:
            del self._flights[self._key]
        if self._landed is None:
            return
        if isinstance(error, RefusalError):
            self._landed.set_exception(error)
            self._landed.exception()  # there may be nobody left to take it
        else:
            self._landed.set_result(self.answer)
