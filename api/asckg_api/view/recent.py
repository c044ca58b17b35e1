"""What was made last, up to a number: the oldest gives way."""

from threading import Lock
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(dict[K, V]):
    """A dictionary of at most `most` values, filled by `keep` from any thread.

    >>> recent = Recent(1)
    >>> recent.keep("a", 1), recent.keep("b", 2), dict(recent)
    (1, 2, {'b': 2})
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self._lock = Lock()

    def keep(self, key: K, value: V) -> V:
        """Return `value`, which is kept under `key` from now on."""
        with self._lock:
            if key not in self and len(self) >= self.most:
                del self[next(iter(self))]
            self[key] = value
        return value
