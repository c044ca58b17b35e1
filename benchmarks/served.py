"""What a server and its native peer took, with data of one size, for their start and for the same look-ups."""

import statistics
from dataclasses import dataclass, field

from benchmarks.process import Cost


@dataclass
class Served:
    """The start of our server (seconds), its memory (MiB), and the look-ups of both servers (seconds each)."""

    start: Cost = field(default_factory=lambda: Cost(0, 0))
    resident: float = 0.0
    lookups: list[float] = field(default_factory=list)
    peer_lookups: list[float] = field(default_factory=list)
    effort: float = 0.0  # of the processor
    peer_effort: float = 0.0

    def cells(self, least: "Served") -> list[str]:
        """Return the cells of a table for the look-ups; `least` is the smallest size, to which they are compared."""
        own, other = statistics.median(self.lookups), statistics.median(self.peer_lookups)
        return [
            f"{own * 1000:.2f} ({own / statistics.median(least.lookups):.1f})",
            f"{self.effort * 1e6:.0f} ({self.effort / least.effort:.1f})",
            f"{other * 1000:.2f} ({other / statistics.median(least.peer_lookups):.1f})",
            f"{self.peer_effort * 1e6:.0f} ({self.peer_effort / least.peer_effort:.1f})",
        ]
