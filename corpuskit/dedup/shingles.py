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
_BC = np.uint32(0x85EBCA6B * 0xC2B2AE35 & 0xFFFFFFFF)


class Shingler:
    """Hashes shingles; keeps its working memory from one call to the next."""

    def __init__(self) -> None:
        self._rows = np.empty((4, 0), np.uint32)

    def hashes(self, keys: Keys) -> Hashes:
        """One hash for each key code, `NONE` at the ends of documents.

        The array is overwritten by the next call.
        """
        n_codes = keys.codes.size
        if self._rows.shape[1] < n_codes:
            self._rows = np.empty((4, n_codes), np.uint32)
        wide, fours, eights, spare = (row[:n_codes] for row in self._rows)
        wide[:] = keys.codes
        np.left_shift(wide, np.uint32(16), out=fours)
        fours[:-1] |= wide[1:]
        _mix_into(fours, fours, _C, spare)
        np.multiply(fours, _A, out=eights)
        eights[:-2] += fours[2:]
        fours, eights = eights, fours
        _mix_into(eights, fours, _BC, spare)
        eights[:-4] += fours[4:]
        np.copyto(fours, eights, where=keys.codes < _FIRST_WIDE)
        _mix_into(fours, fours, _B, spare)
        _mix_into(fours, fours, _A, spare)
        _clear_ends(fours, keys)
        return fours


def _mix_into(
    target: Hashes, hashes: Hashes, multiplier: np.uint32, spare: Hashes
) -> None:
    np.multiply(hashes, multiplier, out=target)
    np.right_shift(target, np.uint32(15), out=spare)
    np.bitwise_xor(target, spare, out=target)


def _clear_ends(hashes: Hashes, keys: Keys) -> None:
    """Takes away shingles that run into the next document."""
    ends = np.cumsum(keys.counts)
    for back in range(1, _NARROW):
        last = ends[keys.counts >= back] - back
        if back >= _WIDE:
            last = last[keys.codes[last] < _FIRST_WIDE]
        hashes[last] = NONE
