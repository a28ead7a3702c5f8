"""What stays or goes by the text around it: tables, code and quotes.

A cell with a number, or a line of code, looks like no text; between two paragraphs of
an article it belongs to them. Cells of one table, as terms and what is said of them,
share one opinion.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints
from corpuskit.clean.blocks_view import View

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

_SHARING = ("table", "dl")
_TAGS = (*_SHARING, "pre", "blockquote")
_BESIDE = 0.6  # how much the less likely one of the two neighbours counts
_LEAST_CELLS = 3
_MOST_WORDS = 12.0  # of a cell on average: with more it is layout
_HEAVIEST = 100.0


def with_wholes(probabilities: Floats, view: View) -> Floats:
    """The probabilities of blocks, those in tables, code and quotes seen as a whole.

    All cells of a table get their mean, which weighs their words. None of these blocks
    gets less than the text before and after lends it.
    """
    elements = np.concatenate([view.shape.tagged(tag) for tag in _TAGS])
    if not len(elements):
        return probabilities
    elements.sort()
    element = _innermost(elements, view)
    (held,) = (element >= 0).nonzero()
    element = element.take(held)
    chance = probabilities.take(held)
    weight = view.words.take(held).clip(1, _HEAVIEST)
    number, mass = np.bincount(element), np.bincount(element, weight)
    mean = np.bincount(element, weight * chance) / np.maximum(mass, 1)
    size = len(mean)  # the last ones may hold nothing but others
    floor = mean + _BESIDE * (_beside(probabilities, view, elements[:size]) - mean)
    code = view.shape.code.take(elements[:size])
    codes = [view.shape.codes.get(tag, -1) for tag in _SHARING]
    is_sharing = (code == codes[0]) | (code == codes[1])
    is_data = (number >= _LEAST_CELLS) & (mass <= _MOST_WORDS * number)
    floor[is_sharing & ~is_data] = 0
    is_shared = (is_sharing & is_data).take(element)
    chance = np.where(is_shared, mean.take(element), chance)
    found = probabilities.copy()
    found[held] = np.maximum(chance, floor.take(element))
    return found


def _innermost(elements: Ints, view: View) -> Ints:
    """The number of the innermost of some elements around each block, -1 for none."""
    found = np.full(len(view.words), -1)
    first, last = view.shape.first.take(elements), view.shape.last.take(elements)
    # In page order: an inner one comes after the one around it.
    spans = zip(first.tolist(), last.tolist(), strict=True)
    for number, (begin, end) in enumerate(spans):
        found[begin:end] = number
    return found


def _beside(probabilities: Floats, view: View, elements: Ints) -> Doubles:
    """The smaller one of the probabilities just before and just after each element."""
    shape = view.shape
    first, last = shape.first.take(elements), shape.last.take(elements)
    page = shape.page.take(elements)
    is_inside = (first > view.start.take(page)) & (last < view.start.take(page + 1))
    before = probabilities.take(first - 1, mode="clip")
    after = probabilities.take(last, mode="clip")
    return np.where(is_inside, np.minimum(before, after), 0.0)
