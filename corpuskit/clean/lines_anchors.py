"""Where a line stands against the anchors of a page: its title, dates and frame words.

A page opens with its title, which stands once more above the article; dates and frame
words between two paragraphs tell of another article or of what others wrote.
"""

from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt

from corpuskit.clean.lines_arrays import Floats, signed_log, window_mean

_FAR: Final = 300
_NO_TITLE: Final = 9.0
_GRAM_MASK: Final = 0x3FFFF
_SHORT: Final = 4.0
_MIN_TITLE_CHARS: Final = 6
_MIN_TITLE_SHARE: Final = 0.7
_MIN_TITLE_SIZE, _MAX_TITLE_SIZE = 0.35, 1.5

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def anchor_columns(
    own: dict[str, Floats], codes: Ints, starts: Ints, words: Floats
) -> dict[str, Floats]:
    """The columns of all lines of a text.

    Args:
        own: columns made before, among them `date`, `digit_start`, `sign_start`,
            `kind_count` and `tight_inside`.
        codes: the characters of all lines, each line ended by one more.
        starts: where each line starts among them.
        words: the words of each line.
    """
    dated = own["date"] > 0
    n_dates = np.cumsum(dated)
    short = words < _SHORT
    kinds = np.cumsum(own["kind_count"], dtype=np.float32)
    core = int(np.argmax(own["tight_inside"]))
    share, from_title = _title_columns(codes, starts)
    return {
        "since_date": _lines_since(dated),
        "until_date": _lines_since(dated[::-1])[::-1],
        "dates_before": np.log1p((n_dates - dated).astype(np.float32)),
        "dates_after": np.log1p((n_dates[-1] - n_dates).astype(np.float32)),
        "short_run": _run_lengths(short),
        "short_near": window_mean(short.astype(np.float32), 5),
        "digit_start_near": window_mean(own["digit_start"], 4),
        "sign_start_near": window_mean(own["sign_start"], 4),
        "kinds_from_core": signed_log(kinds - kinds[core]),
        "title_share": share,
        "from_title": from_title,
    }


def _lines_since(flags: Flags) -> Floats:
    """Lines from each line back to the last flagged one before it (logs)."""
    index = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, index, -1))
    last = np.concatenate(([-1], last[:-1]))
    lines = np.where(last >= 0, index - last, _FAR).astype(np.float32)
    return np.log1p(lines)


def _run_lengths(flags: Flags) -> Floats:
    """The length of the run of flagged lines that each line is in (logs)."""
    lengths: list[int] = []
    for is_flagged, run in groupby(flags.tolist()):
        n = len(list(run))
        lengths += [n if is_flagged else 0] * n
    return np.log1p(np.array(lengths, np.float32))


def _title_columns(codes: Ints, starts: Ints) -> tuple[Floats, Floats]:
    """The share of each line that the first one has too, and the way from its repeat.

    The way is that from the first later line that is about the same as the first, in
    lines (signed logs), and a number beyond all where there is none.
    """
    chars = np.diff(starts, append=len(codes)).astype(np.float32) - 1
    grams = (codes * 31 + np.roll(codes, -1) * 1009) & _GRAM_MASK
    first = np.zeros(_GRAM_MASK + 1, np.bool_)
    first[grams[: max(int(chars[0]) - 1, 1)]] = True
    hits = np.add.reduceat(first[grams], starts, dtype=np.float32)
    share = np.minimum(hits / np.maximum(chars - 1, 1), 1).astype(np.float32)
    index = np.arange(len(starts), dtype=np.float32)
    is_again = (
        (share > _MIN_TITLE_SHARE)
        & (chars >= max(_MIN_TITLE_SIZE * chars[0], _MIN_TITLE_CHARS))
        & (chars <= _MAX_TITLE_SIZE * chars[0])
        & (index > 0)
    )
    if not is_again.any():
        return share, np.full(len(starts), _NO_TITLE, np.float32)
    return share, signed_log(index - int(np.argmax(is_again)))
