"""Pages as arrays: sums over their blocks, the trees above them, where heads return.

Several pages are worked out together, as a page has too few blocks to keep numpy busy.
The arrays hold the blocks, and the elements, of one page after those of another; what
is worked out of a page does not depend on the pages beside it. Made once a batch; every
family of columns reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_anchors import find_lead, find_title
from corpuskit.clean.blocks_cues import find_cues
from corpuskit.clean.blocks_shape import Shape, shape_of
from corpuskit.clean.blocks_words import Counts, count_classes
from corpuskit.clean.meta import Fields

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PROSE_WORDS = 12.0
_MOST_LINKED = 0.4
WORDS, LINKED, PROSE, STOPS = range(4)
_PARTS_OF_ONE = 2.0**20


@dataclass(frozen=True, slots=True)
class View:
    """Pages of n blocks and e elements in all as arrays.

    Blocks and elements are numbered through all pages. `start` holds the first block of
    each page and n, `number` the numbers of the blocks, `page` the page of each, and
    `begin` and `end` its first block and the block after its last.
    `sums` holds what stands before each block, and in all, one row each for words,
    linked words, words of prose and sentence ends (4 x n + 1), `inside` the same for
    the blocks inside of each element (4 x e), `total` for each page. `line` is the
    element of each block and the three next wider ones (4 x n). `title_at` and
    `lead_at` are blocks, one a page, -1 for none.
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
    cues: list[int]
    sums: Doubles
    inside: Doubles
    total: Doubles
    line: Ints
    title_at: Ints
    lead_at: Ints
    kinds: list[tuple[str, ...]]

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

    def first_of(self, blocks: Ints) -> Ints:
        """The first of these blocks on each page, which are in order; -1 for none."""
        return first_in(blocks, self.start)


def first_in(numbers: Ints, start: Ints) -> Ints:
    """For ranges that begin at `start` and end with the next, the first number inside.

    Args:
        numbers: in order.
        start: the beginning of each range, and the end of the last.

    Returns:
        A number a range, -1 where none is inside.
    """
    bounds = numbers.searchsorted(start)
    low, high = bounds[:-1], bounds[1:]
    found = np.full(len(low), -1)
    some = (low < high).nonzero()
    found[some] = numbers[low[some]]
    return found


def view_of(pages: Sequence[Blocks], fields: Sequence[Fields]) -> View:
    """The arrays of pages with at least one block each, and what their heads say.

    Args:
        pages: the blocks of each page.
        fields: what each page says about itself.
    """
    texts = list(chain.from_iterable(blocks.text for blocks in pages))
    start = np.zeros(len(pages) + 1, np.int64)
    sizes = np.array([len(blocks) for blocks in pages])
    sizes.cumsum(out=start[1:])
    page = np.arange(len(pages)).repeat(sizes)
    counts = count_classes(texts)
    linked = np.fromiter(chain.from_iterable(b.n_linked for b in pages), np.float32)
    linked /= counts.chars
    sums, prose = _sums(counts, linked)
    both = list(zip(pages, fields, strict=True))
    title_at = _through(start, [find_title(b, f.title) for b, f in both])
    lead_at = _through(start, [find_lead(b, f.description) for b, f in both])
    shape = shape_of(pages, start, sums[WORDS], title_at=title_at)
    return View(
        pages=pages,
        texts=texts,
        counts=counts,
        shape=shape,
        start=start,
        page=page,
        number=np.arange(len(texts)),
        begin=start[page],
        end=start[1:][page],
        linked=linked,
        prose=prose,
        cues=find_cues(texts),
        sums=sums,
        inside=sums.take(shape.last, axis=1) - sums.take(shape.first, axis=1),
        total=sums[:, start[1:]] - sums[:, start[:-1]],
        line=_line(shape),
        title_at=title_at,
        lead_at=lead_at,
        kinds=[one.kinds for one in fields],
    )


def _through(start: Ints, places: list[int]) -> Ints:
    """Blocks numbered through all pages, from their places in each; -1 stays."""
    found = np.array(places)
    return np.where(found < 0, found, found + start[:-1])


def _sums(counts: Counts, linked: Floats) -> tuple[Doubles, Doubles]:
    """What stands before each block and in all (4 x n + 1), and the words of prose.

    Numbers are rounded to a small power of two, so that sums are exact: those of a page
    must not depend on what came before.
    """
    words = counts.words
    is_prose = (words >= PROSE_WORDS) & (linked < _MOST_LINKED)
    rows = np.array((words, words * linked, words * is_prose, counts.stops), np.float64)
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
        line[level] = shape.up[line[level - 1]]
    return line
