"""Nearest names by the cosine of weighted character 3-grams, in bulk and without training."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

_BUCKETS = 1 << 19
_BATCH = 20_000
_MIX = np.uint64(0x9E3779B97F4A7C15)


def _grams(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct (row, bucket) pairs of all 3-grams, each text padded by a space on both sides."""
    joined = "".join(f" {text} " for text in texts)
    letters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    lengths = np.fromiter((len(text) + 2 for text in texts), dtype=np.int64, count=len(texts))
    if len(letters) < 3:  # noqa: PLR2004 - a 3-gram needs three letters
        return np.empty(0, np.int64), np.empty(0, np.int64)
    row = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    code = (letters[:-2] << np.uint64(42)) ^ (letters[1:-1] << np.uint64(21)) ^ letters[2:]
    bucket = ((code * _MIX) >> np.uint64(45)).astype(np.int64)
    inside = row[:-2] == row[2:]
    pairs = row[:-2][inside] * _BUCKETS + bucket[inside]
    pairs.sort()
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    return pairs // _BUCKETS, pairs % _BUCKETS


@dataclass(frozen=True, slots=True)
class GramIndex:
    """An index of names; build with `GramIndex.of`."""

    matrix: csr_matrix
    weight: NDArray[np.float32]
    size: int

    @classmethod
    def of(cls, names: Sequence[str]) -> "GramIndex":
        """Return the index of the names (already folded); memory is about 200 bytes a name."""
        row, bucket = _grams(names)
        count = np.bincount(bucket, minlength=_BUCKETS).astype(np.float32)
        weight = (np.log((len(names) + 1) / (count + 1)) + 0.5).astype(np.float32)
        weight[count == 0] = np.float32(np.log(len(names) + 1) + 0.5)
        matrix = _rows(row, bucket, weight, len(names))
        return cls(matrix.T.tocsr(), weight, len(names))

    def nearest(self, texts: Sequence[str], top: int = 10, floor: float = 0.4) -> Iterator[list[tuple[int, float]]]:
        """Yield for each text its `top` nearest names as (position, cosine), best first, none below `floor`."""
        from sparse_dot_topn import sp_matmul_topn

        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            row, bucket = _grams(batch)
            found = sp_matmul_topn(
                _rows(row, bucket, self.weight, len(batch)), self.matrix, top_n=top, threshold=floor, sort=True
            )
            for number in range(len(batch)):
                low, high = found.indptr[number], found.indptr[number + 1]
                yield list(zip(found.indices[low:high].tolist(), found.data[low:high].tolist(), strict=True))


def _rows(row: NDArray[np.int64], bucket: NDArray[np.int64], weight: NDArray[np.float32], height: int) -> csr_matrix:
    value = weight[bucket]
    norm = np.sqrt(np.bincount(row, weights=value * value, minlength=height)).astype(np.float32)
    norm[norm == 0] = 1
    start = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=height))))
    return csr_matrix((value / norm[row], bucket.astype(np.int32), start.astype(np.int32)), shape=(height, _BUCKETS))
