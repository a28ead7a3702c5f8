"""Batch: what a batch of documents has, to look it up in an index."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import Pairs
from corpuskit.dedup.segment import Segment
from corpuskit.dedup.sketch import N_BINS, likeness
from corpuskit.dedup.summary import Summary
from corpuskit.dedup.tables import N_BANDS, BandKeys, band_keys, has_signature
from corpuskit.dedup.thresholds import least_likeness

Numbers = npt.NDArray[np.int64]

_BLOCK = 20_000
_MAPPED_KEYS = 1 << 20


class Batch:
    """What a batch has: hashes of its contents, signatures and their band keys."""

    def __init__(self, summaries: Sequence[Summary], threshold: float) -> None:
        tables = [table for summary in summaries for table in summary.tables]
        entries = np.concatenate([t.entries for t in tables]) if tables else None
        self._contents = np.zeros(0, np.uint64)
        self._sizes = np.zeros(0, np.int64)
        if entries is not None:
            self._contents = np.unique(entries["content"][:, 0])
            self._sizes = entries["n_codes"][has_signature(entries)]
        rows = [table.signatures() for table in tables]
        self._rows = np.concatenate([np.zeros((0, N_BINS), np.uint16), *rows])
        self._keys = band_keys(self._rows)
        self._threshold = threshold

    def same(self, segment: Segment) -> Numbers:
        """Entries of a segment whose content the batch seems to have."""
        places = _places(segment.contents(), self._contents)[0]
        return segment.content_entries()[places].astype(np.int64)

    def likely(self, segment: Segment) -> Numbers:
        """Signatures of a segment that are like one of the batch, sorted."""
        pairs = self._pairs(segment)
        known, places = np.unique(pairs[:, 0], return_inverse=True)
        rows = segment.signatures()[known]
        sizes = segment.entries()["n_codes"][segment.signed()[known]]
        found = [np.zeros(0, np.int64)]
        for start in range(0, len(pairs), _BLOCK):
            old, new = places[start : start + _BLOCK], pairs[start : start + _BLOCK, 1]
            shorter = np.minimum(sizes[old], self._sizes[new])
            least = least_likeness(shorter, self._threshold)
            found.append(old[likeness(rows[old], self._rows[new]) >= least])
        return known[np.unique(np.concatenate(found))]

    def _pairs(self, segment: Segment) -> Pairs:
        """Rows of a segment and of the batch that share a band key, each pair once.

        Of rows of the batch that have the same key the first and the last count.
        """
        packed = [np.zeros(0, np.int64)]
        n_signed = segment.n_signed if len(self._rows) else 0
        # Small segments are read in few pieces; what is mapped counts as memory.
        step = max(min(N_BANDS, _MAPPED_KEYS // max(n_signed, 1)), 1)
        for first in range(0, N_BANDS if n_signed else 0, step):
            bands = range(first, min(first + step, N_BANDS))
            known = zip(segment.keys(bands), segment.key_rows(bands), strict=True)
            packed += [
                self._band_pairs(self._keys[band], *of_segment)
                for band, of_segment in zip(bands, known, strict=True)
            ]
        joined = np.sort(np.concatenate(packed))
        joined = joined[np.diff(joined, prepend=-1) > 0]
        return np.stack([joined >> 32, joined & 0xFFFFFFFF], axis=1)

    @staticmethod
    def _band_pairs(own: BandKeys, known: BandKeys, rows: BandKeys) -> Numbers:
        order = np.argsort(own, kind="stable")
        keys, firsts = np.unique(own[order], return_index=True)
        lasts = np.append(firsts[1:], len(order)) - 1
        places, owners = _places(known, keys)
        old = rows[places].astype(np.int64) << 32
        first, last = order[firsts[owners]], order[lasts[owners]]
        return np.concatenate([old | first, old | last])


def _places(
    known: npt.NDArray[np.unsignedinteger], wanted: npt.NDArray[np.unsignedinteger]
) -> tuple[Numbers, Numbers]:
    """Where sorted numbers hold the wanted ones, and which one is at each place."""
    begins = np.searchsorted(known, wanted)
    here = np.flatnonzero(known[np.minimum(begins, len(known) - 1)] == wanted)
    begins = begins[here]
    sizes = np.searchsorted(known, wanted[here], side="right") - begins
    owners = np.repeat(here, sizes)
    inside = np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(begins, sizes) + inside, owners
