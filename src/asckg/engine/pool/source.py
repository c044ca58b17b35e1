"""The data that workers answer from, and the version by which answers are known."""

import contextlib
import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """The data that workers answer from: a store's folder, a user's file of quads, and their version."""

    path: Path
    version: str
    quads: int = 0
    user: Path | None = None

    def with_own(self, version: str) -> "Source":
        """Return the same data with the user's file at `version`."""
        return replace(self, version=f"{self.version.split('-', 1)[0]}-{version}")

    def as_it_is(self) -> "Source":
        """Return the same data with the version that the user's file has now."""
        if self.user is None:
            return self
        return self.with_own(version_of(self.user.read_bytes() if self.user.exists() else b""))


def version_of(data: bytes) -> str:
    """Return the version of a user's file of quads by its bytes, 12 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()[:12]


def sync_folder(folder: Path) -> None:
    """Make durable which files `folder` has; on systems that cannot, nothing happens."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
