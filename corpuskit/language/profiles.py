"""langdetect's 55 language profiles, scored exactly: naive Bayes over all n-grams.

The package samples n-grams at random; here every one of them counts, once, in one
gather from a table of log probabilities. The profiles are read from the installed
package; nothing of its code runs.
"""

import importlib.util
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpuskit.errors import MissingExtraError

SMOOTHING = 0.5 / 10000
"""Probability added to every n-gram, as the package does."""

MAX_CHARS = 500
"""What is read of a text; more does not change the answer."""

_RENAMED = {"no": "nb"}
_DECIDED_BY_SCRIPT = frozenset(
    ("el", "gu", "ja", "kn", "ko", "ml", "pa", "ta", "te", "th", "zh-cn", "zh-tw")
)
_SPACE = ord(" ")
_STEPS = 2048


class _Profile(msgspec.Struct):
    """One profile file: n-grams with their counts, totals by length."""

    name: str
    freq: dict[str, int]
    n_words: list[int]


class Profiles:
    """All profiles as one table: n-grams down, languages across.

    Attributes:
        languages: tags in the order of the columns.
    """

    def __init__(self, folder: Path) -> None:
        names = sorted(path.name for path in folder.iterdir())
        names = [name for name in names if name not in _DECIDED_BY_SCRIPT]
        self.languages = tuple(_RENAMED.get(name, name) for name in names)
        # One file after the other: strings of all at once would take 20 MB.
        found = [_logarithms((folder / name).read_bytes()) for name in names]
        keys = np.concatenate([keys for keys, _ in found])
        self._keys, rows = np.unique(keys, return_inverse=True)
        columns = np.repeat(np.arange(len(found)), [len(keys) for keys, _ in found])
        shape = (len(self._keys), len(found))
        self._table = np.full(shape, _steps(np.log(SMOOTHING)), dtype=np.int16)
        self._table[rows, columns] = np.concatenate([values for _, values in found])

    def score(self, text: str) -> tuple[NDArray[np.float64], int]:
        """Log likelihoods in the order of `languages`, and the known n-grams."""
        keys = _ngrams(text[:MAX_CHARS])
        rows = np.searchsorted(self._keys, keys)
        rows[rows == len(self._keys)] = 0
        rows = rows[self._keys[rows] == keys]
        sums = self._table.take(rows, axis=0).sum(axis=0, dtype=np.int32)
        return sums / _STEPS, len(rows)


_read = msgspec.json.Decoder(_Profile).decode


def _logarithms(data: bytes) -> tuple[NDArray[np.uint64], NDArray[np.int16]]:
    """The keys of the n-grams of one profile, and their log likelihoods in steps."""
    profile = _read(data)
    keys = _keys(list(profile.freq))
    counts = np.fromiter(profile.freq.values(), np.float64, len(keys))
    totals = np.array([1, *profile.n_words], np.float64)
    shares = counts / totals[_lengths(keys)]
    return keys, _steps(np.log(shares + SMOOTHING)).astype(np.int16)


def _steps(logarithms: Any) -> Any:  # noqa: ANN401 - a number or an array of them
    """Logarithms as whole steps: half the room, and sums that no machine rounds."""
    return np.round(logarithms * _STEPS)


@cache
def load() -> Profiles:
    """The profiles of the installed langdetect; read once a process."""
    spec = importlib.util.find_spec("langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("langdetect", "language detection")
    return Profiles(Path(spec.submodule_search_locations[0], "profiles"))


def _keys(ngrams: list[str]) -> NDArray[np.uint64]:
    """One number for each n-gram of up to three characters."""
    points = np.array(ngrams, dtype="<U3").view(np.uint32).reshape(-1, 3)
    first, second, third = points.astype(np.uint64).T
    keys: NDArray[np.uint64] = first | second << np.uint64(21) | third << np.uint64(42)
    return keys


def _lengths(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The number of characters of each n-gram."""
    longer = (keys >> np.uint64(21) > 0).astype(np.int64)
    return 1 + longer + (keys >> np.uint64(42) > 0)


@cache
def _fold_table() -> NDArray[np.uint32]:
    """What each character of the basic plane counts as; spaces end words."""
    fold = np.arange(0x10000, dtype=np.uint32)
    letters = [c for c in range(0x80) if chr(c).isalpha()]
    fold[:0x80] = _SPACE
    fold[letters] = letters
    fold[[ord(c) for c in "\u00a0\u00ab\u00b0\u00bb"]] = _SPACE
    fold[0x2000:0x2070] = _SPACE
    fold[0x3000:0x3040] = _SPACE
    fold[0xFF00:0xFF10] = _SPACE
    fold[0x0219], fold[0x021B] = 0x015F, 0x0163
    fold[0x06CC] = 0x064A
    fold[0x1EA0:0x1F00] = 0x1EC3
    fold[0xAC00:0xD7A4] = 0xAC00
    return fold


def _ngrams(text: str) -> NDArray[np.uint64]:
    """The keys of all n-grams inside words, word ends marked by a space."""
    text = unicodedata.normalize("NFC", text)
    if text.isupper():
        text = text.lower()
    points = np.frombuffer(f" {text} ".encode("utf-32-le", "replace"), dtype=np.uint32)
    points = _fold_table()[np.minimum(points, 0xFFFF)]
    blank = points == _SPACE
    points = points[~(blank & np.concatenate(([False], blank[:-1])))]
    blank = points == _SPACE
    wide = points.astype(np.uint64)
    two = wide[:-1] | wide[1:] << np.uint64(21)
    three = two[:-1] | wide[2:] << np.uint64(42)
    return np.concatenate((wide[~blank], two, three[~blank[1:-1]]))
