"""The tree above the blocks: elements with text in them, seen from each block.

Elements that hold exactly the blocks of their only child count as one with it: a chain
of wrappers is one step. All arrays are per element (e values) unless said otherwise.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_hints import Hint

Ints = npt.NDArray[np.int64]
_WIDEST = 0.7
_NOT_SOCIAL = ~int(Hint.SOCIAL)


@dataclass(frozen=True, slots=True)
class Shape:
    """Steps up from elements, and what the markup says along the way.

    `up` is the next wider element, `near` the hints of the element and of its wrappers,
    `around` those of all wider elements but the ones that hold most of the page, `same`
    the number of siblings of the same tag, `parent` the element just around, `names`
    the classes as written. `owner` (n values) is the element of each block.
    """

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
    names: list[str]


def shape_of(
    blocks: Blocks, mass: npt.NDArray[np.float32], *, title_at: int = -1
) -> Shape:
    """The shape of a page.

    Args:
        blocks: of the page, one at least.
        mass: words before each block and in all (n + 1).
        title_at: the block of the title, -1 unknown. Hints of elements that hold most
            of the page, and the title where it is known, say nothing of what is inside.
    """
    lists = (blocks.parent, blocks.first, blocks.last, blocks.place, blocks.hint)
    table: Ints = np.array(lists, np.int64)
    kept = np.flatnonzero(table[2] > table[1])
    numbers = np.zeros(table.shape[1], np.int64)
    numbers[kept] = np.arange(len(kept))
    parent, first, last, place, hint = table[:, kept]
    parent = numbers[parent]
    tags = [blocks.tag[e] for e in kept.tolist()]
    if "blockquote" in tags:  # a message shown from a social network is a quote
        hint[np.array(tags) == "blockquote"] &= _NOT_SOCIAL
    wraps = (first == first[parent]) & (last == last[parent])
    wraps[0] = False
    up, near = _unwrapped(parent, wraps, hint)
    wide = mass[last] - mass[first] > _WIDEST * mass[-1]
    if title_at >= 0:
        wide &= (first <= title_at) & (title_at < last)
    seen = np.where(wraps | wide[parent], 0, near[parent])
    seen[0] = 0
    return Shape(
        owner=numbers[blocks.owner],
        up=up,
        near=near,
        around=_collected(seen, parent),
        same=_alike(parent, tags),
        first=first,
        last=last,
        place=place,
        parent=parent,
        tag=tags,
        names=[blocks.names[e] for e in kept.tolist()],
    )


def _unwrapped(
    parent: Ints, wraps: npt.NDArray[np.bool_], hint: Ints
) -> tuple[Ints, Ints]:
    """The next wider elements, and the hints of elements and their wrappers.

    The body's own hints are not those of what it wraps. Chains are followed in strides
    that double.
    """
    outer = np.where(wraps, parent, np.arange(len(parent)))
    near = hint.copy()
    near[0] = 0
    while True:
        near |= near[outer]
        farther = outer[outer]
        if (farther == outer).all():
            break
        outer = farther
    near[0] = hint[0]
    return parent[outer], near


def _collected(bits: Ints, parent: Ints) -> Ints:
    """The bits of each element and of all around it; the body has none."""
    while parent.any():
        bits = bits | bits[parent]
        parent = parent[parent]
    return bits


def _alike(parent: Ints, tags: list[str]) -> Ints:
    """How many children of its parent have the tag of each element."""
    codes = {tag: code for code, tag in enumerate(dict.fromkeys(tags))}
    keys = parent * len(codes) + np.array([codes[tag] for tag in tags], np.int64)
    found: Ints = np.bincount(keys)[keys]
    return found
