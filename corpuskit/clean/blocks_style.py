"""Blocks that are marked up alike, and what is in them together.

Elements are of one style when they have the same tag and the same first word in their
classes.
"""

import re
from itertools import count

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints, numbered, spread, whole
from corpuskit.clean.blocks_view import WORDS, View

Floats = npt.NDArray[np.float32]

_WORD = re.compile(r"[A-Za-z][A-Za-z_]*")
_WORDS = re.compile(r"[^A-Za-z\0]*([A-Za-z_]*)[^\0]*\0")
STYLE = ("style_words", "style_share", "style_linked", "style_prose", "style_mean")
"""The columns that `fill_styles` fills."""


def family(names: str) -> str:
    """The first word of the classes: what elements of one kind share."""
    found = _WORD.search(names)
    return found[0] if found else ""


def families(names: list[str]) -> Ints:
    """The family of each element's classes as a number below that of the elements."""
    distinct = list(dict.fromkeys(names))
    words = _WORDS.findall("\0".join((*distinct, "")))
    if len(words) != len(distinct):
        words = list(map(family, distinct))
    places: dict[str, int] = {}
    numbers = map(places.setdefault, words, count())
    number_of = dict(zip(distinct, numbers, strict=True))
    return whole(map(number_of.__getitem__, names), len(names))


def fill_styles(view: View, rows: Floats) -> None:
    """Of all blocks of a page in elements of the style of each block's element."""
    shape, words = view.shape, view.words
    style = families(shape.names) * len(shape.codes)
    style += shape.code
    style += shape.page * (len(shape.names) * len(shape.codes))
    style = numbered(style.take(shape.owner))
    of = np.bincount(style, words).take(style)
    rows[0] = of
    rows[1] = of / spread(view.total[WORDS], view.page)
    rows[2] = np.bincount(style, words * view.linked).take(style) / of
    rows[3] = np.bincount(style, view.prose).take(style) / of
    rows[4] = of / np.bincount(style).take(style)
