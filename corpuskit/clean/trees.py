"""Boosted decision trees, read from a file of plain arrays and run with numpy.

All comparisons of all trees are made at once; each gives a mask of the leaves that it
rules out, and the first leaf left in a tree is its answer. A file (`.npz`, no pickles)
holds, for T trees with S splits in all: `feature` (S), `threshold` (S), `mask` (S,
uint32: bit i is 0 where leaf i falls away when the feature is above the threshold),
`start` (T, first split of each tree, at least one split a tree), `leaf` (T x 32) and
`bias` (1). The answer is the logistic function of the bias and the sum of the leaves.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

MAX_LEAVES = 32
_ROWS = 128  # rows worked on at once: the comparisons of a batch stay in the cache
_EXPONENT_BITS, _EXPONENT_OF_1 = 23, 127
_NAMES = ("feature", "threshold", "mask", "start", "leaf", "bias")

Floats = npt.NDArray[np.float32]


class _Scratch(threading.local):
    """Room for the comparisons of a batch, kept: large arrays are slow to get."""

    def __init__(self) -> None:
        self.values = np.empty(0, np.float32)
        self.above = np.empty(0, np.bool_)
        self.gone = np.empty(0, np.uint8)

    def arrays(
        self, shape: tuple[int, int], dtype: npt.DTypeLike
    ) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.unsignedinteger]]:
        """Three arrays of this shape: values, comparisons, leaves (of this type)."""
        size, dtype = shape[0] * shape[1], np.dtype(dtype)
        if len(self.values) < size:
            self.values = np.empty(size, np.float32)
            self.above = np.empty(size, np.bool_)
            self.gone = np.empty(4 * size, np.uint8)
        gone = self.gone[: size * dtype.itemsize].view(dtype)
        return (
            self.values[:size].reshape(shape),
            self.above[:size].reshape(shape),
            gone.reshape(shape),
        )


_SCRATCH = _Scratch()


@dataclass(frozen=True, slots=True)
class Trees:
    """A fitted set of trees, laid out so that each has the same number of splits.

    `feature` (S * T values) holds the first split of every tree, then the second of
    every tree, and so on; `threshold` and `gone` (S * T x 1) are in the same order.
    Spare splits never apply. `gone` is the inverse of the file's `mask`: the leaves
    that a split rules out. `leaf` holds the T x 32 leaves one after the other.
    """

    feature: npt.NDArray[np.int64]
    threshold: Floats
    gone: npt.NDArray[np.unsignedinteger]
    leaf: Floats
    bias: float

    def predict(self, features: Floats) -> Floats:
        """The probability of each row of features (n x d), as n numbers."""
        return probability(self.score(features))

    def score(self, features: Floats) -> Floats:
        """The log odds of each row of features (n x d), as n numbers."""
        columns = np.ascontiguousarray(features.T, dtype=np.float32)
        n_rows = columns.shape[1]
        if n_rows <= _ROWS:
            return self._score_batch(columns)
        scores = np.empty(n_rows, np.float32)
        for first in range(0, n_rows, _ROWS):
            batch = slice(first, first + _ROWS)
            scores[batch] = self._score_batch(columns[:, batch])
        return scores

    def _score_batch(self, columns: Floats) -> Floats:
        if columns.shape[1] == 1:
            # A single column would be summed in another order than one of several.
            return self._score_batch(np.repeat(columns, 2, axis=1))[:1]
        n_rows, n_trees = columns.shape[1], len(self.leaf) // MAX_LEAVES
        shape = (len(self.feature), n_rows)
        values, above, ruled_out = _SCRATCH.arrays(shape, self.gone.dtype)
        # With "raise" for a mode the values would be copied once more.
        np.take(columns, self.feature, axis=0, out=values, mode="clip")
        np.greater(values, self.threshold, out=above)
        np.multiply(above, self.gone, out=ruled_out)
        by_place = ruled_out.reshape(-1 if n_rows else 0, n_trees * n_rows)
        dead = np.bitwise_or.reduce(by_place, axis=0)
        lowest = ~dead & (dead + self.gone.dtype.type(1))
        # The exponent of a power of two, as it stands in a float, is its logarithm.
        index = lowest.astype(np.float32).view(np.int32) >> _EXPONENT_BITS
        index = index.reshape(n_trees, n_rows)
        first_leaf = np.arange(n_trees, dtype=np.int32) * MAX_LEAVES - _EXPONENT_OF_1
        index += first_leaf[:, None]
        total: Floats = np.take(self.leaf, index).sum(axis=0, dtype=np.float32)
        total += np.float32(self.bias)
        return total


def probability(scores: Floats) -> Floats:
    """The probabilities of log odds."""
    odds = np.exp(-scores)
    return np.divide(np.float32(1), odds + np.float32(1), dtype=np.float32)


def load(path: Path) -> Trees:
    """The trees of a file of arrays.

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds something else.
    """
    with np.load(path, allow_pickle=False) as arrays:
        return from_arrays({name: arrays[name] for name in arrays.files})


def from_arrays(arrays: dict[str, npt.NDArray[np.generic]]) -> Trees:
    """The trees of named arrays as a file holds them."""
    missing = set(_NAMES) - set(arrays)
    if missing:
        raise ValueError(f"no trees: {', '.join(sorted(missing))} missing")
    start = arrays["start"].astype(np.int64)
    sizes = np.diff(np.append(start, len(arrays["feature"])))
    trees = np.repeat(np.arange(len(start)), sizes)
    places = np.arange(len(trees)) - np.repeat(start, sizes)
    shape = (int(sizes.max(initial=1)), len(start))
    feature = np.zeros(shape, np.int64)
    threshold = np.full(shape, np.inf, np.float32)
    # Trees of at most 16 leaves fit in half the bytes, at half the cost.
    gone = np.zeros(shape, np.uint16 if shape[0] < 16 else np.uint32)
    feature[places, trees] = arrays["feature"].astype(np.int64)
    threshold[places, trees] = arrays["threshold"].astype(np.float32)
    gone[places, trees] = (~arrays["mask"].astype(np.uint32)).astype(gone.dtype)
    return Trees(
        feature=feature.ravel(),
        threshold=threshold.reshape(-1, 1),
        gone=gone.reshape(-1, 1),
        leaf=arrays["leaf"].astype(np.float32).ravel(),
        bias=float(arrays["bias"].astype(np.float64)[0]),
    )
