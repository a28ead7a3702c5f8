"""Rolling hashes of character shingles, over many documents at once.

A shingle begins at each key code. Its length goes by the script of that code: 4 codes
from Han, kana or Hangul, where a character is about half a word, else 8.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Keys

Hashes = npt.NDArray[np.uint32]

# Stands where no whole shingle of the document begins.
NONE = np.uint32(0xFFFFFFFF)

_WIDE, _NARROW = 4, 8
_FIRST_WIDE = 0x2E80
_A, _B, _C = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


def shingle_hashes(keys: Keys) -> Hashes:
    """One hash for each key code, `NONE` at the ends of documents."""
    codes = keys.codes.astype(np.uint32)
    hashes = np.full(codes.size, NONE)
    if codes.size < _NARROW:
        return hashes
    pairs = _mixed(codes[:-1] << np.uint32(16) | codes[1:], _C)
    fours = pairs[:-2] * _A
    fours += pairs[2:]
    eights = fours[:-4] * _B
    eights ^= eights >> np.uint32(15)
    eights *= _C
    eights += fours[4:]
    hashes[: fours.size] = fours
    narrow = codes[: eights.size] < _FIRST_WIDE
    np.copyto(hashes[: eights.size], eights, where=narrow)
    hashes = _mixed(_mixed(hashes, _B), _A)
    _clear_ends(hashes, keys)
    return hashes


def _mixed(hashes: Hashes, multiplier: np.uint32) -> Hashes:
    hashes = hashes * multiplier
    hashes ^= hashes >> np.uint32(15)
    return hashes


def _clear_ends(hashes: Hashes, keys: Keys) -> None:
    """Takes away shingles that run into the next document."""
    ends = np.cumsum(keys.counts)
    for back in range(1, _NARROW):
        last = ends[keys.counts >= back] - back
        if back >= _WIDE:
            last = last[keys.codes[last] < _FIRST_WIDE]
        hashes[last] = NONE
