"""One-permutation MinHash: a row of numbers a document, equal where two are alike."""

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Counts
from corpuskit.dedup.shingles import Hashes

Signatures = npt.NDArray[np.uint16]

N_BINS = 192
_EMPTY = np.uint16(0xFFFF)
# Steps through the bins (prime to their number): whom an empty bin asks, in turn.
_STEPS = (5, 7, 11, 13, 17, 19)
# A bin needs few shingles for its least one: most of a long document can be skipped.
_ENOUGH = 3


def sketch(hashes: Hashes, counts: Counts) -> Signatures:
    """One row of signature numbers for each document.

    The upper half of a hash names its bin, the lower half is its rank there; a bin
    holds the least rank. Empty bins borrow from others, the same ones everywhere.

    Args:
        hashes: of the shingles, document after document.
        counts: how many hashes each document has.
    """
    limits = np.minimum(_ENOUGH * N_BINS * 65536 // np.maximum(counts, 1), 65535)
    ranks = hashes.astype(np.uint16)
    low = np.flatnonzero(ranks < np.repeat(limits.astype(np.uint16), counts))
    chosen = hashes.take(low)
    places = chosen >> np.uint32(16)
    places *= np.uint32(N_BINS)
    places >>= np.uint32(16)
    sizes = np.diff(np.searchsorted(low, np.cumsum(counts)), prepend=0)
    places += np.repeat(np.arange(counts.size, dtype=np.uint32) * N_BINS, sizes)
    rows = np.full((counts.size, N_BINS), _EMPTY)
    np.minimum.at(rows.reshape(-1), places.astype(np.intp), chosen.astype(np.uint16))
    return _filled(rows)


def likeness(left: Signatures, right: Signatures) -> npt.NDArray[np.float64]:
    """Estimated Jaccard of the rows of one with the rows of the other."""
    # Eight bins at a time: no byte of the sums can overflow.
    same = (left == right).view(np.uint64).sum(axis=1)
    same *= np.uint64(0x0101010101010101)
    return np.asarray((same >> np.uint64(56)) / N_BINS)


def _filled(rows: Signatures) -> Signatures:
    """The rows with each empty bin filled from the first filled one that it asks."""
    flat = rows.reshape(-1)
    empty = np.flatnonzero(flat == _EMPTY)
    bins = empty % N_BINS
    starts, lent = empty - bins, rows.copy().reshape(-1)
    for step in _STEPS:
        found = lent[starts + (bins * step + step) % N_BINS]
        flat[empty] = found
        left = np.flatnonzero(found == _EMPTY)
        if not left.size:
            break
        empty, bins, starts = empty[left], bins[left], starts[left]
    return rows
