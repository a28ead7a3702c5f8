"""Candidate pairs: documents whose signatures agree in a whole band."""

from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.sketch import N_BINS, Signatures, likeness

Shares = npt.NDArray[np.float64]
Packed = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]  # (n, 2), the smaller row first

N_ROWS = 3
N_BANDS = N_BINS // N_ROWS
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64
)
# Groups of one band key up to this size give all their pairs, larger ones a chain.
_SMALL = 4
_BLOCK = 20_000


def candidates(rows: Signatures, least: Shares, pool: Executor) -> tuple[Pairs, Shares]:
    """Pairs of rows worth a comparison, each once, sorted; and how alike they seem.

    A band key that many rows share gives pairs in proportion to their number, not to
    its square: each row with the first and with the one before it.

    Args:
        rows: the signatures, those of longer texts first.
        least: the likeness that a pair must show, by its second row.
        pool: runs the bands.
    """
    if len(rows) < 2:
        return np.zeros((0, 2), np.int64), np.zeros(0)
    found = np.zeros(0, np.uint64)
    waiting: list[Packed] = []
    for packed in pool.map(lambda band: _band_pairs(rows, band), range(N_BANDS)):
        waiting.append(packed)
        if sum(map(len, waiting)) > max(2_000_000, len(found)):
            found = _distinct([found, *waiting])
            waiting = []
    found = _distinct([found, *waiting])
    pairs = np.stack([found >> np.uint64(32), found & np.uint64(0xFFFFFFFF)], axis=1)
    return _likely(rows, pairs.astype(np.int64), least)


def short_keys(rows: Signatures, band: int) -> npt.NDArray[np.uint32]:
    """The upper half of one band's key for each row."""
    return (_band_keys(rows, band) >> np.uint64(32)).astype(np.uint32)


def _band_keys(rows: Signatures, band: int) -> Packed:
    keys = np.zeros(len(rows), np.uint64)
    for row, multiplier in enumerate(_MULTIPLIERS):
        keys = (keys ^ rows[:, band * N_ROWS + row]) * multiplier
    return keys


def _band_pairs(rows: Signatures, band: int) -> Packed:
    n_bits = np.uint64(len(rows).bit_length())
    keys = _band_keys(rows, band)
    packed = (keys >> n_bits << n_bits) | np.arange(len(rows), dtype=np.uint64)
    packed.sort()
    keys = packed >> n_bits
    members = (packed & ((np.uint64(1) << n_bits) - np.uint64(1))).astype(np.uint64)
    same = keys[1:] == keys[:-1]
    later = np.flatnonzero(same) + 1
    first = np.flatnonzero(np.concatenate([[True], ~same]))
    sizes = np.diff(np.append(first, len(keys)))
    lead = np.repeat(first, sizes)[later]
    parts = [_pack(members[lead], members[later])]
    for back in range(1, _SMALL - 1):
        apart = later - back
        inside = apart > lead
        parts.append(_pack(members[apart[inside]], members[later[inside]]))
    return _distinct(parts)


def _distinct(parts: list[Packed]) -> Packed:
    packed = np.concatenate(parts)
    packed.sort()
    return packed[np.append(True, packed[1:] != packed[:-1])] if len(packed) else packed


def _pack(left: Packed, right: Packed) -> Packed:
    return left << np.uint64(32) | right


def _likely(rows: Signatures, pairs: Pairs, least: Shares) -> tuple[Pairs, Shares]:
    found: list[tuple[Pairs, Shares]] = [(pairs[:0], np.zeros(0))]
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK]
        alike = likeness(rows[block[:, 0]], rows[block[:, 1]])
        likely = alike >= least[block[:, 1]]
        found.append((block[likely], alike[likely]))
    kept, values = zip(*found, strict=True)
    return np.concatenate(kept), np.concatenate(values)
