"""Batch: what a batch of documents has, to look it up in an index."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import N_BANDS, Pairs, short_keys
from corpuskit.dedup.sketch import N_BINS, Signatures, likeness
from corpuskit.dedup.summary import Summary, has_signature, read_signatures
from corpuskit.dedup.thresholds import least_likeness

Rows = npt.NDArray[np.int64]
Sizes = npt.NDArray[np.int64]

_TABLE_BITS = 19
_BLOCK = 20_000


class Batch:
    """What a batch has: hashes of its contents, signatures and their band keys.

    Attributes:
        contents: sorted hashes of contents.
    """

    def __init__(self, summaries: Sequence[Summary], threshold: float) -> None:
        entries = [summary.entries for summary in summaries]
        hashes = [part["content"][:, 0] for part in entries]
        sizes = [part["n_codes"][has_signature(part)] for part in entries]
        rows = [block for summary in summaries for block in read_signatures(summary)]
        self.contents = np.sort(np.concatenate([np.zeros(0, np.uint64), *hashes]))
        self._sizes = np.concatenate([np.zeros(0, np.int64), *sizes])
        self._rows = np.concatenate([np.zeros((0, N_BINS), np.uint16), *rows])
        self._threshold = threshold

    def pairs(self, keys: npt.NDArray[np.uint32]) -> Pairs:
        """Rows of an index and of the batch that share a band key, each pair once.

        Of rows of the batch that have the same key the first and the last count.

        Args:
            keys: of the index, in the shape (bands, rows).
        """
        packed = [np.zeros(0, np.int64)]
        if len(self._rows):
            packed += [self._band_pairs(keys[band], band) for band in range(N_BANDS)]
        joined = np.sort(np.concatenate(packed))
        joined = joined[np.diff(joined, prepend=-1) > 0]
        return np.stack([joined >> 32, joined & 0xFFFFFFFF], axis=1)

    def likely(self, rows: Signatures, sizes: Sizes, pairs: Pairs) -> Rows:
        """Which rows of an index are like a row of the batch, by their signatures.

        Args:
            rows: signatures of the index.
            sizes: how many key codes their texts have.
            pairs: a row of the index and one of the batch.
        """
        found = [np.zeros(0, np.int64)]
        for start in range(0, len(pairs), _BLOCK):
            old, new = pairs[start : start + _BLOCK].T
            shorter = np.minimum(sizes[old], self._sizes[new])
            least = least_likeness(shorter, self._threshold)
            found.append(old[likeness(rows[old], self._rows[new]) >= least])
        return np.unique(np.concatenate(found))

    def _band_pairs(self, keys: npt.NDArray[np.uint32], band: int) -> Rows:
        own = short_keys(self._rows, band)
        order = np.argsort(own, kind="stable")
        own = own[order]
        table = np.zeros(1 << _TABLE_BITS, np.bool_)
        shift = np.uint32(32 - _TABLE_BITS)
        table[own >> shift] = True
        rows = np.flatnonzero(table[keys >> shift])
        first = np.searchsorted(own, keys[rows])
        last = np.searchsorted(own, keys[rows], side="right") - 1
        hit = last >= first
        old = rows[hit] << 32
        return np.concatenate([old | order[first[hit]], old | order[last[hit]]])
