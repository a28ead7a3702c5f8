"""Where the body of a page's text seems to be, by three measures.

The area is the deepest element with half of the prose; the best element is the one that
most prose stands in or just below; the core is the run of sure prose in the deepest
element that holds most of it.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_view import PROSE, PROSE_WORDS, View
from corpuskit.clean.blocks_words import is_stop

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_Spans = Ints  # the first blocks, and the blocks after the last ones: 2 x pages

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
    *(("from_h1", 60), ("from_title", 60), ("from_lead", 60)),
)
_MISSING = {"from_h1": -61, "from_title": -99, "from_lead": -99}
_SIGNS = np.array([[-1 if name.startswith("to_") else 1] for name, _ in _STEPS])
_LIMITS = np.array([[limit] for _, limit in _STEPS])
_ABSENT = np.array([[_MISSING.get(name, 0)] for name, _ in _STEPS], np.float32)

BODY = (
    *("in_area", "in_best", "core", *(name for name, _ in _STEPS)),
    *("score_up", "score_up2", "since_prose", "until_prose", "sure", "core_share"),
)
"""The columns that `fill_body` fills."""


def fill_body(view: View, rows: Floats) -> None:
    """Where each block stands to the body, and to heading, title and lead."""
    shape, page = view.shape, view.page
    area = _span(view, _deepest(view, view.inside[PROSE], _AREA_SHARE))
    score = _score(view)
    top = np.maximum.reduceat(score, shape.body)
    best = _span(view, _first(view, (score == top[shape.page]).nonzero()[0]))
    sure = _sure(view)
    core, share = _core(view, sure)
    for row, span in zip(rows, (area, best, core), strict=False):
        first, end = span[:, page]
        np.logical_and(first <= view.number, view.number < end, out=row)
    _fill_steps(view, (area, best, core), rows[3:11])
    high = (score / np.maximum(top, 1)[shape.page]).astype(np.float32)
    high.take(view.line[1:3], out=rows[11:13], mode="clip")
    _fill_since_prose(view, rows[13:15])
    np.greater(sure, 0, out=rows[15], casting="unsafe")
    rows[16] = share[page]


def _span(view: View, elements: Ints) -> _Spans:
    return np.array((view.shape.first[elements], view.shape.last[elements]))


def _first(view: View, elements: Ints) -> Ints:
    """The first of these elements on each page, which has one at least."""
    return elements[elements.searchsorted(view.shape.body)]


def _deepest(view: View, held: Doubles, share: float) -> Ints:
    """The last element of each page with such a share of what the page holds."""
    # Elements are numbered in page order: a later one that holds most lies deeper.
    body = view.shape.body
    (enough,) = (held >= share * held[body][view.shape.page]).nonzero()
    after = enough.searchsorted(body[1:])
    return np.concatenate((enough[after - 1], enough[-1:]))


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
    shape, owner = view.shape, view.shape.owner
    weight = is_stop(view.counts.ends) + (view.words > 2 * PROSE_WORDS)
    hints = shape.near | shape.around
    is_likely = ((shape.place & _OUTSIDE) | (hints & _UNLIKELY)) == 0
    sure: Doubles = view.prose * weight
    sure *= is_likely[owner]
    return sure


def _core(view: View, sure: Doubles) -> tuple[_Spans, Doubles]:
    """The run of sure prose, all of a page without any, and its area's share."""
    mass = np.zeros(len(sure) + 1)
    sure.cumsum(out=mass[1:])
    shape = view.shape
    held = mass[shape.last] - mass[shape.first]
    area = _deepest(view, held, _CORE_SHARE)
    share = held[area] / np.maximum(view.total[PROSE], 1)
    # The area begins and ends with its page where nothing is sure.
    (found,) = sure.nonzero()
    low, high = found.searchsorted(_span(view, area))
    core = np.array((view.start[:-1], view.start[1:]))
    some = (low < high).nonzero()
    core[0, some] = found[low[some]]
    core[1, some] = found[high[some] - 1] + 1
    return core, share


def _fill_steps(view: View, spans: tuple[_Spans, _Spans, _Spans], rows: Floats) -> None:
    """Blocks from the ends of the spans and from headings, up to a limit."""
    area, best, core = spans
    headings = np.zeros(len(view.shape.code), np.bool_)
    headings[view.shape.tagged("h1")] = True
    marks = np.array(
        (
            *(area[0], area[1] - 1, best[1] - 1, core[0], core[1] - 1),
            view.first_of(headings[view.shape.owner].nonzero()[0]),
            *(view.title_at, view.lead_at),
        )
    )
    marks = marks[:, view.page]
    steps = (view.number - marks) * _SIGNS
    np.minimum(steps, _LIMITS, out=steps)
    np.maximum(steps, -_LIMITS, out=rows)
    np.copyto(rows, _ABSENT, where=marks < 0)


def _fill_since_prose(view: View, rows: Floats) -> None:
    """Blocks since the prose before each block, and until the next."""
    at, is_prose = view.number, view.prose > 0
    last = np.maximum.accumulate(np.where(is_prose, at, -1))
    following = np.where(is_prose, at, len(at))
    following = np.minimum.accumulate(following[::-1])[::-1]
    rows[:] = _FARTHEST
    np.minimum(at - last, _FARTHEST, out=rows[0], where=last >= view.begin)
    np.minimum(following - at, _FARTHEST, out=rows[1], where=following < view.end)
