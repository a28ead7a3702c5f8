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
_Span = tuple[int, int]  # first block, block after the last

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
_MISSING = {"from_h1": -61.0, "from_title": -99.0, "from_lead": -99.0}
_SIGNS = np.array([[-1 if n.startswith("to_") else 1] for n, _ in _STEPS], np.float32)
_LIMITS = np.array([[limit] for _, limit in _STEPS], np.float32)

BODY = (
    *("in_area", "in_best", "core", *(name for name, _ in _STEPS)),
    *("score_up", "score_up2", "since_prose", "until_prose", "sure", "core_share"),
)
"""The columns that `fill_body` fills."""


def fill_body(view: View, rows: Floats) -> None:
    """Where each block stands to the body, and to heading, title and lead."""
    area = _span(view, _deepest(view.inside[PROSE], _AREA_SHARE))
    score = _score(view)
    best = _span(view, int(np.argmax(score)))
    sure = _sure(view)
    core, share = _core(view, sure)
    at = np.arange(len(sure), dtype=np.float32)
    for row, (first, end) in zip(rows, (area, best, core), strict=False):
        row[:] = 0
        row[first:end] = 1
    _fill_steps(view, (area, best, core), at, rows[3:11])
    top = max(float(score.max()), 1.0)
    np.take((score / top).astype(np.float32), view.line[1:3], out=rows[11:13])
    _fill_since_prose(view, at, rows[13:15])
    np.greater(sure, 0, out=rows[15])
    rows[16] = share


def _span(view: View, element: int) -> _Span:
    return int(view.shape.first[element]), int(view.shape.last[element])


def _deepest(held: npt.NDArray[np.floating], share: float) -> int:
    """The last element that holds such a share of what the page holds."""
    # Elements are numbered in page order: a later one that holds most lies deeper.
    return int(np.flatnonzero(held >= share * held[0])[-1])


def _score(view: View) -> npt.NDArray[np.float64]:
    """Prose just below each element, and half of the prose one step farther below."""
    _, above, above_that, _ = view.line
    size = len(view.shape.up)
    near = np.bincount(above, view.prose, size)
    far = np.bincount(above_that, 0.5 * view.prose, size)
    score: npt.NDArray[np.float64] = np.add(near, far, dtype=np.float64)
    return score


def _sure(view: View) -> Floats:
    """Words of the prose that is surely text of the page."""
    shape, owner = view.shape, view.shape.owner
    weight = is_stop(view.counts.ends) + (view.words > 2 * PROSE_WORDS)
    hints = shape.near | shape.around
    is_likely = ((shape.place & _OUTSIDE) | (hints & _UNLIKELY)) == 0
    sure: Floats = view.prose * weight
    sure *= is_likely[owner]
    return sure


def _core(view: View, sure: Floats) -> tuple[_Span, float]:
    """The run of sure prose, all of the page without any, and its area's share."""
    mass = np.zeros(len(sure) + 1)
    mass[1:] = np.cumsum(sure)
    shape = view.shape
    held = mass[shape.last] - mass[shape.first]
    area = _deepest(held, _CORE_SHARE)
    first, end = _span(view, area)
    found = np.flatnonzero(sure[first:end])
    share = float(held[area]) / max(float(view.sums[PROSE, -1]), 1.0)
    if not len(found):
        return (0, len(sure)), share
    return (first + int(found[0]), first + int(found[-1]) + 1), share


def _fill_steps(
    view: View, spans: tuple[_Span, _Span, _Span], at: Floats, rows: Floats
) -> None:
    """Blocks from the ends of the spans and from headings, up to a limit."""
    area, best, core = spans
    marks = {
        "from_area": area[0],
        "to_area": area[1] - 1,
        "to_best": best[1] - 1,
        "from_core": core[0],
        "to_core": core[1] - 1,
        "from_h1": _first_h1(view),
        "from_title": view.title_at,
        "from_lead": view.lead_at,
    }
    places = np.array([marks[name] for name, _ in _STEPS], np.float32)
    np.subtract(at, places[:, None], out=rows)
    rows *= _SIGNS
    np.minimum(rows, _LIMITS, out=rows)
    np.maximum(rows, -_LIMITS, out=rows)
    for number, (name, _) in enumerate(_STEPS):
        if marks[name] < 0:
            rows[number] = _MISSING[name]


def _first_h1(view: View) -> int:
    """The first block in an `h1` itself, -1 without one."""
    tags, owner = view.blocks.tag, view.blocks.owner
    if "h1" not in view.shape.tag:
        return -1
    return next((i for i, e in enumerate(owner) if tags[e] == "h1"), -1)


def _fill_since_prose(view: View, at: Floats, rows: Floats) -> None:
    """Blocks since the prose before each block, and until the next."""
    n, is_prose = len(at), view.prose > 0
    last = np.maximum.accumulate(np.where(is_prose, at, -_FARTHEST))
    following = np.where(is_prose, at, n + _FARTHEST)
    following = np.minimum.accumulate(following[::-1])[::-1]
    np.subtract(at, last, out=rows[0])
    np.subtract(following, at, out=rows[1])
    np.minimum(rows, _FARTHEST, out=rows)
