"""The limits under which users' queries run."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a query, a client and the whole pool may use; times in seconds, sizes in bytes.

    >>> Limits().timeout
    10.0
    """

    timeout: float = 10.0  # deadline of one query
    memory: int = 1024 * MIB  # address space of one query above what its worker started with
    result: int = 256 * MIB  # size of one answer before compression
    inline: int = MIB  # answers above this go through a spool file
    workers: int = 2  # users' queries that run at once, those that overstay not counted
    reserved: int = 1  # workers that only the server's own queries may take
    heavy: int = 4  # queries that may run longer than `quick` beside the workers
    quick: float = 0.05  # a query that runs longer leaves its place to one that waits
    patience: float = 1.0  # one that runs longer is stopped when others wait and `heavy` is full
    ahead: int = 6  # queries sent to a worker beyond the one that it runs, while answers take little
    spare: int = 1  # idle workers kept ready beyond those in use
    queue: int = 256  # queries that may wait
    queue_time: float = 10.0  # how long one may wait
    per_client: int = 32  # queries of one client, running and waiting
    stored_in_memory: int = 300_000  # quads up to which a small process holds the store in memory
    recycle: int = 64 * MIB  # a worker whose memory grew by more is replaced after its answer
