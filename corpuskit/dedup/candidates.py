"""Candidate pairs: documents whose signatures agree in a whole band."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.signed import Signed
from corpuskit.dedup.sketch import likeness
from corpuskit.dedup.spread import Spread
from corpuskit.dedup.tables import N_BANDS, BandKeys

Shares = npt.NDArray[np.float64]
Packed = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]  # (n, 2), the smaller row first

# Groups of one band key up to this size give all their pairs, larger ones a chain.
_SMALL = 4
_BLOCK = 1 << 16
# Bytes that sorting takes for each row, and a found pair until it is looked at.
_ROW_BYTES, _PAIR_BYTES, _KEY_BYTES = 64, 48, 4
_LEAST_PAIRS, _LEAST_SORTED = 1 << 16, 1 << 22


def candidates(
    signed: Signed, least: Shares, spread: Spread, memory: int
) -> tuple[Pairs, Shares]:
    """Pairs of rows worth a comparison, each once, sorted; and how alike they seem.

    A band key that many rows share gives pairs in proportion to their number, not to
    its square: each row with the first and with the one before it.

    Args:
        signed: the signatures, those of longer texts first.
        least: the likeness that a pair must show, by its second row.
        spread: runs the bands and the estimates.
        memory: bytes that the found pairs, and the sorting of a band, should keep to.
    """
    likely: list[tuple[Packed, Shares]] = [(np.zeros(0, np.uint64), np.zeros(0))]
    most = max(memory // (4 * _PAIR_BYTES), _LEAST_PAIRS)
    find = partial(_pairs_of_bands, signed, memory // 4)
    waiting: list[Packed] = []
    if signed.n_contents > 1:
        for found in spread.map(find, _bands(spread.n_workers)):
            waiting.append(found)
            if sum(map(len, waiting)) > most:
                waiting = [_distinct(waiting)]
                if len(waiting[0]) > most // 2:
                    likely.append(_likely(signed, waiting.pop(), least, spread))
    if waiting:
        likely.append(_likely(signed, _distinct(waiting), least, spread))
    pairs, shares = (np.concatenate(parts) for parts in zip(*likely, strict=True))
    pairs, firsts = np.unique(pairs, return_index=True)
    return _unpacked(pairs), shares[firsts]


def _bands(n_workers: int) -> list[range]:
    """The bands, a few for each task."""
    step = max(N_BANDS // (4 * n_workers), 1)
    return [range(band, min(band + step, N_BANDS)) for band in range(0, N_BANDS, step)]


def _pairs_of_bands(signed: Signed, memory: int, bands: range) -> Packed:
    contents = signed.contents()
    n_parts = 1 + signed.n_contents * _ROW_BYTES // max(memory, _LEAST_SORTED)
    found = []
    # Many small tables are read in few pieces where the keys of all bands are small.
    step = max(min(len(bands), memory // (4 * _KEY_BYTES * signed.n_contents)), 1)
    for first in range(0, len(bands), step):
        for keys in signed.keys(bands[first : first + step], contents):
            found += [_band_pairs(keys, rows) for rows in _parts(keys, n_parts)]
    return _distinct(found)


def _parts(keys: BandKeys, n_parts: int) -> Iterable[npt.NDArray[np.uint64]]:
    """All rows in so many parts; rows with the same key are in the same one."""
    if n_parts == 1:
        yield np.arange(len(keys), dtype=np.uint64)
        return
    part_of = keys % np.uint32(n_parts)
    for part in range(n_parts):
        yield np.flatnonzero(part_of == part).astype(np.uint64)


def _band_pairs(keys: BandKeys, rows: npt.NDArray[np.uint64]) -> Packed:
    packed = keys[rows].astype(np.uint64) << np.uint64(32) | rows
    packed.sort()
    keys, members = (packed >> np.uint64(32)).astype(np.uint32), packed
    members &= np.uint64(0xFFFFFFFF)
    same = keys[1:] == keys[:-1]
    later = np.flatnonzero(same) + 1
    first = np.flatnonzero(np.concatenate([[True], ~same]))
    # The last group that begins at or before a place is the one it belongs to.
    lead = first[np.searchsorted(first, later, side="right") - 1]
    parts = [_pack(members[lead], members[later])]
    for back in range(1, _SMALL - 1):
        apart = later - back
        inside = apart > lead
        parts.append(_pack(members[apart[inside]], members[later[inside]]))
    return np.concatenate(parts)


def _distinct(parts: Sequence[Packed]) -> Packed:
    packed = np.concatenate(parts)
    packed.sort()
    return packed[np.append(True, packed[1:] != packed[:-1])] if len(packed) else packed


def _pack(left: Packed, right: Packed) -> Packed:
    return left << np.uint64(32) | right


def _unpacked(packed: Packed) -> Pairs:
    pairs = np.stack([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)], axis=1)
    return pairs.astype(np.int64)


def _likely(
    signed: Signed, packed: Packed, least: Shares, spread: Spread
) -> tuple[Packed, Shares]:
    """Those of the pairs that seem alike enough, and how much."""
    blocks = [packed[at : at + _BLOCK] for at in range(0, len(packed), _BLOCK)]
    found = [(packed[:0], np.zeros(0))]
    for block, alike in zip(
        blocks, spread.map(partial(_seeming, signed), blocks), strict=True
    ):
        likely = alike >= least[block & np.uint64(0xFFFFFFFF)]
        found.append((block[likely], alike[likely]))
    kept, values = zip(*found, strict=True)
    return np.concatenate(kept), np.concatenate(values)


def _seeming(signed: Signed, packed: Packed) -> Shares:
    left, right = _unpacked(packed).T
    return likeness(signed.take(left), signed.take(right))
