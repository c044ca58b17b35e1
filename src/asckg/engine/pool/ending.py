"""In words, why a query was stopped, by the limit that it met or the way in which its worker ended."""

import signal

from asckg.engine.pool.job import Job, Reason, StoppedError
from asckg.engine.pool.limit import MIB, Limits


def out_of_time(timeout: float) -> StoppedError:
    """Return the error for a query that met its deadline, in seconds."""
    return StoppedError(
        Reason.TIME,
        f"the query was stopped after {timeout:g} s, its time limit; narrow it or add a LIMIT, or have the server "
        "started with a longer --timeout",
    )


def out_of_room() -> StoppedError:
    """Return the error for a long query that others need the place of."""
    return StoppedError(
        Reason.BUSY,
        "every place for long queries is taken; try again soon or make the query smaller (setting ASCKG_HEAVY)",
        5,
    )


def explain(status: int | None, job: Job, limits: Limits) -> StoppedError:
    """Return why a worker ended that nobody killed, by its exit status."""
    if status == -getattr(signal, "SIGALRM", 14):
        return out_of_time(job.timeout)
    if status == -signal.SIGABRT:
        return StoppedError(
            Reason.MEMORY,
            f"the query was stopped at {limits.memory // MIB} MiB, its memory limit; narrow it, drop ORDER BY or "
            "DISTINCT, or have the server started with more --memory",
        )
    if status == -signal.SIGSEGV:
        return StoppedError(Reason.DEPTH, "the query is nested too deeply to be read; flatten it")
    return StoppedError(Reason.LOST, "the worker that ran the query ended; try again", 1)
