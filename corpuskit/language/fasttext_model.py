"""fastText models: files that the user has, checked and read.

The package reads a cut file for ever, or takes what is missing for zeros; so the parts
that say how long the file must be are looked at first.
"""

import struct
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from corpuskit.errors import MissingExtraError, UsageError

Predict = Callable[[str], tuple[list[str], list[float]]]
"""Whatever gives the best labels of a line, without their prefix, and how likely."""

_N_LABELS = 5
_MAGIC = 793712314
# Two numbers, twelve of the training and a double; sizes of the dictionary.
_HEAD = struct.Struct("<2i12id3i2q")
_FLAG = struct.Struct("<?")
_SIZES = struct.Struct("<2q")
_PACKED = struct.Struct("<?2qi")
_CENTRES = struct.Struct("<4i")
_N_CENTRES = 256
_ENTRY_END = 9
_PRUNED = 8


def read(model: str) -> Predict:
    """The function that gives labels and probabilities of one line.

    Raises:
        MissingExtraError: the package is not installed.
        UsageError: the file is no fastText model, or a part of one.
    """
    if find_spec("fasttext") is None:
        raise MissingExtraError("fasttext", "the engine fasttext")
    fasttext: Any = import_module("fasttext")
    _check(Path(model))
    try:
        loaded = fasttext.load_model(model)
    except ValueError as error:
        raise UsageError(f"not a fastText model: {model}: {error}") from error

    def predict(line: str) -> tuple[list[str], list[float]]:
        labels, shares = loaded.predict(line, k=_N_LABELS)
        codes = [label.removeprefix("__label__") for label in labels]
        return codes, [min(1.0, float(share)) for share in shares]

    return predict


def _check(path: Path) -> None:
    """Refuses a file that is no model, or that ends before the model does."""
    try:
        with (
            path.open("rb") as stream,
            mmap(stream.fileno(), 0, access=ACCESS_READ) as m,
        ):
            is_model = len(m) >= _HEAD.size and _HEAD.unpack_from(m)[0] == _MAGIC
            is_whole = is_model and _is_whole(m)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"not a fastText model: {path} is empty") from error
    if not is_model:
        raise UsageError(f"not a fastText model: {path}")
    if not is_whole:
        raise UsageError(f"only a part of a fastText model, get it again: {path}")


def _is_whole(data: mmap) -> bool:
    """Whether a model goes on as far as its sizes tell."""
    *_, n_entries, _, _, _, n_pruned = _HEAD.unpack_from(data)
    at = _HEAD.size
    for _ in range(n_entries):
        at = data.find(b"\0", at) + 1 + _ENTRY_END
        if at <= _ENTRY_END:
            return False
    at += max(0, n_pruned) * _PRUNED
    try:
        (is_packed,) = _FLAG.unpack_from(data, at)
        end = (_packed_end if is_packed else _dense_end)(data, at + _FLAG.size)
        (is_packed,) = _FLAG.unpack_from(data, end)
        return is_packed or _dense_end(data, end + _FLAG.size) <= len(data)
    except struct.error:
        return False


def _dense_end(data: mmap, at: int) -> int:
    """Where a matrix of single precision ends."""
    n_rows, n_columns = _SIZES.unpack_from(data, at)
    end: int = at + _SIZES.size + 4 * n_rows * n_columns
    return end


def _packed_end(data: mmap, at: int) -> int:
    """Where a matrix of codes with the centres of its clusters ends."""
    has_norms, n_rows, _, n_codes = _PACKED.unpack_from(data, at)
    at += _PACKED.size + n_codes
    n_wide, *_ = _CENTRES.unpack_from(data, at)
    end: int = at + _CENTRES.size + 4 * _N_CENTRES * n_wide
    return end + (n_rows + _CENTRES.size + 4 * _N_CENTRES if has_norms else 0)
