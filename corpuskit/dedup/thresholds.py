"""How alike two texts must be, by the length of the shorter one."""

import numpy as np
import numpy.typing as npt

Sizes = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]

# From this Jaccard on two texts are plainly the same; below, more is asked of them.
PLAIN = 0.4
# From this one on they are somewhat alike: what the filled-in forms of one kind are.
SOMEWHAT = 0.12
# Texts of so many key codes and fewer are only linked when plainly the same; from the
# second number on the threshold alone counts.
_SHORT, _LONG = 200, 500
# Signatures are off by less than this, nearly always.
_ERROR = 0.1


def plain_jaccard(threshold: float) -> float:
    """The Jaccard from which two texts are plainly the same."""
    return max(PLAIN, threshold)


def asked_jaccard(sizes: Sizes, threshold: float) -> Shares:
    """The Jaccard asked of pairs whose shorter text has so many key codes."""
    step = np.clip((_LONG - sizes) / (_LONG - _SHORT), 0, 1)
    return np.asarray(threshold + (plain_jaccard(threshold) - threshold) * step)


def least_likeness(sizes: Sizes, threshold: float) -> Shares:
    """The likeness of signatures from which such pairs are worth a comparison."""
    return np.asarray(np.maximum(asked_jaccard(sizes, threshold) - _ERROR, SOMEWHAT))
