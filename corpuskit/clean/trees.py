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
_ALL = np.uint32(0xFFFFFFFF)

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """A fitted set of trees; the module's docstring tells what the arrays hold."""

    feature: npt.NDArray[np.int32]
    threshold: Floats
    mask: npt.NDArray[np.uint32]
    start: npt.NDArray[np.int64]
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
        above = columns[self.feature] > self.threshold[:, None]
        left = np.where(above, self.mask[:, None], _ALL)
        open_leaves = np.bitwise_and.reduceat(left, self.start, axis=0)
        lowest = open_leaves & (~open_leaves + np.uint32(1))
        index = np.frexp(lowest.astype(np.float64))[1] - 1
        values = np.take_along_axis(self.leaf, index, axis=1)
        total: Floats = values.sum(axis=0, dtype=np.float32) + np.float32(self.bias)
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
    missing = set(Trees.__slots__) - set(arrays)
    if missing:
        raise ValueError(f"no trees: {', '.join(sorted(missing))} missing")
    return Trees(
        feature=arrays["feature"].astype(np.int32),
        threshold=arrays["threshold"].astype(np.float32),
        mask=arrays["mask"].astype(np.uint32),
        start=arrays["start"].astype(np.int64),
        leaf=arrays["leaf"].astype(np.float32),
        bias=float(arrays["bias"].astype(np.float64)[0]),
    )
