"""Boosted decision trees, read from a file of plain arrays and run with numpy.

All comparisons of all trees are made at once; each gives a mask of the leaves that it
rules out, and the first leaf left in a tree is its answer. A file (`.npz`, no pickles)
holds, for T trees with S splits in all: `feature` (S), `threshold` (S), `mask` (S,
uint32: bit i is 0 where leaf i falls away when the feature is above the threshold),
`start` (T, first split of each tree, at least one split a tree), `leaf` (T x 32) and
`bias` (1). The answer is the logistic function of the bias and the sum of the leaves.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

MAX_LEAVES = 32
_ROWS = 256  # rows worked on at once: the comparisons of a batch stay in the cache
_NAMES = ("feature", "threshold", "mask", "start", "leaf", "bias")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """A fitted set of trees, laid out so that each has the same number of splits.

    A row of `feature`, `threshold` and `gone` is a tree; spare splits never apply.
    `gone` is the inverse of the file's `mask`: the leaves that a split rules out.
    """

    feature: npt.NDArray[np.int64]
    threshold: Floats
    gone: npt.NDArray[np.unsignedinteger]
    leaf: Floats
    bias: float

    def predict(self, features: Floats) -> Floats:
        """The probability of each row of features (n x d), as n numbers."""
        odds = np.exp(-self.score(features))
        return np.divide(np.float32(1), odds + np.float32(1), dtype=np.float32)

    def score(self, features: Floats) -> Floats:
        """The log odds of each row of features (n x d), as n numbers."""
        columns = np.ascontiguousarray(features.T, dtype=np.float32)
        scores = np.empty(columns.shape[1], np.float32)
        for first in range(0, len(scores), _ROWS):
            batch = slice(first, first + _ROWS)
            scores[batch] = self._score_batch(columns[:, batch])
        return scores

    def _score_batch(self, columns: Floats) -> Floats:
        n_trees = len(self.leaf)
        values = np.take(columns, self.feature.ravel(), axis=0)
        above = values > self.threshold.reshape(-1, 1)
        ruled_out = np.multiply(above, self.gone.reshape(-1, 1), dtype=self.gone.dtype)
        dead = np.bitwise_or.reduce(ruled_out.reshape(n_trees, -1, above.shape[1]), 1)
        lowest = ~dead & (dead + self.gone.dtype.type(1))
        index = np.frexp(lowest.astype(np.float32))[1] - 1
        index += np.arange(n_trees, dtype=index.dtype)[:, None] * MAX_LEAVES
        leaves = np.take(self.leaf.ravel(), index)
        total: Floats = leaves.sum(axis=0, dtype=np.float32) + np.float32(self.bias)
        return total


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
    rows = np.repeat(np.arange(len(start)), sizes)
    places = np.arange(len(rows)) - np.repeat(start, sizes)
    shape = (len(start), int(sizes.max(initial=1)))
    feature = np.zeros(shape, np.int64)
    threshold = np.full(shape, np.inf, np.float32)
    # Trees of at most 16 leaves fit in half the bytes, at half the cost.
    gone = np.zeros(shape, np.uint16 if shape[1] < 16 else np.uint32)
    feature[rows, places] = arrays["feature"].astype(np.int64)
    threshold[rows, places] = arrays["threshold"].astype(np.float32)
    gone[rows, places] = (~arrays["mask"].astype(np.uint32)).astype(gone.dtype)
    return Trees(
        feature=feature,
        threshold=threshold,
        gone=gone,
        leaf=arrays["leaf"].astype(np.float32),
        bias=float(arrays["bias"].astype(np.float64)[0]),
    )
