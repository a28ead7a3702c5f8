"""A page as arrays: sums over its blocks, the tree above them, where its head returns.

Made once a page; every family of columns reads it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_anchors import find_lead, find_title
from corpuskit.clean.blocks_cues import find_cues
from corpuskit.clean.blocks_shape import Shape, shape_of
from corpuskit.clean.blocks_words import Counts, count_classes
from corpuskit.clean.meta import Fields

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

PROSE_WORDS = 12.0
_MOST_LINKED = 0.4
WORDS, LINKED, PROSE, STOPS = range(4)
MARGIN = 10
"""Blocks beside the page, all empty, so that windows need not end with it."""


@dataclass(frozen=True, slots=True)
class View:
    """A page of n blocks and e elements as arrays.

    `wide_sums` holds what stands before each block, and in all, one row each for words,
    linked words, words of prose and sentence ends (4 x n + 1), with a margin at both
    ends. `inside` holds the same for the blocks inside of each element (4 x e). `line`
    is the element of each block and the three next wider ones (4 x n).
    """

    blocks: Blocks
    counts: Counts
    shape: Shape
    words: Floats
    linked: Floats
    prose: Floats
    cues: list[int]
    wide_sums: Floats
    inside: Floats
    line: Ints
    title_at: int
    lead_at: int
    kinds: tuple[str, ...]

    @property
    def sums(self) -> Floats:
        """The sums without their margins."""
        return self.wide_sums[:, MARGIN:-MARGIN]


_SILENT = Fields()


def view_of(blocks: Blocks, fields: Fields = _SILENT) -> View:
    """The arrays of a page with at least one block, and where its head is repeated."""
    counts = count_classes(blocks.text)
    words, n = counts.words, len(blocks)
    linked = np.array(blocks.n_linked, np.float32) / counts.chars
    prose = words * ((words >= PROSE_WORDS) & (linked < _MOST_LINKED))
    wide_sums = np.zeros((4, n + 1 + 2 * MARGIN), np.float32)
    sums = wide_sums[:, MARGIN:-MARGIN]
    rows = np.array((words, words * linked, prose, counts.stops), np.float32)
    np.cumsum(rows, axis=1, out=sums[:, 1:])
    wide_sums[:, -MARGIN:] = sums[:, -1:]
    title_at = find_title(blocks, fields.title)
    shape = shape_of(blocks, sums[WORDS], title_at=title_at)
    return View(
        blocks=blocks,
        counts=counts,
        shape=shape,
        words=words,
        linked=linked,
        prose=prose,
        cues=find_cues(blocks.text),
        wide_sums=wide_sums,
        inside=sums.take(shape.last, axis=1) - sums.take(shape.first, axis=1),
        line=_line(shape),
        title_at=title_at,
        lead_at=find_lead(blocks, fields.description),
        kinds=fields.kinds,
    )


def _line(shape: Shape) -> Ints:
    line = np.empty((4, len(shape.owner)), np.int64)
    line[0] = shape.owner
    for level in (1, 2, 3):
        line[level] = shape.up[line[level - 1]]
    return line
