"""The true likeness of pairs of texts, by all their shingles.

A text is taken as the row of its shingles. What two texts share is counted by place:
how many places of the one hold a shingle that the other has somewhere, and the other
way round; the lesser number counts. For texts that do not repeat themselves this is the
Jaccard index of their sets of shingles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import Pairs
from corpuskit.dedup.keys import Keys
from corpuskit.dedup.shingles import NONE, Hashes, Shingler

Numbers = npt.NDArray[np.int64]
Marked = npt.NDArray[np.bool_]

# The shares of a pair, as columns of what `compare` gives.
JACCARD, BREADTH = 0, 1
Shares = npt.NDArray[np.float64]

# What a text has is marked in a table with one place a hash: at least so many places
# as the longest text has codes, so that few hashes meet by chance.
_ROOM = 64
_LEAST_BITS, _MOST_BITS = 10, 27
# Pairs are looked at together as long as their tables fit in so many places.
_TABLE_BITS = 22
# Breadth: a stretch of so many shingles counts as found if so many of them are, and
# at least this share of what is usual for the pair.
_STRETCH, _FOUND, _EVEN = 48, 8, 0.5


@dataclass(frozen=True, slots=True)
class _Rows:
    """The shingles of all texts in one row, and where those of each text lie."""

    hashes: Hashes
    begins: Numbers
    sizes: Numbers


def compare(pairs: Pairs, keys: Keys) -> Shares:
    """How alike two texts are, each share from 0 to 1, for pairs of positions.

    Returns:
        One row a pair. JACCARD: shared shingles over all. BREADTH: how many stretches
        of the shorter text have something of the other in them: 1 for a copy with
        changes all over, less for two pages that have a frame in common.
    """
    rows = _rows(keys)
    sizes = rows.sizes[pairs]
    swapped = sizes[:, 0] < sizes[:, 1]
    longer = np.where(swapped, pairs[:, 1], pairs[:, 0])
    shorter = np.where(swapped, pairs[:, 0], pairs[:, 1])
    shares = np.zeros((len(pairs), 2))
    for part, bits in _groups(sizes.max(axis=1, initial=0)):
        shares[part] = _shares(rows, longer[part], shorter[part], bits)
    return shares


def _rows(keys: Keys) -> _Rows:
    hashes = _shingler().hashes(keys)
    whole = hashes != NONE
    sizes = _count(whole, keys.counts)
    return _Rows(np.compress(whole, hashes), np.cumsum(sizes) - sizes, sizes)


def _groups(sizes: Numbers) -> Iterator[tuple[slice, int]]:
    """Runs of pairs that are looked at together, and the bits of a table of each."""
    needed = np.ceil(np.log2(np.maximum(sizes, 1) * _ROOM + 1)).astype(np.int64)
    bits = np.clip(needed, _LEAST_BITS, _MOST_BITS)
    begin = 0
    while begin < len(bits):
        hoped = 1 << max(_TABLE_BITS - int(bits[begin]), 0)
        most = int(bits[begin : begin + hoped].max())
        end = begin + (1 << max(_TABLE_BITS - most, 0))
        yield slice(begin, end), int(bits[begin:end].max())
        begin = end


def _shares(rows: _Rows, longer: Numbers, shorter: Numbers, bits: int) -> Shares:
    stamp, table = _stamps().next(len(longer) << bits)
    one, other = _places(rows, longer, bits), _places(rows, shorter, bits)
    table[one] = stamp
    found = table[other] == stamp
    table[other] = stamp + 1
    n_back = _count(table[one] == stamp + 1, rows.sizes[longer])
    n_found = _count(found, rows.sizes[shorter])
    shared = np.minimum(n_found, n_back)
    whole = rows.sizes[longer] + rows.sizes[shorter] - shared
    jaccard = shared / np.maximum(whole, 1)
    return np.stack([jaccard, _breadths(found, n_found, rows.sizes[shorter])], axis=1)


class _Stamps:
    """A table that need not be cleared: each use writes numbers of its own."""

    def __init__(self) -> None:
        self._table = np.zeros(1 << _TABLE_BITS, np.uint8)
        self._stamp = -1

    def next(self, size: int) -> tuple[int, npt.NDArray[np.uint8]]:
        """A number that, like the one after it, is nowhere in the table given."""
        if size > len(self._table):
            return 1, np.zeros(size, np.uint8)
        self._stamp += 2
        if self._stamp > 253:
            self._table[:] = 0
            self._stamp = 1
        return self._stamp, self._table


@cache
def _stamps() -> _Stamps:
    return _Stamps()


@cache
def _shingler() -> Shingler:
    return Shingler()


def _places(rows: _Rows, texts: Numbers, bits: int) -> Numbers:
    """The table places of the shingles of these texts, each in its own table."""
    sizes = rows.sizes[texts]
    begins = rows.begins[texts]
    spans = zip(begins.tolist(), (begins + sizes).tolist(), strict=True)
    hashes = np.concatenate([rows.hashes[begin:end] for begin, end in spans])
    hashes >>= np.uint32(32 - bits)
    hashes += np.repeat(
        np.arange(len(texts), dtype=np.uint32) << np.uint32(bits), sizes
    )
    return hashes.astype(np.int64)


def _count(marked: Marked, sizes: Numbers) -> Numbers:
    """How many are marked in each run of these sizes."""
    counts = np.zeros(len(sizes), np.int64)
    filled = sizes > 0
    if len(marked):
        starts = (np.cumsum(sizes) - sizes)[filled]
        counts[filled] = np.add.reduceat(marked.view(np.uint8), starts, dtype=np.int32)
    return counts


def _breadths(found: Marked, n_found: Numbers, sizes: Numbers) -> npt.NDArray[Any]:
    """For each text the share of its stretches that are found in the other one."""
    n_stretches = sizes // _STRETCH
    owners = np.repeat(np.arange(len(sizes)), n_stretches)
    first = np.cumsum(n_stretches) - n_stretches
    inside = np.arange(len(owners)) - first[owners]
    begins = (np.cumsum(sizes) - sizes)[owners] + inside * _STRETCH
    before = np.zeros(len(found) + 1, np.int32)
    np.cumsum(found.view(np.uint8), dtype=np.int32, out=before[1:])
    hits = before[begins + _STRETCH] - before[begins]
    enough = np.maximum(_FOUND, _EVEN * n_found * _STRETCH / np.maximum(sizes, 1))
    n_hit = np.bincount(owners[hits >= enough[owners]], minlength=len(sizes))
    short = n_found * _STRETCH >= _FOUND * sizes
    return np.where(n_stretches > 0, n_hit / np.maximum(n_stretches, 1), short)
