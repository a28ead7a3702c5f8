"""Key text: letters and digits alone, folded so that dress does not matter.

One code-point table does NFKC, case folding, the written forms of Han characters
(traditional, simplified, regional) and letters that look like another letter. Key codes
have 16 bits: the folded code point itself, or a stand-in from the private-use area for
a letter beyond the first plane.
"""

import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int64]

_SIZE = 0x32400
_FLAG = 1
_ITSELF = 0xFFFF
_PRIVATE, _N_PRIVATE = 0xE000, 6400


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
    """Code point -> key code; 0 is dropped, 1 needs `_normalized` first."""
    packed = files("corpuskit.dedup").joinpath("fold.bin").read_bytes()
    stored = np.frombuffer(zlib.decompress(packed), "<u2")
    code = np.arange(_SIZE, dtype=np.uint64)
    far = _PRIVATE + (code * np.uint64(2654435761) >> np.uint64(7)) % _N_PRIVATE
    itself = np.where(code < 0x10000, code, far).astype(np.uint16)
    return np.where(stored == _ITSELF, itself, stored).astype(np.uint16)


def make_keys(texts: Sequence[str]) -> Keys:
    """The key texts of these texts."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = _folded(texts, int(lengths.sum()))
    flags = np.flatnonzero(codes == _FLAG)
    if flags.size:
        owners = np.unique(np.searchsorted(np.cumsum(lengths), flags, side="right"))
        texts = list(texts)
        for owner in owners.tolist():
            texts[owner] = _normalized(texts[owner])
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        codes = _folded(texts, int(lengths.sum()))
    kept = codes > _FLAG
    return Keys(codes[kept], _count(kept, lengths))


def _folded(texts: Sequence[str], n_chars: int) -> Codes:
    joined = "".join(texts)
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), "<u2")
    if units.size == n_chars:
        return np.take(fold_table(), units)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    table = fold_table()
    return np.where(points < _SIZE, np.take(table, points, mode="clip"), np.uint16(0))


def _normalized(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def _count(kept: npt.NDArray[np.bool_], lengths: Counts) -> Counts:
    counts = np.zeros(lengths.size, np.int64)
    filled = lengths > 0
    if kept.size:
        starts = (np.cumsum(lengths) - lengths)[filled]
        counts[filled] = np.add.reduceat(kept, starts, dtype=np.int64)
    return counts
