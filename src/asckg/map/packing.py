"""Packing: rectangles beside each other in a space of a wanted shape, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

ASPECT = 1.62  # of the space a map is shown in beside its panel
Corner = tuple[float, float]


def packed(sizes: Sequence[tuple[float, float]], aspect: float = ASPECT) -> list[Corner]:
    """Return the left upper corner of each rectangle, given as width and height, so that none covers another.

    Each goes where the whole grows least beyond the wanted shape; the same input gives the same output.
    """
    import numpy as np  # noqa: PLC0415  # heavy; only a layout needs it

    order = sorted(range(len(sizes)), key=lambda i: (-max(sizes[i][0] / aspect, sizes[i][1]), -sizes[i][0], i))
    corners: list[Corner] = [(0.0, 0.0)] * len(sizes)
    taken = np.empty((0, 4))
    spots = [(0.0, 0.0)]
    for i in order:
        wide, high = sizes[i]
        x, y = _best(np.array(spots), taken, wide, high, aspect)
        corners[i] = (x, y)
        taken = np.vstack([taken, [x, y, x + wide, y + high]])
        spots += [(x + wide, y), (x, y + high), (x + wide, 0.0), (0.0, y + high)]
    return corners


def _best(spots: np.ndarray, taken: np.ndarray, wide: float, high: float, aspect: float) -> Corner:
    import numpy as np  # noqa: PLC0415

    x, y = spots[:, :1], spots[:, 1:]
    meets = (x + wide > taken[:, 0] + 1e-6) & (x < taken[:, 2] - 1e-6)
    meets &= (y + high > taken[:, 1] + 1e-6) & (y < taken[:, 3] - 1e-6)
    free = spots[~meets.any(axis=1)]
    right = np.maximum(free[:, 0] + wide, taken[:, 2].max(initial=0.0))
    low = np.maximum(free[:, 1] + high, taken[:, 3].max(initial=0.0))
    grown = np.maximum(right / aspect, low)
    best = free[np.lexsort((free[:, 0] + free[:, 1] * aspect, grown.round(1)))[0]]
    return float(best[0]), float(best[1])
