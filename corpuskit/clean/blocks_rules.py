"""Main content by rules alone: for small pages, fragments, and where a model says no.

Prose is a block with enough words and few of them linked, outside navigation, footers
and the like. The deepest element that holds most of the prose is the area; of it, what
lies between its first and its last prose is kept but for link lists.
"""

import re

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_hints import Hint, Place

_OUTSIDE = int(
    Place.NAV | Place.FOOTER | Place.ASIDE | Place.DIALOG | Place.HIDDEN | Place.BUTTON
)
_UNLIKELY = int(Hint.COMMENT | Hint.RELATED | Hint.POPUP | Hint.NAV | Hint.SIDE)
_WIDE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff]")
_STOPS = frozenset('.!?。！？…”」』：:;；"')
_PROSE_WORDS = 8.0
_MOST = 0.6


def decide_by_rules(blocks: Blocks) -> list[int]:
    """The blocks to keep, in order; some wherever there is any text."""
    words = [count(text) for text in blocks.text]
    for strict in (True, False):
        prose = [
            i for i in range(len(blocks)) if _is_prose(blocks, i, words[i], strict)
        ]
        if prose:
            return _around(blocks, prose, words)
    unlinked = [i for i in range(len(blocks)) if not _is_linked(blocks, i)]
    return unlinked or list(range(len(blocks)))


def count(text: str) -> float:
    """About how many words a text has; a character of a script without spaces is .6."""
    if text.isascii():
        return text.count(" ") + 1.0
    return text.count(" ") + 1.0 + 0.6 * len(_WIDE.findall(text))


def _is_linked(blocks: Blocks, i: int) -> bool:
    return blocks.n_linked[i] * 2 > len(blocks.text[i])


def _is_prose(blocks: Blocks, i: int, words: float, strict: bool) -> bool:
    if words < _PROSE_WORDS or _is_linked(blocks, i):
        return False
    owner = blocks.owner[i]
    if not strict:
        return True
    if blocks.place[owner] & _OUTSIDE:
        return False
    if blocks.text[i][-1] not in _STOPS and words < 3 * _PROSE_WORDS:
        return False
    return not blocks.hint[owner] & _UNLIKELY


def _around(blocks: Blocks, prose: list[int], words: list[float]) -> list[int]:
    """What to keep around the prose."""
    first, last = _area(blocks, prose, words)
    inside = [i for i in prose if first <= i < last]
    kept = set(inside)
    for i in range(inside[0], inside[-1]):
        owner = blocks.owner[i]
        if not _is_linked(blocks, i) and not blocks.place[owner] & _OUTSIDE:
            kept.add(i)
    return sorted(kept)


def _area(blocks: Blocks, prose: list[int], words: list[float]) -> tuple[int, int]:
    """First block and block after the last of the deepest element with most prose."""
    mass = [0.0] * (len(blocks) + 1)
    for i in prose:
        mass[i + 1] = words[i]
    for i in range(len(blocks)):
        mass[i + 1] += mass[i]
    best = 0
    for element in range(1, len(blocks.tag)):
        held = mass[blocks.last[element]] - mass[blocks.first[element]]
        # Elements are numbered in page order: a later one that holds most lies deeper.
        if held > _MOST * mass[-1] and blocks.last[element] - blocks.first[element] > 1:
            best = element
    return blocks.first[best], blocks.last[best]
