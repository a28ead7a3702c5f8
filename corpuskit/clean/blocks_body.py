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
_Span = tuple[Ints, Ints]  # of each page, the first block and that after the last

_OUTSIDE = int(
    Place.NAV | Place.FOOTER | Place.ASIDE | Place.DIALOG | Place.HIDDEN | Place.BUTTON
)
_UNLIKELY = int(
    Hint.COMMENT | Hint.RELATED | Hint.POPUP | Hint.NAV | Hint.SIDE | Hint.FOOTER
)
_AREA_SHARE, _CORE_SHARE = 0.5, 0.6
_FARTHEST = 50
_STEPS = (
    *(("from_area", 50), ("to_area", 50), ("to_best", 50)),
    *(("from_core", 40), ("to_core", 40)),
    *(("from_h1", 60), ("from_title", 60)),
)
_ENDS = ("to_area", "to_best", "to_core")
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
    area = _span(view, _deepest(view, shape.inside[PROSE], _AREA_SHARE))
    score = _score(view)
    top = np.maximum.reduceat(score, shape.body)
    is_best = score == spread(top, shape.page)
    best = _span(view, _first(view, is_best.nonzero()[0]))
    sure = _sure(view)
    core, share = _core(view, sure)
    spans = np.array((area, best, core))
    _fill_inside(view, spans, rows[:3])
    _fill_steps(view, spans, rows[3:10])
    highest = spread(np.maximum(top, 1), view.page)
    high = score.take(view.line[1:3])
    np.divide(high, highest, out=rows[10:12], casting="same_kind")
    _fill_since_prose(view, rows[12:14])
    np.greater(sure, 0, out=rows[14], casting="unsafe")
    rows[15] = spread(share, view.page)


def _span(view: View, elements: Ints) -> _Span:
    return view.shape.first.take(elements), view.shape.last.take(elements)


def _first(view: View, elements: Ints) -> Ints:
    """The first of these elements on each page, which has one at least."""
    return elements.take(elements.searchsorted(view.shape.body))


def _deepest(view: View, held: Doubles, share: float) -> Ints:
    """The last element of each page with such a share of what the page holds."""
    # Elements are numbered in page order: a later one that holds most lies deeper.
    shape = view.shape
    enough = held >= spread(share * held.take(shape.body), shape.page)
    (found,) = enough.nonzero()
    return found.take(found.searchsorted(shape.end) - 1)


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


def _core(view: View, sure: Doubles) -> tuple[_Span, Doubles]:
    """The run of sure prose, all of a page without any, and its area's share."""
    shape, mass = view.shape, np.zeros(len(sure) + 1)
    sure.cumsum(out=mass[1:])
    held = mass.take(shape.last) - mass.take(shape.first)
    area = _deepest(view, held, _CORE_SHARE)
    share = held.take(area) / np.maximum(view.total[PROSE], 1)
    # The first and the last sure block of the area are those that add to the mass.
    before, after = (mass.take(ends) for ends in _span(view, area))
    begin, end = mass.searchsorted(before, side="right") - 1, mass.searchsorted(after)
    is_sure = before < after
    begin = np.where(is_sure, begin, view.start[:-1])
    return (begin, np.where(is_sure, end, view.start[1:])), share


def _fill_inside(view: View, spans: Ints, rows: Floats) -> None:
    """Whether each block is inside of each span."""
    first, end = spread(spans, view.page).transpose(1, 0, 2)
    np.logical_and(first <= view.number, view.number < end, out=rows)


def _fill_steps(view: View, spans: Ints, rows: Floats) -> None:
    """Blocks from the ends of the spans and from headings, up to a limit."""
    code = view.shape.codes.get("h1", -1)
    (headings,) = (view.shape.code.take(view.shape.owner) == code).nonzero()
    (area, area_end), (_, best_end), (core, core_end) = spans
    h1 = first_in(headings, view.start)
    ends = (area, area_end, best_end, core, core_end, h1, view.title_at)
    marks = spread(np.array(ends) - _BEYOND, view.page)
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
