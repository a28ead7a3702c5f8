"""Blocks that are marked up alike, and what is in them together.

Elements are of one style when they have the same tag and the same first word in their
classes.
"""

import re
from collections.abc import Iterator
from itertools import chain, count

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_arrays import spread, whole
from corpuskit.clean.blocks_known import Known
from corpuskit.clean.blocks_view import WORDS, View

Floats = npt.NDArray[np.float32]

_WORD = re.compile(r"[A-Za-z][A-Za-z_]*")
STYLE = ("style_words", "style_share", "style_linked", "style_prose", "style_mean")
"""The columns that `fill_styles` fills."""


def _find_families(names: list[str]) -> Iterator[str]:
    for each in names:
        found = _WORD.search(each)
        yield found[0] if found else ""


families = Known(_find_families).of
"""The first word of each of some classes: what elements of one kind share."""


def fill_styles(view: View, rows: Floats) -> None:
    """Of all blocks of a page in elements of the style of each block's element."""
    words = view.words
    styles = map(_styles, view.pages, view.start.tolist())
    style = whole(chain.from_iterable(styles), len(words))
    of = np.bincount(style, words).take(style)
    rows[0] = of
    rows[1] = of / spread(view.total[WORDS], view.page)
    rows[2] = np.bincount(style, words * view.linked).take(style) / of
    rows[3] = np.bincount(style, view.prose).take(style) / of
    rows[4] = of / np.bincount(style).take(style)


def _styles(blocks: Blocks, start: int) -> Iterator[int]:
    """A number for the style of each block's element, that of its first block."""
    names = [blocks.names[owner] for owner in blocks.owner]
    tags = map(blocks.tag.__getitem__, blocks.owner)
    first: dict[tuple[str, str], int] = {}
    return map(first.setdefault, zip(families(names), tags, strict=True), count(start))
