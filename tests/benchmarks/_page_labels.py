"""Labels of blocks: how much of each block stands in the gold text of its page.

The longest chain of three-token matches that keeps the order of both texts is found
first; then gold that is left over goes to blocks out of order, and short blocks are
taken where the gold beside their neighbours reads the same.
"""

from bisect import bisect_left
from collections import defaultdict

_SIZE = 3
_MAX_PLACES = 30


def label(blocks, gold):
    """For each block's tokens, the share of them that stands in the gold tokens."""
    flat = [token for block in blocks for token in block]
    ends, total = [], 0
    for block in blocks:
        total += len(block)
        ends.append(total)
    matched, used = _chain(flat, gold)
    shares = []
    start = 0
    for end in ends:
        size = end - start
        shares.append(sum(matched[start:end]) / size if size else 0.0)
        start = end
    _take_out_of_order(blocks, gold, shares, used)
    _take_short(blocks, gold, shares, matched, ends)
    return shares


def copies(blocks, gold, shares):
    """Whether each block that is not labelled repeats gold text all the same."""
    known = {tuple(gold[j : j + _SIZE]) for j in range(len(gold) - _SIZE + 1)}
    found = []
    for block, share in zip(blocks, shares, strict=True):
        triples = [tuple(block[i : i + _SIZE]) for i in range(len(block) - _SIZE + 1)]
        hits = sum(triple in known for triple in triples)
        found.append(share < 0.5 and len(block) >= 6 and hits >= 0.9 * len(triples))
    return found


def _chain(flat, gold):
    """Which page tokens and gold tokens the longest common chain of triples covers."""
    places = defaultdict(list)
    for j in range(len(gold) - _SIZE + 1):
        places[tuple(gold[j : j + _SIZE])].append(j)
    tails, back, ends_at = [], {}, []
    for i in range(len(flat) - _SIZE + 1):
        found = places.get(tuple(flat[i : i + _SIZE]))
        if not found or len(found) > _MAX_PLACES:
            continue
        for j in reversed(found):
            k = bisect_left(tails, j)
            pair = (i, j)
            if k == len(tails):
                tails.append(j)
                ends_at.append(pair)
            else:
                tails[k] = j
                ends_at[k] = pair
            back[pair] = ends_at[k - 1] if k else None
    matched, used = [None] * len(flat), [False] * len(gold)
    pair = ends_at[-1] if ends_at else None
    while pair:
        i, j = pair
        for step in range(_SIZE):
            matched[i + step] = j + step
            used[j + step] = True
        pair = back[pair]
    return _Covered(matched), used


class _Covered(list):
    """For each page token the place of its match in the gold, or None."""

    def __getitem__(self, key):
        found = super().__getitem__(key)
        return [x is not None for x in found] if isinstance(key, slice) else found


def _take_out_of_order(blocks, gold, shares, used):
    """Labels blocks that the chain passed over where unused gold holds them."""
    left = defaultdict(int)
    for j in range(len(gold) - _SIZE + 1):
        if not any(used[j : j + _SIZE]):
            left[tuple(gold[j : j + _SIZE])] += 1
    if not left:
        return
    for b, block in enumerate(blocks):
        triples = [tuple(block[i : i + _SIZE]) for i in range(len(block) - _SIZE + 1)]
        if shares[b] >= 0.5 or not triples:
            continue
        found = [t for t in triples if left[t] > 0]
        if len(found) >= 0.8 * len(triples):
            shares[b] = 1.0
            for triple in found:
                left[triple] -= 1


def _take_short(blocks, gold, shares, matched, ends):
    """Labels blocks of one or two tokens by the gold beside their neighbours."""
    starts = [0, *ends[:-1]]
    for b, block in enumerate(blocks):
        if not 0 < len(block) < _SIZE:
            continue
        before = list.__getitem__(matched, starts[b] - 1) if starts[b] else None
        after = list.__getitem__(matched, ends[b]) if ends[b] < len(matched) else None
        size = len(block)
        here = before is not None and gold[before + 1 : before + 1 + size] == block
        there = after is not None and gold[max(after - size, 0) : after] == block
        if here or there:
            shares[b] = 1.0
            for step in range(size):
                matched[starts[b] + step] = (
                    before + 1 + step if here else after - size + step
                )
