"""Key text: letters and digits alone, folded so that dress does not matter.

One code-point table does NFKC, case folding, the written forms of Han characters
(traditional, simplified, regional) and letters that look like another letter. Key codes
have 16 bits: the folded code point itself, or a stand-in from the private-use area for
a letter beyond the first plane.
"""

import sys
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pkgutil import get_data
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int64]

_SIZE = 0x32400
_FLAG = 1
_ITSELF = 0xFFFF
_PRIVATE, _N_PRIVATE = 0xE000, 6400
# Up to one flag in so many characters only their surroundings are normalised.
_FEW = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """The key texts of a batch of documents in one buffer.

    Attributes:
        codes: all key codes, document after document.
        counts: how many codes each document has.
    """

    codes: Codes
    counts: Counts


@cache
def fold_table() -> Codes:
    """Code point -> key code; 0 is dropped, 1 needs Unicode normalisation first."""
    packed = get_data("corpuskit.dedup", "fold.bin")
    assert packed is not None
    stored = np.frombuffer(zlib.decompress(packed), "<u2")
    code = np.arange(_SIZE, dtype=np.uint64)
    far = _PRIVATE + (code * np.uint64(2654435761) >> np.uint64(7)) % _N_PRIVATE
    itself = np.where(code < 0x10000, code, far).astype(np.uint16)
    table = np.zeros(sys.maxunicode + 1, np.uint16)
    table[:_SIZE] = np.where(stored == _ITSELF, itself, stored)
    return table


def make_keys(texts: Sequence[str]) -> Keys:
    """The key texts of these texts."""
    codes, lengths = _folded(texts)
    flags = np.flatnonzero(codes == _FLAG)
    if flags.size:
        owners = _owners(flags, lengths)
        full = np.bincount(owners, minlength=len(texts)) * _FEW > lengths
        if full.any():
            texts = [
                _normalized(text) if is_full else text
                for text, is_full in zip(texts, full.tolist(), strict=True)
            ]
            codes, lengths = _folded(texts)
            flags = np.flatnonzero(codes == _FLAG)
        if flags.size:
            codes, lengths = _without_flags(texts, codes, lengths, flags)
    kept = np.flatnonzero(codes > _FLAG)
    ends = np.searchsorted(kept, np.cumsum(lengths))
    return Keys(codes.take(kept), np.diff(ends, prepend=0))


def fold(text: str) -> Codes:
    """The key code of each character, 0 for what is no letter or digit."""
    codes, _ = _folded([text])
    if (codes == _FLAG).any():
        codes, _ = _folded([_normalized(text)])
        codes[codes == _FLAG] = 0
    return codes


def _folded(texts: Sequence[str]) -> tuple[Codes, Counts]:
    """The table's answer for each character, and how many each text has."""
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.take(fold_table(), np.frombuffer(joined, "<u4"), mode="clip")
    return codes, np.fromiter(map(len, texts), np.int64, len(texts))


def _owners(places: Counts, lengths: Counts) -> Counts:
    return np.searchsorted(np.cumsum(lengths), places, side="right")


def _without_flags(
    texts: Sequence[str], codes: Codes, lengths: Counts, flags: Counts
) -> tuple[Codes, Counts]:
    """Codes and lengths with each run of flags, and what it may join, normalised."""
    starts = np.cumsum(lengths) - lengths
    owners = _owners(flags, lengths)
    is_first = (np.diff(flags, prepend=-2) > 1) | (np.diff(owners, prepend=-1) > 0)
    firsts = np.flatnonzero(is_first)
    owners = owners[firsts]
    begins = np.maximum(flags[firsts] - 1, starts[owners])
    ends = flags[np.append(firsts[1:], flags.size) - 1] + 1
    places: list[int] = []
    values: list[int] = []
    longer: list[_Longer] = []
    for owner, start, begin, end in zip(
        owners.tolist(),
        starts[owners].tolist(),
        begins.tolist(),
        ends.tolist(),
        strict=True,
    ):
        piece = _run_codes(texts[owner][begin - start : end - start])
        if len(piece) > end - begin:
            longer.append(_Longer(owner, begin, end, piece))
        else:
            places += range(begin, begin + len(piece))
            values += piece
    codes[flags] = codes[begins] = 0
    codes[places] = values
    return _lengthened(codes, lengths, longer) if longer else (codes, lengths)


class _Longer(NamedTuple):
    """Codes for a place that has not room for them."""

    owner: int
    begin: int
    end: int
    codes: tuple[int, ...]


def _lengthened(
    codes: Codes, lengths: Counts, longer: Sequence[_Longer]
) -> tuple[Codes, Counts]:
    """Codes and lengths with these in their places."""
    lengths, pieces, done = lengths.copy(), [], 0
    for one in longer:
        pieces += [codes[done : one.begin], np.array(one.codes, np.uint16)]
        lengths[one.owner] += len(one.codes) - (one.end - one.begin)
        done = one.end
    return np.concatenate([*pieces, codes[done:]]), lengths


@lru_cache(maxsize=4096)
def _run_codes(text: str) -> tuple[int, ...]:
    codes, _ = _folded([_normalized(text)])
    return tuple(codes[codes > _FLAG].tolist())


def _normalized(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)
