"""The trees above the blocks: elements with text in them, seen from each block.

Elements that hold exactly the blocks of their only child count as one with it: a chain
of wrappers is one step. All arrays are per element (e values) unless said otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, count
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_arrays import Ints, is_same, numbered, spread, whole
from corpuskit.clean.blocks_hints import Hint

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_NOTHING = np.zeros(0, np.int64)
_NUMBERS = ("parent", "first", "last", "place", "hint")
_WIDEST = 0.7
_MOST_KEYS = 1 << 20
_NOT_SOCIAL = ~int(Hint.SOCIAL)


class Shape(NamedTuple):
    """Steps up from elements, and what the markup says along the way.

    Elements are numbered through all pages, each page's from its body on: `body` holds
    the bodies, one a page, `end` the elements after each page's last one, `page` the
    page of each element. `up` is the next wider element, `near` the hints of the
    element and of its wrappers, `around` those of all wider elements but the ones that
    hold most of the page, `same` the number of siblings of the same tag, `parent` the
    element just around. `code` is the tag as a number of `codes`, `kept` the number of
    the element where those without text count too, through all pages. `owner` (n
    values) is the element of each block, `first` and `last` are its first block and the
    block after its last, `size` is the number of blocks between, `inside` holds the
    sums over them (k x e).
    """

    body: Ints
    end: Ints
    page: Ints
    owner: Ints
    up: Ints
    near: Ints
    around: Ints
    same: Ints
    first: Ints
    last: Ints
    size: Ints
    inside: Doubles
    place: Ints
    parent: Ints
    code: Ints
    codes: dict[str, int]
    kept: Ints

    def tagged(self, tag: str) -> Ints:
        """The elements of this tag, in order."""
        if tag not in self.codes:
            return _NOTHING
        found: Ints = (self.code == self.codes[tag]).nonzero()[0]
        return found


def shape_of(
    pages: Sequence[Blocks],
    *,
    start: Ints,
    page: Ints,
    sums: Doubles,
    title_at: Ints,
) -> Shape:
    """The shape of pages.

    Args:
        pages: with at least one block each.
        start: the first block of each page, and the number of all.
        page: the page of each block.
        sums: words before each block and in all, and more such rows (k x n + 1).
        title_at: the block of each page's title, -1 unknown. Hints of elements that
            hold most of the page, and the title where it is known, say nothing of what
            is inside.
    """
    kept, has_blocks, table, owner = _table(pages, start, page)
    parent, first, last, place, hint = table
    page = page.take(first)
    bounds = page.searchsorted(np.arange(len(pages) + 1))
    body = bounds[:-1]
    code, codes = _coded(compress(joined(pages, "tag"), has_blocks), len(parent))
    if "blockquote" in codes:
        # A message shown from a social network is a quote.
        hint[code == codes["blockquote"]] &= _NOT_SOCIAL
    size = last - first
    wraps = size == size.take(parent)
    outer, near = _unwrapped(parent, wraps, hint, body)
    up = parent.take(outer)
    inside = sums.take(last, axis=1) - sums.take(first, axis=1)
    words, title = inside[0], spread(title_at, page)
    wide = words > spread(_WIDEST * words.take(body), page)
    wide &= (title < 0) | ((first <= title) & (title < last))
    seen = np.where(wraps | wide.take(parent), 0, near.take(parent))
    return Shape(
        body=body,
        end=bounds[1:],
        page=page,
        owner=owner,
        up=up,
        near=near,
        around=_collected(seen.take(outer), up),
        same=_counted(parent, code, n_codes=len(codes)),
        first=first,
        last=last,
        size=size,
        inside=inside,
        place=place,
        parent=parent,
        code=code,
        codes=codes,
        kept=kept,
    )


def _table(
    pages: Sequence[Blocks], start: Ints, page: Ints
) -> tuple[Ints, bytes, Ints, Ints]:
    """The elements with blocks in them, numbered through all pages.

    Returns:
        Their numbers among all elements; for every element 1 where it has blocks, else
        0; five rows of numbers of those that have; the element of each block.
    """
    sizes = [len(blocks.tag) for blocks in pages]
    begin = list(accumulate(sizes, initial=0))
    table = whole(joined(pages, *_NUMBERS), len(_NUMBERS) * begin.pop())
    table = table.reshape(len(_NUMBERS), -1)
    owner = whole(joined(pages, "owner"), len(page))
    has_blocks = table[2] > table[1]
    (kept,) = has_blocks.nonzero()
    table = table.take(kept, axis=1)
    if len(pages) > 1:
        offsets = np.array((begin, start[:-1], start[:-1]))
        table[:3] += offsets.repeat(sizes, axis=1).take(kept, axis=1)
        owner = owner + offsets[0].take(page)
    numbers = has_blocks.cumsum()
    numbers -= 1
    table[0] = numbers.take(table[0])
    return kept, has_blocks.tobytes(), table, numbers.take(owner)


def joined(pages: Sequence[Blocks], *names: str) -> list[Any]:
    """What is in lists of all pages, those of one name after those of another."""
    found: list[Any] = []
    for name in names:
        for blocks in pages:
            found += getattr(blocks, name)
    return found


def _coded(tags: Iterable[str], number: int) -> tuple[Ints, dict[str, int]]:
    """So many tags as numbers, and the number of each."""
    codes: defaultdict[str, int] = defaultdict(count().__next__)
    return whole(map(codes.__getitem__, tags), number), dict(codes)


def _unwrapped(parent: Ints, wraps: Flags, hint: Ints, body: Ints) -> tuple[Ints, Ints]:
    """The outermost wrappers, and the hints of elements and their wrappers.

    A body's own hints are not those of what it wraps. Chains are followed in strides
    that double.
    """
    outer = np.where(wraps, parent, np.arange(len(parent)))
    near = hint.copy()
    near[body] = 0
    while True:
        near |= near.take(outer)
        farther = outer.take(outer)
        if is_same(farther, outer):
            break
        outer = farther
    near[body] = hint[body]
    return outer, near


def _collected(bits: Ints, up: Ints) -> Ints:
    """The bits of each element and of all wider ones; bodies have none."""
    while True:
        bits |= bits.take(up)
        farther = up.take(up)
        if is_same(farther, up):
            return bits
        up = farther


def _counted(parent: Ints, code: Ints, *, n_codes: int) -> Ints:
    """How many elements have the parent and the tag of each."""
    keys = parent * n_codes + code
    if len(parent) * n_codes > _MOST_KEYS:
        keys = numbered(keys)
    return np.bincount(keys).take(keys)
