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

    `up` is the next wider element, `depth` the number of steps to the body, `near` the
    hints of the element and of its wrappers, `around` those of all wider elements but
    the ones that hold most of the page, `same` the number of siblings of the same tag.
    `owner` (n values) is the element of each block.
    """

    owner: Ints
    up: Ints
    depth: Ints
    near: Ints
    around: Ints
    same: Ints
    first: Ints
    last: Ints
    place: Ints
    tag: list[str]


def shape_of(blocks: Blocks, mass: npt.NDArray[np.float32]) -> Shape:
    """The shape of a page; `mass` holds words before each block and in all (n + 1)."""
    starts_ends = zip(blocks.first, blocks.last, strict=True)
    kept = [e for e, (start, end) in enumerate(starts_ends) if end > start]
    numbers = {e: i for i, e in enumerate(kept)}
    first = [blocks.first[e] for e in kept]
    last = [blocks.last[e] for e in kept]
    near = [blocks.hint[e] for e in kept]
    held = mass[last] - mass[first] if kept else mass[:0]
    wide = (held > _WIDEST * mass[-1]).tolist()
    up, depth, around, same = _climb(blocks, numbers, (first, last, near, wide))
    array = np.array
    return Shape(
        owner=array([numbers[e] for e in blocks.owner], np.int64),
        up=array(up, np.int64),
        depth=array(depth, np.int64),
        near=array(near, np.int64),
        around=array(around, np.int64),
        same=array(same, np.int64),
        first=array(first, np.int64),
        last=array(last, np.int64),
        place=array([blocks.place[e] for e in kept], np.int64),
        tag=[blocks.tag[e] for e in kept],
    )


def _climb(
    blocks: Blocks,
    numbers: dict[int, int],
    lists: tuple[list[int], list[int], list[int], list[bool]],
) -> tuple[list[int], list[int], list[int], list[int]]:
    """One pass in page order, parents first; adds to `near` what wrappers hint."""
    first, last, near, wide = lists
    size = len(numbers)
    parents = [numbers[blocks.parent[number]] for number in numbers]
    up, depth, around = [0] * size, [0] * size, [0] * size
    for i, parent in enumerate(parents):
        if i == 0:
            continue
        if first[i] == first[parent] and last[i] == last[parent]:
            up[i] = up[parent]
            depth[i] = depth[parent]
            around[i] = around[parent]
            if parent:
                near[i] |= near[parent]
        else:
            up[i] = parent
            depth[i] = depth[parent] + 1
            around[i] = around[parent] | (0 if wide[parent] else near[parent])
    keys = list(zip(parents, [blocks.tag[number] for number in numbers], strict=True))
    counts = Counter(keys)
    return up, depth, around, [counts[key] for key in keys]
