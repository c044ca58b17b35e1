"""Every setting of the server: a flag of `asckg serve` or an `ASCKG_*` variable."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What the server was started with.

    `sources` maps a document's name to a copy of it; `home` and `corpus` are those of the build;
    `timeout` is in seconds, `memory` in bytes above what a worker starts with, `result` and `cache` in bytes;
    `contact` is an address of e-mail to which errors are reported;
    `heavy`, `queue` and `per_client` count queries, `stored_in_memory` counts quads; `connections` are those of one
    client, `least_rate` is in bytes a second.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    root_path: str = ""
    corpus: Path | None = None
    home: Path | None = None
    sources: dict[str, Path] = field(default_factory=dict)
    endpoint: str | None = None
    timeout: float = 10.0
    memory: int = 1 << 30
    workers: int = 2
    cors_origins: tuple[str, ...] = ("*",)
    writable: bool = False
    token: str | None = None
    review: bool = False
    service_allow: tuple[str, ...] = ()
    result: int = 256 << 20
    cache: int = 64 << 20
    heavy: int = 4
    queue: int = 256
    per_client: int = 32
    connections: int = 1024
    least_rate: int = 16 << 10
    stored_in_memory: int = 300_000
    log: bool = False
    contact: str = ""
