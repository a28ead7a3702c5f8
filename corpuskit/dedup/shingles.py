"""Rolling hashes of character shingles, over many documents at once.

A shingle starts at each key code. Its length goes by the script of its first code:
short for Han, kana and Hangul, where a character carries about a word's half, long for
alphabets.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Codes, Keys

Hashes = npt.NDArray[np.uint32]
Starts = npt.NDArray[np.int64]

# Key codes from here on are Han, kana, Hangul and their like.
FIRST_WIDE = 0x2E80

_A, _B, _C = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


def fine_shingles(keys: Keys) -> tuple[Hashes, Starts]:
    """Hashes of 2 (wide) or 5 codes: what two texts are compared by.

    Returns:
        The hashes, and where each document's hashes begin (one more than documents).
    """
    codes = keys.codes
    pairs = _pairs(codes)
    fives = _mix(_mix(pairs[:-2]) * _A + pairs[2:])[:-1] * _B + codes[4:]
    return _choose(keys, (pairs, 2), (fives, 5))


def coarse_shingles(keys: Keys) -> tuple[Hashes, Starts]:
    """Hashes of 4 (wide) or 8 codes: what candidates are found by; as fine ones."""
    pairs = _mix(_pairs(keys.codes))
    fours = pairs[:-2] * _A + pairs[2:]
    eights = _mix(fours[:-4]) * _B + fours[4:]
    return _choose(keys, (fours, 4), (eights, 8))


def _pairs(codes: Codes) -> Hashes:
    wide = codes.astype(np.uint32)
    return (wide[:-1] << np.uint32(16)) | wide[1:]


def _mix(hashes: Hashes) -> Hashes:
    hashes = hashes * _C
    hashes ^= hashes >> np.uint32(15)
    return hashes


def _choose(
    keys: Keys, short: tuple[Hashes, int], long: tuple[Hashes, int]
) -> tuple[Hashes, Starts]:
    """One hash for each code that begins a whole shingle of its document."""
    n_codes = keys.codes.size
    hashes = np.zeros(n_codes, np.uint32)
    wide = keys.codes >= FIRST_WIDE
    whole = wide.copy()
    hashes[: short[0].size] = short[0]
    n_long = long[0].size
    np.copyto(hashes[:n_long], long[0], where=~wide[:n_long])
    ends = np.cumsum(keys.counts)
    whole |= True
    for back in range(1, long[1]):
        last = ends - back
        last = last[(back <= keys.counts)]
        whole[last] = wide[last] & (back >= short[1])
    starts = np.zeros(keys.counts.size + 1, np.int64)
    filled = keys.counts > 0
    kept = np.zeros(keys.counts.size, np.int64)
    if n_codes:
        begins = (ends - keys.counts)[filled]
        kept[filled] = np.add.reduceat(whole, begins, dtype=np.int64)
    np.cumsum(kept, out=starts[1:])
    hashes = hashes[whole]
    hashes ^= hashes >> np.uint32(16)
    hashes *= _B
    hashes ^= hashes >> np.uint32(13)
    return hashes, starts
