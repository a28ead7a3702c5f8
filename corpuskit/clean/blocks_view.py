"""Pages as arrays: sums over their blocks, the trees above them, where titles stand.

Several pages are worked out together, as a page has too few blocks to keep numpy busy.
The arrays hold the blocks, and the elements, of one page after those of another; what
is worked out of a page does not depend on the pages beside it. Made once a batch; every
family of columns reads it.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_anchors import find_title
from corpuskit.clean.blocks_arrays import Ints, spread, whole
from corpuskit.clean.blocks_cues import find_cues
from corpuskit.clean.blocks_shape import Shape, joined, shape_of
from corpuskit.clean.blocks_words import Counts, count_classes
from corpuskit.clean.meta import Fields

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

PROSE_WORDS = 12.0
_MOST_LINKED = 0.4
WORDS, LINKED, PROSE, STOPS = range(4)
_PARTS_OF_ONE = 2.0**20


class View(NamedTuple):
    """Pages of n blocks and e elements in all as arrays.

    Blocks and elements are numbered through all pages. `start` holds the first block of
    each page and n, `number` the numbers of the blocks, `page` the page of each, and
    `begin` and `end` its first block and the block after its last: one number if there
    is one page.
    `sums` holds what stands before each block, and in all, one row each for words,
    linked words, words of prose and sentence ends (4 x n + 1), `total` the same for
    each page. `line` is the element of each block and the three next wider ones
    (4 x n). `title_at` holds a block a page, -1 for none, and `fields` what their heads
    say.
    """

    pages: Sequence[Blocks]
    texts: list[str]
    counts: Counts
    shape: Shape
    start: Ints
    page: Ints
    number: Ints
    begin: Ints
    end: Ints
    linked: Floats
    prose: Doubles
    cues: Ints
    sums: Doubles
    total: Doubles
    line: Ints
    title_at: Ints
    fields: Sequence[Fields]

    @property
    def words(self) -> Floats:
        """The words of each block."""
        return self.counts.words

    def blocks_of(self, page: int) -> slice:
        """Where the blocks of a page stand."""
        return slice(int(self.start[page]), int(self.start[page + 1]))

    def titles(self) -> list[int]:
        """The place of each page's title in its page; -1 for none."""
        found = np.where(self.title_at < 0, -1, self.title_at - self.start[:-1])
        return [int(at) for at in found]


def view_of(pages: Sequence[Blocks], fields: Sequence[Fields]) -> View:
    """The arrays of pages with at least one block each, and what their heads say.

    Args:
        pages: the blocks of each page.
        fields: what each page says about itself.
    """
    texts: list[str] = joined(pages, "text")
    n = len(texts)
    sizes = [len(blocks) for blocks in pages]
    start = np.array((0, *accumulate(sizes)))
    page = np.arange(len(pages)).repeat(sizes)
    counts = count_classes(texts)
    linked = whole(joined(pages, "n_linked"), n).astype(np.float32)
    linked /= counts.chars
    sums, prose = _sums(counts, linked)
    both = zip(pages, fields, strict=True)
    title_at = _through(start, (find_title(b, f.title) for b, f in both))
    shape = shape_of(pages, start=start, page=page, sums=sums, title_at=title_at)
    return View(
        pages=pages,
        texts=texts,
        counts=counts,
        shape=shape,
        start=start,
        page=page,
        number=np.arange(n),
        begin=spread(start[:-1], page),
        end=spread(start[1:], page),
        linked=linked,
        prose=prose,
        cues=whole(find_cues(texts), n),
        sums=sums,
        total=shape.inside.take(shape.body, axis=1),
        line=_line(shape),
        title_at=title_at,
        fields=fields,
    )


def _through(start: Ints, places: Iterable[int]) -> Ints:
    """Blocks numbered through all pages, from their places in each; -1 stays."""
    found = zip(places, start.tolist(), strict=False)
    return np.array([place if place < 0 else first + place for place, first in found])


def _sums(counts: Counts, linked: Floats) -> tuple[Doubles, Doubles]:
    """What stands before each block and in all (4 x n + 1), and the words of prose.

    Numbers are rounded to a small power of two, so that sums are exact: those of a page
    must not depend on what came before.
    """
    words = counts.words
    is_prose = (words >= PROSE_WORDS) & (linked < _MOST_LINKED)
    rows = np.empty((4, len(words)))
    rows[WORDS], rows[LINKED] = words, words * linked
    rows[PROSE], rows[STOPS] = words * is_prose, counts.stops
    rows *= _PARTS_OF_ONE
    np.rint(rows, out=rows)
    rows /= _PARTS_OF_ONE
    sums = np.zeros((len(rows), len(words) + 1))
    rows.cumsum(axis=1, out=sums[:, 1:])
    return sums, rows[PROSE]


def _line(shape: Shape) -> Ints:
    line = np.empty((4, len(shape.owner)), np.int64)
    line[0] = shape.owner
    for level in (1, 2, 3):
        shape.up.take(line[level - 1], out=line[level], mode="clip")
    return line
