"""The choice of lines where a text has a frame: fitted trees, then whole runs.

The trees give each line a probability. The choice is the sequence of kept and dropped
lines with the greatest value, where each change between the two costs something: single
short lines follow their neighbours, long runs stand on their own.
"""

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from corpuskit.clean.lines_arrays import Floats
from corpuskit.clean.lines_features import WIDE_SHARE, line_features
from corpuskit.clean.lines_split import Lines
from corpuskit.clean.trees import Trees, load

CUT: Final = 0.53
WIDE_CUT: Final = 0.6
LOW_CUT: Final = 0.35
MIN_FRAME: Final = 0.1
CHANGE: Final = 0.25
_MODEL: Final = "lines.npz"
_MIN_WIDE: Final = 0.2


class Judged(NamedTuple):
    """What the trees say of the lines of a text.

    Attributes:
        probability: of each line to be main text.
        words: of each line.
        cut: the least probability of main text, apart from what its neighbours are.
    """

    probability: Floats
    words: Floats
    cut: float


@cache
def _trees() -> Trees:
    return load(Path(__file__).with_name(_MODEL))


def choose(lines: Lines, *, is_sure: bool = True) -> list[bool]:
    """Which lines of a framed text are its main text.

    Where it is not sure that there is a frame, only what is most unlike main text goes,
    and all lines stay where that is but a small share of the text.
    """
    probability, words, cut = judge(lines, is_sure=is_sure)
    keep = best_runs((probability - cut) * np.sqrt(words), CHANGE)
    dropped = float(words[~np.array(keep)].sum())
    if not is_sure and dropped < MIN_FRAME * float(words.sum()):
        return [True] * len(keep)
    return keep


def judge(lines: Lines, *, is_sure: bool = True) -> Judged:
    """The probability of each line to be main text, its words, and where to cut."""
    features, words = line_features(lines)
    cut = cut_of(float(features[0, WIDE_SHARE])) if is_sure else LOW_CUT
    return Judged(_trees().predict(features), words, cut)


def cut_of(wide_share: float) -> float:
    """The least probability of main text in a framed text.

    Lists of headlines look more like text where there are no spaces and no capitals,
    so such pages are cut higher.
    """
    return WIDE_CUT if wide_share > _MIN_WIDE else CUT


def best_runs(values: npt.NDArray[np.floating], change: float) -> list[bool]:
    """The lines to keep: greatest sum of their values, less the cost of changes."""
    out, kept = 0.0, -change
    from_kept: list[bool] = []
    from_out: list[bool] = []
    for value in values.tolist():
        from_kept.append(kept - change > out)
        from_out.append(out - change > kept)
        out, kept = max(out, kept - change), max(kept, out - change) + value
    state = kept > out
    keep: list[bool] = []
    for drop_came_from_kept, keep_came_from_out in zip(
        reversed(from_kept), reversed(from_out), strict=True
    ):
        keep.append(state)
        state = not keep_came_from_out if state else drop_came_from_kept
    return keep[::-1]
