"""Where the body of a page's text seems to be: in the element with the most prose."""

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints, first_in, spread
from corpuskit.clean.blocks_view import PROSE, View

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

_FARTHEST = 50
_STEPS = (("to_best", 50), ("from_h1", 60), ("from_title", 60))
_LIMITS = np.array([[limit] for _, limit in _STEPS])
_LEAST = -_LIMITS
_ABSENT = np.array([[0], [-61], [-99]], np.float32)

BODY = (
    *("in_best", *(name for name, _ in _STEPS)),
    *("score_up", "score_up2", "since_prose", "until_prose"),
)
"""The columns that `fill_body` fills."""


def fill_body(view: View, rows: Floats) -> None:
    """Where each block stands to the body, and to heading and title."""
    shape = view.shape
    score = _score(view)
    top = np.maximum.reduceat(score, shape.body)
    (best,) = (score == spread(top, shape.page)).nonzero()
    # The first of those on each page, which has one at least.
    best = best.take(best.searchsorted(shape.body))
    first, last = shape.first.take(best), shape.last.take(best)
    is_after = view.number >= spread(first, view.page)
    np.logical_and(is_after, view.number < spread(last, view.page), out=rows[0])
    _fill_steps(view, last, rows[1:4])
    highest = spread(np.maximum(top, 1), view.page)
    high = score.take(view.line[1:3])
    np.divide(high, highest, out=rows[4:6], casting="same_kind")
    _fill_since_prose(view, rows[6:8])


def _score(view: View) -> Doubles:
    """Prose just below each element, and half of the prose one step farther below."""
    _, above, above_that, _ = view.line
    size = len(view.shape.up)
    near = np.bincount(above, view.prose, size)
    far = np.bincount(above_that, 0.5 * view.prose, size)
    score: Doubles = np.add(near, far, dtype=np.float64)
    return score


def _fill_steps(view: View, last: Ints, rows: Floats) -> None:
    """Blocks until the end of the best element and from headings, up to a limit."""
    code = view.shape.codes.get("h1", -1)
    (headings,) = (view.shape.code.take(view.shape.owner) == code).nonzero()
    marks = np.empty((len(_STEPS), len(view.pages)), np.int64)
    marks[0], marks[1] = last - 1, first_in(headings, view.start)
    marks[2] = view.title_at
    marks = spread(marks, view.page)
    steps = view.number - marks
    np.negative(steps[0], out=steps[0])
    np.minimum(steps, _LIMITS, out=steps)
    np.maximum(steps, _LEAST, out=rows)
    np.copyto(rows, _ABSENT, where=marks < 0)


def _fill_since_prose(view: View, rows: Floats) -> None:
    """Blocks since the prose before each block, and until the next."""
    at, mass = view.number, view.sums[PROSE]
    # Where the mass grows to what it is after a block, and from what it is before it.
    last = mass.searchsorted(mass[1:]) - 1
    following = mass.searchsorted(mass[:-1], side="right") - 1
    rows[:] = _FARTHEST
    np.minimum(at - last, _FARTHEST, out=rows[0], where=last >= view.begin)
    np.minimum(following - at, _FARTHEST, out=rows[1], where=following < view.end)
