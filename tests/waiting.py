"""Wait for what must come, however long a busy machine takes to bring it."""

import time
from collections.abc import Callable

PATIENCE = 60.0  # seconds; what is waited for is there long before, on a machine that has time


def until(holds: Callable[[], object], what: str = "what was waited for") -> None:
    """Wait until `holds()` is true; fail when it is not after a minute."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"{what} never came"
        time.sleep(0.02)
