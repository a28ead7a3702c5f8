"""Where the text of a page seems to be as a whole, for pages that may be no articles.

The area is the deepest element with half of the prose; the core is the run of sure
prose in the deepest element that holds most of it.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints, spread
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
_LIMITS = np.array([50, 50, 40, 40])[:, None]
_LEAST = -_LIMITS
_SIGNS = np.array([1, -1, 1, -1])[:, None]
_BEYOND = np.array([0, 1, 0, 1])[:, None]
AREA = (
    *("in_area", "core", "from_area", "to_area", "from_core", "to_core"),
    *("sure", "core_share"),
)
"""The columns that `fill_area` fills."""


def fill_area(view: View, rows: Floats) -> None:
    """Where each block stands to the area and the core of its page."""
    sure = _sure(view)
    spans, share = _spans(view, sure)
    first, end = spread(spans, view.page).swapaxes(0, 1)
    np.logical_and(first <= view.number, view.number < end, out=rows[:2])
    ends = spans.reshape(4, -1) - _BEYOND
    marks = spread(ends, view.page)
    steps = view.number - marks
    steps *= _SIGNS
    np.minimum(steps, _LIMITS, out=steps)
    np.maximum(steps, _LEAST, out=rows[2:6])
    np.greater(sure, 0, out=rows[6], casting="unsafe")
    rows[7] = spread(share, view.page)


def _sure(view: View) -> Doubles:
    """Words of the prose that is surely text of the page."""
    shape = view.shape
    hints = shape.near | shape.around
    doubts = (shape.place & _OUTSIDE) | (hints & _UNLIKELY)
    weight = view.counts.is_ended + (view.words > 2 * PROSE_WORDS)
    weight *= doubts.take(shape.owner) == 0
    return view.prose * weight


def _spans(view: View, sure: Doubles) -> tuple[Ints, Doubles]:
    """Where area and core of each page begin and end, with a share.

    Returns:
        First block and block after the last (2 x 2 x p), those of a page without sure
        prose for its core; how much of the prose is in the core's element (p).
    """
    shape, mass = view.shape, np.zeros(len(sure) + 1)
    sure.cumsum(out=mass[1:])
    held = np.empty((2, len(shape.up)))
    held[0] = shape.inside[PROSE]
    np.subtract(mass.take(shape.last), mass.take(shape.first), out=held[1])
    elements = _deepest(view, held)
    share = held[1].take(elements[1]) / np.maximum(view.total[PROSE], 1)
    spans = np.empty((2, 2, elements.shape[1]), np.int64)
    spans[:, 0], spans[:, 1] = shape.first.take(elements), shape.last.take(elements)
    # The first and the last sure block of the area are those that add to the mass.
    before, after = mass.take(spans[1])
    begin, end = mass.searchsorted(before, side="right") - 1, mass.searchsorted(after)
    spans[1] = view.start[:-1], view.start[1:]
    np.copyto(spans[1], (begin, end), where=before < after)
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
