"""Overlap removal: boxes moved as little as may be until none covers another."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu
from scipy.spatial import Delaunay, KDTree

ROUNDS = 60
STEP = 1.5  # no pair is pushed apart by more than this in one round
FEW = 4  # fewer points than this have no triangles
TOUCH = 1.0005
Matrix = NDArray[np.float64]
Pairs = NDArray[np.int64]


def parted(at: Matrix, size: Matrix) -> Matrix:
    """Return the centres (n by 2) moved so that boxes of these sizes (n by 2, in the same unit) do not overlap.

    The proximity stress model of Gansner and Hu (2010): neighbours in a triangulation keep their distances, but those
    whose boxes overlap want more. When no neighbours overlap, all overlapping pairs join in. The same input gives the
    same output.
    """
    at = _unlike(at)
    if len(at) < 2:  # noqa: PLR2004  # one box covers nothing
        return at
    everyone = False
    for _ in range(ROUNDS):
        pairs = _neighbours(at)
        if everyone:
            pairs = _once(np.vstack([pairs, _overlapping(at, size)]), len(at))
        wanted = _factor(at, size, pairs)
        if wanted.max(initial=1.0) > TOUCH:
            at = _stressed(at, pairs, np.minimum(wanted, STEP))
        elif everyone:
            break
        else:
            everyone = True
    return _pushed(at, size)


def _unlike(at: Matrix) -> Matrix:
    turn = np.arange(len(at)) * 2.399963  # no two on one spot
    return at + 0.01 * np.column_stack([np.cos(turn), np.sin(turn)])


def _neighbours(at: Matrix) -> Pairs:
    if len(at) < FEW:
        return np.array(list(combinations(range(len(at)), 2)), dtype=np.int64)
    found = Delaunay(at, qhull_options="QJ Pp").simplices
    sides = np.vstack([found[:, [0, 1]], found[:, [1, 2]], found[:, [0, 2]]])
    return _once(np.sort(sides, axis=1).astype(np.int64), len(at))


def _once(pairs: Pairs, count: int) -> Pairs:
    """Return each pair once, in order; as single numbers they are sorted sooner than as rows."""
    found = np.unique(pairs[:, 0] * count + pairs[:, 1])
    return np.column_stack([found // count, found % count])


def _overlapping(at: Matrix, size: Matrix) -> Pairs:
    reach = size.max(axis=0)
    pairs = KDTree(at / reach).query_pairs(1.0, p=np.inf, output_type="ndarray").astype(np.int64)
    found: Pairs = pairs[_factor(at, size, pairs) > TOUCH]
    return found


def _factor(at: Matrix, size: Matrix, pairs: Pairs) -> Matrix:
    """Return by how much each pair must be drawn out to touch no more; 1 for a pair that does not overlap."""
    gap = np.maximum(np.abs(at[pairs[:, 0]] - at[pairs[:, 1]]), 1e-6)
    least = (size[pairs[:, 0]] + size[pairs[:, 1]]) / 2
    found: Matrix = np.maximum(1.0, (least / gap).min(axis=1))
    return found


def _stressed(at: Matrix, pairs: Pairs, factor: Matrix) -> Matrix:
    a, b = pairs[:, 0], pairs[:, 1]
    wanted = np.maximum(np.linalg.norm(at[a] - at[b], axis=1), 1e-6) * factor
    weight = 1.0 / wanted**2
    count = len(at)
    solve = splu(_laplacian(a, b, weight, count, 1e-9 + 1e-4 * weight.min())).solve
    anchor = 1e-9 + 1e-4 * weight.min()
    for _ in range(3):
        gap = at[a] - at[b]
        far = np.maximum(np.linalg.norm(gap, axis=1), 1e-9)
        pull = (weight * wanted / far)[:, None] * gap
        right = anchor * at
        np.add.at(right, a, pull)
        np.add.at(right, b, -pull)
        at = solve(right)
    return at


def _laplacian(a: NDArray[np.int64], b: NDArray[np.int64], weight: Matrix, count: int, anchor: float) -> csc_array:
    own = np.bincount(a, weight, count) + np.bincount(b, weight, count) + anchor
    every = np.arange(count)
    values = np.concatenate([-weight, -weight, own])
    return csc_array((values, (np.concatenate([a, b, every]), np.concatenate([b, a, every]))), shape=(count, count))


def _pushed(at: Matrix, size: Matrix) -> Matrix:
    """Return the centres with the last overlaps pushed apart, each along its shorter way."""
    for _ in range(ROUNDS):
        pairs = _overlapping(at, size)
        if not len(pairs):
            break
        a, b = pairs[:, 0], pairs[:, 1]
        gap = at[a] - at[b]
        over = (size[a] + size[b]) / 2 - np.abs(gap) + 0.5
        across = over[:, 0] <= over[:, 1]
        push = np.where(np.column_stack([across, ~across]), over, 0.0) / 2 * np.where(gap < 0, -1.0, 1.0)
        moved = np.zeros_like(at)
        np.add.at(moved, a, push)
        np.add.at(moved, b, -push)
        at = at + moved
    return at
