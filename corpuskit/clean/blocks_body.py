"""Where the body of a page's text seems to be, by three measures.

The area is the deepest element with half of the prose; the best element is the one that
most prose stands in or just below; the core is the run of sure prose in the deepest
element that holds most of it.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints, first_in, spread
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_view import PROSE, PROSE_WORDS, View

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

_OUTSIDE = int(
    Place.NAV | Place.FOOTER | Place.ASIDE | Place.DIALOG | Place.HIDDEN | Place.BUTTON
)
_UNLIKELY = int(
    Hint.COMMENT | Hint.RELATED | Hint.POPUP | Hint.NAV | Hint.SIDE | Hint.FOOTER
)
_SHARES = np.array([[0.5], [0.6]])  # of prose for the area, of sure prose for the core
_FARTHEST = 50
_STEPS = (
    *(("from_area", 50), ("to_area", 50), ("to_best", 50)),
    *(("from_core", 40), ("to_core", 40)),
    *(("from_h1", 60), ("from_title", 60)),
)
_ENDS = ("to_area", "to_best", "to_core")
_ENDS_OF_SPANS = np.array((0, 1, 3, 4, 5))  # of area, best element and core, as above
_MISSING = {"from_h1": -61, "from_title": -99}
_SIGNS = np.array([[-1 if name in _ENDS else 1] for name, _ in _STEPS])
_BEYOND = np.array([[name in _ENDS] for name, _ in _STEPS], np.int64)
_LIMITS = np.array([[limit] for _, limit in _STEPS])
_LEAST = -_LIMITS
_ABSENT = np.array([[_MISSING.get(name, 0)] for name, _ in _STEPS], np.float32)

BODY = (
    *("in_area", "in_best", "core", *(name for name, _ in _STEPS)),
    *("score_up", "score_up2", "since_prose", "until_prose", "sure", "core_share"),
)
"""The columns that `fill_body` fills."""


def fill_body(view: View, rows: Floats) -> None:
    """Where each block stands to the body, and to heading and title."""
    shape = view.shape
    score = _score(view)
    top = np.maximum.reduceat(score, shape.body)
    (best,) = (score == spread(top, shape.page)).nonzero()
    sure = _sure(view)
    spans, share = _spans(view, _first(view, best), sure)
    _fill_inside(view, spans, rows[:3])
    _fill_steps(view, spans, rows[3:10])
    highest = spread(np.maximum(top, 1), view.page)
    high = score.take(view.line[1:3])
    np.divide(high, highest, out=rows[10:12], casting="same_kind")
    _fill_since_prose(view, rows[12:14])
    np.greater(sure, 0, out=rows[14], casting="unsafe")
    rows[15] = spread(share, view.page)


def _first(view: View, elements: Ints) -> Ints:
    """The first of these elements on each page, which has one at least."""
    return elements.take(elements.searchsorted(view.shape.body))


def _score(view: View) -> Doubles:
    """Prose just below each element, and half of the prose one step farther below."""
    _, above, above_that, _ = view.line
    size = len(view.shape.up)
    near = np.bincount(above, view.prose, size)
    far = np.bincount(above_that, 0.5 * view.prose, size)
    score: Doubles = np.add(near, far, dtype=np.float64)
    return score


def _sure(view: View) -> Doubles:
    """Words of the prose that is surely text of the page."""
    shape = view.shape
    hints = shape.near | shape.around
    doubts = (shape.place & _OUTSIDE) | (hints & _UNLIKELY)
    weight = view.counts.is_ended + (view.words > 2 * PROSE_WORDS)
    weight *= doubts.take(shape.owner) == 0
    return view.prose * weight


def _spans(view: View, best: Ints, sure: Doubles) -> tuple[Ints, Doubles]:
    """Where area, best element and core of each page begin and end, with a share.

    Returns:
        First block and block after the last (3 x 2 x p), those of a page without sure
        prose for its core; how much of the prose is in the core's element (p).
    """
    shape, mass = view.shape, np.zeros(len(sure) + 1)
    sure.cumsum(out=mass[1:])
    held = np.empty((2, len(shape.up)))
    held[0] = shape.inside[PROSE]
    np.subtract(mass.take(shape.last), mass.take(shape.first), out=held[1])
    area, core = _deepest(view, held)
    share = held[1].take(core) / np.maximum(view.total[PROSE], 1)
    elements = np.empty((3, len(best)), np.int64)
    elements[0], elements[1], elements[2] = area, best, core
    spans = np.empty((3, 2, len(best)), np.int64)
    spans[:, 0], spans[:, 1] = shape.first.take(elements), shape.last.take(elements)
    # The first and the last sure block of the area are those that add to the mass.
    before, after = mass.take(spans[2])
    begin, end = mass.searchsorted(before, side="right") - 1, mass.searchsorted(after)
    spans[2] = view.start[:-1], view.start[1:]
    np.copyto(spans[2], (begin, end), where=before < after)
    return spans, share


def _deepest(view: View, held: Doubles) -> Ints:
    """The last element of each page with certain shares of what the page holds.

    Args:
        view: the pages.
        held: what each element holds of two things (2 x e).
    """
    # Elements are numbered in page order: a later one that holds most lies deeper.
    shape = view.shape
    enough = held >= spread(_SHARES * held.take(shape.body, axis=1), shape.page)
    numbers = enough * np.arange(held.shape[1])
    return np.maximum.reduceat(numbers, shape.body, axis=1)


def _fill_inside(view: View, spans: Ints, rows: Floats) -> None:
    """Whether each block is inside of each span."""
    first, end = spread(spans, view.page).swapaxes(0, 1)
    np.logical_and(first <= view.number, view.number < end, out=rows)


def _fill_steps(view: View, spans: Ints, rows: Floats) -> None:
    """Blocks from the ends of the spans and from headings, up to a limit."""
    code = view.shape.codes.get("h1", -1)
    (headings,) = (view.shape.code.take(view.shape.owner) == code).nonzero()
    ends = np.empty((len(_STEPS), len(view.pages)), np.int64)
    ends[:-2] = spans.reshape(6, -1).take(_ENDS_OF_SPANS, axis=0)
    ends[-2], ends[-1] = first_in(headings, view.start), view.title_at
    ends -= _BEYOND
    marks = spread(ends, view.page)
    steps = view.number - marks
    steps *= _SIGNS
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
