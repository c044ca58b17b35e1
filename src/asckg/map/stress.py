"""Positions of one connected part by stress majorisation: far apart in links is far apart on paper."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path
from scipy.sparse.linalg import eigsh

ROUNDS = 120
LARGE = 600  # beyond this many nodes fewer rounds must do: the work is quadratic
Matrix = NDArray[np.float64]


def placed(graph: Any, space: float) -> dict[str, tuple[float, float]]:
    """Return a place for each node of a connected networkx graph, `space` pixels for one link, the longer way flat.

    Stress majorisation after Gansner, Koren and North (2004), each node moved at once, begun from classical
    scaling of the distances; the same graph gives the same places.
    """
    names = sorted(graph)
    if len(names) == 1:
        return {names[0]: (0.0, 0.0)}
    far = shortest_path(_joined(graph, names), directed=False, unweighted=True)
    at = _turned(_majorised(_scaled(far), far)) * space * 1.25
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}


def _joined(graph: Any, names: list[str]) -> Any:
    at = {name: i for i, name in enumerate(names)}
    ends = [(at[a], at[b]) for a, b in graph.edges if a != b]
    rows, columns = zip(*ends, strict=True)
    return csr_array((np.ones(len(ends)), (rows, columns)), shape=(len(names), len(names)))


def _scaled(far: Matrix) -> Matrix:
    """Return classical scaling of the distances, moved a little so that no two nodes stand on one spot."""
    size = len(far)
    square = far**2
    centred = -0.5 * (square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean())
    if size > LARGE:
        values, vectors = eigsh(centred, k=2, v0=np.ones(size))
    else:
        values, vectors = np.linalg.eigh(centred)
    at: Matrix = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 1e-9))
    turn = np.arange(size) * 2.399963
    return at + 0.15 * np.column_stack([np.cos(turn), np.sin(turn)])


def _majorised(at: Matrix, far: Matrix) -> Matrix:
    nearness = np.divide(1.0, far, out=np.zeros_like(far), where=far > 0)
    weight = nearness**2
    total = weight.sum(axis=1)[:, None]
    for _ in range(ROUNDS if len(at) <= LARGE else ROUNDS // 12):
        own = (at**2).sum(axis=1)
        length = own[:, None] + own - 2 * (at @ at.T)  # squared; one product of matrices instead of each pair's gap
        np.maximum(length, 1e-9, out=length)
        np.sqrt(length, out=length)
        pull = np.divide(nearness, length, out=length)
        at = (weight @ at + pull.sum(axis=1)[:, None] * at - pull @ at) / total
    return at


def _turned(at: Matrix) -> Matrix:
    """Return the places turned so that the longer way lies flat; the sign is fixed by the first node."""
    at = at - at.mean(axis=0)
    _, vectors = np.linalg.eigh(at.T @ at)
    turned: Matrix = at @ vectors[:, ::-1]
    return turned * np.where(turned[0] < 0, -1.0, 1.0)
