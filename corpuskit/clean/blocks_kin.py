"""Repeated structure: cards, comments, teasers, and blocks that are marked up alike.

Elements are of one style when they have the same tag and the same first word in their
classes. Siblings of one style are kin; the innermost element with a few blocks that has
kin enough is the unit of the blocks in it.
"""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_view import LINKED, WORDS, View

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_FEWEST = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z_]*")
KIN = (
    *("kin_number", "kin_share", "kin_linked", "kin_blocks"),
    *("style_words", "style_share", "style_linked", "style_prose", "style_mean"),
)
"""The columns that `fill_kin` fills."""


@lru_cache(maxsize=1 << 13)
def family(names: str) -> str:
    """The first word of the classes: what elements of one kind share."""
    found = _WORD.search(names)
    return found[0] if found else ""


def fill_kin(view: View, rows: Floats) -> None:
    """What is repeated around each block; -1 for blocks outside of any unit."""
    shape = view.shape
    numbers: dict[tuple[str, str], int] = {}
    families = map(family, shape.names)
    style = np.array(
        [
            numbers.setdefault(k, len(numbers))
            for k in zip(shape.tag, families, strict=True)
        ]
    )
    _, kin = np.unique(shape.parent * len(numbers) + style, return_inverse=True)
    _fill_units(view, kin, _units(view, kin)[shape.owner], rows[:4])
    style += shape.page * len(numbers)
    _fill_styles(view, style[shape.owner], rows[4:])


def _units(view: View, kin: Ints) -> Ints:
    """The unit of each element; a body has no kin and stands for none."""
    several = view.shape.last - view.shape.first > 1
    is_one = several & (np.bincount(kin)[kin] >= _FEWEST)
    unit = np.where(is_one, np.arange(len(kin)), view.shape.parent)
    unit[view.shape.body] = view.shape.body
    # Units and bodies lead to themselves; steps up are joined till all end there.
    while True:
        further = unit[unit]
        if (further == unit).all():
            return unit
        unit = further


def _fill_units(view: View, kin: Ints, unit: Ints, rows: Floats) -> None:
    """Of the kin of each block's unit together: their number and what they hold."""
    number = np.bincount(kin)
    words = np.bincount(kin, view.inside[WORDS])
    linked = np.bincount(kin, view.inside[LINKED])
    blocks = np.bincount(kin, view.shape.last - view.shape.first)
    of = kin[unit]
    rows[0] = number[of]
    rows[1] = words[of] / view.total[WORDS][view.page]
    rows[2] = linked[of] / words[of]
    rows[3] = blocks[of] / number[of]
    rows[:, unit == view.shape.body[view.page]] = -1


def _fill_styles(view: View, style: Ints, rows: Floats) -> None:
    """Of all blocks of a page in elements of the style of each block's element."""
    of = np.bincount(style, view.words)[style]
    rows[0] = of
    rows[1] = of / view.total[WORDS][view.page]
    rows[2] = np.bincount(style, view.words * view.linked)[style] / of
    rows[3] = np.bincount(style, view.prose)[style] / of
    rows[4] = of / np.bincount(style)[style]
