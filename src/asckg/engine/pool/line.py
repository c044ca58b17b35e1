"""The worker's end of its line to the server: requests as they come, replies as they are ready."""

import os

from asckg.engine.pool.wire import Request, decode_request, whole_request

_PIECE = 64 * 1024


class Line:
    """Both directions of a worker's descriptors; blocking."""

    def __init__(self, requests: int, replies: int) -> None:
        self._requests = requests
        self._replies = replies
        self._buffer = bytearray()
        self._start = 0  # of what was not taken yet

    def pending(self) -> bool:
        """Return whether `take` need not wait."""
        return whole_request(self._buffer, self._start)

    def take(self) -> tuple[Request, float] | None:
        """Return the next request and the seconds that it may take, None when the server hung up."""
        while (task := decode_request(self._buffer, self._start)) is None:
            if self._start:
                del self._buffer[: self._start]
                self._start = 0
            piece = os.read(self._requests, _PIECE)
            if not piece:
                return None
            self._buffer += piece
        self._start = task.end
        return task.request, task.timeout

    def put(self, frame: bytes) -> None:
        """Send the frame of a reply."""
        done = os.write(self._replies, frame)
        while done < len(frame):
            done += os.write(self._replies, memoryview(frame)[done:])

    def close(self) -> None:
        """Hang up."""
        for descriptor in {self._requests, self._replies}:
            os.close(descriptor)
