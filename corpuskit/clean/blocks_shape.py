"""The trees above the blocks: elements with text in them, seen from each block.

Elements that hold exactly the blocks of their only child count as one with it: a chain
of wrappers is one step. All arrays are per element (e values) unless said otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_hints import Hint

Ints = npt.NDArray[np.int64]
_NOTHING = np.zeros(0, np.int64)
_WIDEST = 0.7
_NOT_SOCIAL = ~int(Hint.SOCIAL)


@dataclass(frozen=True, slots=True)
class Shape:
    """Steps up from elements, and what the markup says along the way.

    Elements are numbered through all pages, each page's from its body on: `body` holds
    the bodies, one a page, `page` the page of each element. `up` is the next wider
    element, `near` the hints of the element and of its wrappers, `around` those of all
    wider elements but the ones that hold most of the page, `same` the number of
    siblings of the same tag, `parent` the element just around, `names` the classes as
    written. `code` is the tag as a number of `codes`. `owner` (n values) is the element
    of each block, `first` and `last` are its first block and the block after its last.
    """

    body: Ints
    page: Ints
    owner: Ints
    up: Ints
    near: Ints
    around: Ints
    same: Ints
    first: Ints
    last: Ints
    place: Ints
    parent: Ints
    tag: list[str]
    code: Ints
    codes: dict[str, int]
    names: list[str]

    def tagged(self, tag: str) -> Ints:
        """The elements of this tag, in order."""
        if tag not in self.codes:
            return _NOTHING
        found: Ints = (self.code == self.codes[tag]).nonzero()[0]
        return found


def shape_of(
    pages: Sequence[Blocks],
    start: Ints,
    mass: npt.NDArray[np.float64],
    *,
    title_at: Ints,
) -> Shape:
    """The shape of pages.

    Args:
        pages: with at least one block each.
        start: the first block of each page, and the number of all.
        mass: words before each block and in all (n + 1).
        title_at: the block of each page's title, -1 unknown. Hints of elements that
            hold most of the page, and the title where it is known, say nothing of what
            is inside.
    """
    table, page, owner = _table(pages, start)
    (kept,) = (table[2] > table[1]).nonzero()
    numbers = np.zeros(table.shape[1], np.int64)
    numbers[kept] = np.arange(len(kept))
    parent, first, last, place, hint = table[:, kept]
    parent, page = numbers[parent], page[kept]
    (body,) = (parent == np.arange(len(parent))).nonzero()
    places = kept.tolist()
    tag = _picked(pages, "tag", places)
    code, codes = _coded(tag)
    # A message shown from a social network is a quote.
    hint[code == codes.get("blockquote", -1)] &= _NOT_SOCIAL
    wraps = (first == first[parent]) & (last == last[parent])
    wraps[body] = False
    up, near = _unwrapped(parent, wraps, hint, body)
    total = mass[start[1:]] - mass[start[:-1]]
    wide = mass[last] - mass[first] > _WIDEST * total[page]
    title = title_at[page]
    wide &= (title < 0) | ((first <= title) & (title < last))
    seen = np.where(wraps | wide[parent], 0, near[parent])
    seen[body] = 0
    return Shape(
        body=body,
        page=page,
        owner=numbers[owner],
        up=up,
        near=near,
        around=_collected(seen, parent),
        same=_counted(parent * len(codes) + code),
        first=first,
        last=last,
        place=place,
        parent=parent,
        tag=tag,
        code=code,
        codes=codes,
        names=_picked(pages, "names", places),
    )


def _table(pages: Sequence[Blocks], start: Ints) -> tuple[Ints, Ints, Ints]:
    """Five rows of numbers of all elements; their pages; the element of each block."""
    sizes = np.array([len(blocks.tag) for blocks in pages])
    page = np.arange(len(pages)).repeat(sizes)
    first_element = sizes.cumsum() - sizes
    table = np.array([_joined(pages, name) for name in _NUMBERS])
    table[0] += first_element[page]
    table[1:3] += start[page]
    owner = np.array(_joined(pages, "owner"))
    owner += first_element.repeat(start[1:] - start[:-1])
    return table, page, owner


_NUMBERS = ("parent", "first", "last", "place", "hint")


def _joined(pages: Sequence[Blocks], name: str) -> list[int]:
    """One of the lists of all pages, joined."""
    return list(chain.from_iterable(map(attrgetter(name), pages)))


def _picked(pages: Sequence[Blocks], name: str, places: list[int]) -> list[str]:
    """Values of the joined lists of all pages, by place."""
    values = list(chain.from_iterable(map(attrgetter(name), pages)))
    return [values[place] for place in places]


def _coded(tags: list[str]) -> tuple[Ints, dict[str, int]]:
    """Tags as numbers, and the number of each."""
    codes = {tag: code for code, tag in enumerate(dict.fromkeys(tags))}
    return np.fromiter(map(codes.__getitem__, tags), np.int64, len(tags)), codes


def _unwrapped(
    parent: Ints, wraps: npt.NDArray[np.bool_], hint: Ints, body: Ints
) -> tuple[Ints, Ints]:
    """The next wider elements, and the hints of elements and their wrappers.

    A body's own hints are not those of what it wraps. Chains are followed in strides
    that double.
    """
    outer = np.where(wraps, parent, np.arange(len(parent)))
    near = hint.copy()
    near[body] = 0
    while True:
        near |= near[outer]
        farther = outer[outer]
        if (farther == outer).all():
            break
        outer = farther
    near[body] = hint[body]
    return parent[outer], near


def _collected(bits: Ints, parent: Ints) -> Ints:
    """The bits of each element and of all around it; bodies have none."""
    while True:
        bits = bits | bits[parent]
        farther = parent[parent]
        if (farther == parent).all():
            return bits
        parent = farther


def _counted(keys: Ints) -> Ints:
    """How many elements have the key of each."""
    found: Ints = np.bincount(keys)[keys]
    return found
