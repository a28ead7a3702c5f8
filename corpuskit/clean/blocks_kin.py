"""Repeated structure: cards, comments, teasers, and blocks that are marked up alike.

Elements are of one style when they have the same tag and the same first word in their
classes. Siblings of one style are kin; the innermost element with a few blocks that has
kin enough is the unit of the blocks in it.
"""

import re
from itertools import count

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints, is_same, numbered, spread, whole
from corpuskit.clean.blocks_view import LINKED, WORDS, View

Floats = npt.NDArray[np.float32]

_FEWEST = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z_]*")
_WORDS = re.compile(r"[^A-Za-z\0]*([A-Za-z_]*)[^\0]*\0")
KIN = (
    *("kin_number", "kin_share", "kin_linked", "kin_blocks"),
    *("style_words", "style_share", "style_linked", "style_prose", "style_mean"),
)
"""The columns that `fill_kin` fills."""


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


def fill_kin(view: View, rows: Floats) -> None:
    """What is repeated around each block; -1 for blocks outside of any unit."""
    shape = view.shape
    style = families(shape.names) * len(shape.codes)
    style += shape.code
    n_styles = len(shape.names) * len(shape.codes)
    _fill_units(view, numbered(shape.parent * n_styles + style), rows[:4])
    style += shape.page * n_styles
    _fill_styles(view, numbered(style.take(shape.owner)), rows[4:])


def _fill_units(view: View, kin: Ints, rows: Floats) -> None:
    """Of the kin of each block's unit together: their number and what they hold."""
    shape = view.shape
    number = np.bincount(kin)
    unit = _units(view, number.take(kin) >= _FEWEST).take(shape.owner)
    of = kin.take(unit)
    number = number.take(of)
    words = np.bincount(kin, shape.inside[WORDS]).take(of)
    rows[0] = number
    rows[1] = words / spread(view.total[WORDS], view.page)
    rows[2] = np.bincount(kin, shape.inside[LINKED]).take(of) / words
    rows[3] = np.bincount(kin, shape.size).take(of) / number
    np.copyto(rows, -1, where=unit == spread(shape.body, view.page))


def _units(view: View, is_repeated: npt.NDArray[np.bool_]) -> Ints:
    """The unit of each element; a body has no kin and stands for none."""
    shape = view.shape
    is_one = is_repeated & (shape.size > 1)
    unit = np.where(is_one, np.arange(len(is_one)), shape.parent)
    unit[shape.body] = shape.body
    # Units and bodies lead to themselves; steps up are joined till all end there.
    while True:
        further = unit.take(unit)
        if is_same(further, unit):
            return unit
        unit = further


def _fill_styles(view: View, style: Ints, rows: Floats) -> None:
    """Of all blocks of a page in elements of the style of each block's element."""
    words = view.words
    of = np.bincount(style, words).take(style)
    rows[0] = of
    rows[1] = of / spread(view.total[WORDS], view.page)
    rows[2] = np.bincount(style, words * view.linked).take(style) / of
    rows[3] = np.bincount(style, view.prose).take(style) / of
    rows[4] = of / np.bincount(style).take(style)
