"""The tree above the blocks: elements with text in them, seen from each block.

Elements that hold exactly the blocks of their only child count as one with it: a chain
of wrappers is one step. All arrays are per element (e values) unless said otherwise.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks

Ints = npt.NDArray[np.int64]
_WIDEST = 0.7


@dataclass(frozen=True, slots=True)
class Shape:
    """Steps up from elements, and what the markup says along the way.

    `up` is the next wider element, `near` the hints of the element and of its wrappers,
    `around` those of all wider elements but the ones that hold most of the page, `same`
    the number of siblings of the same tag. `owner` (n values) is the element of each
    block.
    """

    owner: Ints
    up: Ints
    near: Ints
    around: Ints
    same: Ints
    first: Ints
    last: Ints
    place: Ints
    tag: list[str]


def shape_of(blocks: Blocks, mass: npt.NDArray[np.float32]) -> Shape:
    """The shape of a page; `mass` holds words before each block and in all (n + 1)."""
    numbers = [0] * len(blocks.tag)
    kept: list[int] = []
    for e, (first, last) in enumerate(zip(blocks.first, blocks.last, strict=True)):
        if last > first:
            numbers[e] = len(kept)
            kept.append(e)
    parents = [numbers[blocks.parent[e]] for e in kept]
    tags = [blocks.tag[e] for e in kept]
    keys = list(zip(parents, tags, strict=True))
    counts = Counter(keys)
    spans = np.array(
        ([blocks.first[e] for e in kept], [blocks.last[e] for e in kept]), np.int64
    )
    held = mass[spans[1]] - mass[spans[0]]
    wide = (held > _WIDEST * mass[-1]).tolist()
    rows = _climb(blocks, kept, parents, wide)
    lists = (*rows, [counts[key] for key in keys])
    up, near, around, place, same = np.array(lists, np.int64)
    return Shape(
        owner=np.array([numbers[e] for e in blocks.owner], np.int64),
        up=up,
        near=near,
        around=around,
        same=same,
        first=spans[0],
        last=spans[1],
        place=place,
        tag=tags,
    )


def _climb(
    blocks: Blocks, kept: list[int], parents: list[int], wide: list[bool]
) -> tuple[list[int], list[int], list[int], list[int]]:
    """The next wider elements, hints near and around, and places; parents first."""
    up, around = [0] * len(kept), [0] * len(kept)
    near = [blocks.hint[e] for e in kept]
    first, last = blocks.first, blocks.last
    for i in range(1, len(kept)):
        e, parent = kept[i], parents[i]
        above = kept[parent]
        if first[e] == first[above] and last[e] == last[above]:
            up[i] = up[parent]
            around[i] = around[parent]
            if parent:
                near[i] |= near[parent]
        else:
            up[i] = parent
            around[i] = (
                around[parent] if wide[parent] else around[parent] | near[parent]
            )
    return up, near, around, [blocks.place[e] for e in kept]
