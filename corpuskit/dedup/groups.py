"""Groups of what is linked in pairs."""

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import Pairs

Labels = npt.NDArray[np.int64]


def connect(labels: Labels, pairs: Pairs) -> Labels:
    """Labels after these pairs are joined: the least member of each group.

    Args:
        labels: the groups so far; at first each its own (`arange`).
        pairs: members to be in one group.
    """
    labels = labels.copy()
    while True:
        left, right = labels[pairs[:, 0]], labels[pairs[:, 1]]
        apart = left != right
        if not apart.any():
            return labels
        low = np.minimum(left[apart], right[apart])
        np.minimum.at(labels, np.maximum(left[apart], right[apart]), low)
        labels = _flattened(labels)


def _flattened(labels: Labels) -> Labels:
    while True:
        deeper = labels[labels]
        if np.array_equal(deeper, labels):
            return labels
        labels = deeper
