"""The true likeness of pairs of texts, by all their shingles.

A text is taken as the row of its shingles. What two texts share is counted by place:
how many places of the one hold a shingle that the other has somewhere, and the other
way round; the lesser number counts. For texts that do not repeat themselves this is the
Jaccard index of their sets of shingles.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import Pairs
from corpuskit.dedup.keys import Codes, Keys
from corpuskit.dedup.shingles import NONE, Shingler

Places = npt.NDArray[np.int64]

# The shares of a pair, as columns of what `compare` gives.
JACCARD, BREADTH = 0, 1
Shares = npt.NDArray[np.float64]

# The table of what a text has takes one place a hash: at least so many times as many
# as the longest text has codes, so that few hashes meet by chance.
_ROOM = 64
_LEAST_BITS, _MOST_BITS = 20, 27
# Breadth: a stretch of so many shingles counts as found if so many of them are, and
# at least this share of what is usual for the pair.
_STRETCH, _FOUND, _EVEN = 48, 8, 0.5


def compare(pairs: Pairs, texts: list[Codes]) -> Shares:
    """How alike two texts are, each share from 0 to 1, for pairs of positions.

    Returns:
        One row a pair. JACCARD: shared shingles over all. BREADTH: how many stretches
        of the shorter text have something of the other in them: 1 for a copy with
        changes all over, less for two pages that have a frame in common.
    """
    places = _places(texts)
    table = np.zeros(1 << _table_bits(texts), np.uint8)
    shares = np.zeros((len(pairs), 2))
    stamp = 0
    for row, (left, right) in enumerate(pairs.tolist()):
        longer, shorter = places[left], places[right]
        if len(longer) < len(shorter):
            longer, shorter = shorter, longer
        if stamp == 254:
            table[:] = 0
            stamp = 0
        table[longer] = stamp + 1
        found = table[shorter] == stamp + 1
        table[shorter] = stamp + 2
        n_back = int(np.count_nonzero(table[longer] == stamp + 2))
        stamp += 2
        n_found = int(np.count_nonzero(found))
        shared = min(n_found, n_back)
        whole = len(longer) + len(shorter) - shared
        shares[row] = shared / max(whole, 1), _breadth(found, n_found)
    return shares


def _table_bits(texts: list[Codes]) -> int:
    needed = (max(map(len, texts)) * _ROOM).bit_length()
    return min(max(needed, _LEAST_BITS), _MOST_BITS)


def _places(texts: list[Codes]) -> list[Places]:
    """For each text the table places of its shingles, in order."""
    counts = np.fromiter(map(len, texts), np.int64, len(texts))
    hashes = Shingler().hashes(Keys(np.concatenate(texts), counts))
    whole = hashes != NONE
    ends = np.cumsum(np.add.reduceat(whole, np.cumsum(counts) - counts, dtype=np.int64))
    shift = np.uint32(32 - _table_bits(texts))
    places = (np.compress(whole, hashes) >> shift).astype(np.int64)
    return [places[begin:end] for begin, end in pairwise([0, *ends.tolist()])]


def _breadth(found: npt.NDArray[np.bool_], n_found: int) -> float:
    enough = max(_FOUND, _EVEN * n_found * _STRETCH / max(len(found), 1))
    if len(found) < _STRETCH:
        return float(n_found * _STRETCH >= _FOUND * len(found))
    begins = np.arange(0, len(found) - _STRETCH + 1, _STRETCH)
    stretches = found[: begins[-1] + _STRETCH].view(np.uint8)
    hits = np.add.reduceat(stretches, begins, dtype=np.uint8)
    return int(np.count_nonzero(hits >= enough)) / len(begins)
