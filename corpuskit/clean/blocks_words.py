"""Counts of characters by class for every block, in a few array operations."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints, whole

Floats = npt.NDArray[np.float32]

_OTHER, _SPACE, _WIDE, _DIGIT, _UPPER, _STOP, _COMMA, _MARK, _COLON = range(9)
_N_CLASSES = 9
_WIDE_RANGES = (
    (0x0E00, 0x0F00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x2E80, 0x3000),
    (0x3005, 0x3008),
    (0x3040, 0xA000),
    (0xAC00, 0xD7B0),
    (0xF900, 0xFB00),
)
_SEVERAL = {
    _SPACE: " \t\n\u00a0\u3000",
    _DIGIT: "0123456789０１２３４５６７８９",
    _STOP: ".!?…。！？｡؟।۔։።",
    _COMMA: ",;，、；،؛、",
    _MARK: "|©®»›→·•/<>←«‹■▶►●◆★@#+=_~[]{}※▼▲｜",
    _COLON: ":：",
}
WIDE_WORD = 0.6
"""Words that one character of a script without spaces counts for."""


def _table() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10001, np.uint8)
    upper = [c for c in range(0x250) if chr(c).isupper()]
    table[[*upper, *range(0x391, 0x3AB), *range(0x410, 0x430)]] = _UPPER
    for first, end in _WIDE_RANGES:
        table[first:end] = _WIDE
    table[0x10000] = _WIDE
    for kind, characters in _SEVERAL.items():
        table[[ord(c) for c in characters]] = kind
    return table


_TABLE = _table()
_ASCII_TABLE = _TABLE[:256].tobytes()
_RATED = np.array((_UPPER, _MARK, _WIDE))


class Counts(NamedTuple):
    """Numbers for each block of a page (n values each).

    `text` is that of all blocks, with a character between each two; `after` are the
    places in it just after each block. `rated` holds capital letters, marks and wide
    characters (3 x n); `ends` the class of the last character, `is_ended` 1 where that
    is a mark that ends sentences.
    """

    text: str
    after: Ints
    chars: Floats
    words: Floats
    wide: Floats
    stops: Floats
    rated: Floats
    ends: npt.NDArray[np.uint8]
    is_ended: Floats


def count_classes(texts: list[str]) -> Counts:
    """The counts of each text; none may be empty."""
    n, text = len(texts), "\0".join((*texts, ""))
    sizes = whole(map(len, texts), n)
    kinds = _kinds(text)
    # What is between two blocks counts for the first, in a class that nobody asks for.
    keys = np.arange(0, n * _N_CLASSES, _N_CLASSES).repeat(sizes + 1)
    keys += kinds
    table = np.bincount(keys, minlength=n * _N_CLASSES).reshape(n, _N_CLASSES)
    by_class = table.T.astype(np.float32, order="C")
    wide = by_class[_WIDE]
    words = wide * np.float32(WIDE_WORD)
    words += by_class[_SPACE] + np.float32(1)
    after = sizes.cumsum()
    after += np.arange(n)
    ends = kinds.take(after - 1)
    return Counts(
        text=text,
        after=after,
        chars=sizes.astype(np.float32),
        words=words,
        wide=wide,
        stops=by_class[_STOP],
        rated=by_class.take(_RATED, axis=0),
        ends=ends,
        is_ended=(ends == _STOP).astype(np.float32),
    )


def _kinds(text: str) -> npt.NDArray[np.uint8]:
    """The class of each character."""
    if text.isascii():
        return np.frombuffer(text.encode().translate(_ASCII_TABLE), np.uint8)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    found: npt.NDArray[np.uint8] = _TABLE.take(codes, mode="clip")
    return found
