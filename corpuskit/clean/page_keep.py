"""What goes from the kept blocks after all: copies, and notices of consent.

Neither can be told from a block alone: a copy looks like its original, and a notice
about cookies like any other prose.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_rules import decide_by_rules
from corpuskit.clean.meta import Fields

_WORDS = ("ookie", "COOKIE", "GDPR", "RODO", "DSGVO", "onsent", "rivacy")
_CONSENT = re.compile("|".join(_WORDS))
_MIN_NOTICES = 3
_NOTICE_SHARE = 0.25
_MOST = 0.6

_LONG_CHARS = 40
_HUGE_CHARS = 800
_MAX_HUGE = 5
_MIN_PARTS = 3


def tidy(blocks: Blocks, kept: list[int], title_at: int) -> list[int]:
    """The kept blocks without copies and without notices of consent."""
    return without_copies(blocks, without_consent(blocks, kept, title_at))


def without_consent(blocks: Blocks, kept: list[int], title_at: int) -> list[int]:
    """The kept blocks without elements that are about cookies and consent.

    Such an element has three notices or more, a quarter of its kept text in them, not
    the page's title (`title_at`, -1 unknown) and not most of what is kept. A page whose
    title is about them keeps all.
    """
    # Most pages have none: that is soon seen in all of the text at once.
    text = "\n".join([blocks.text[i] for i in kept])
    if sum(map(text.count, _WORDS)) < _MIN_NOTICES:
        return kept
    notices = [i for i in kept if _CONSENT.search(blocks.text[i])]
    if len(notices) < _MIN_NOTICES:
        return kept
    if title_at >= 0 and _CONSENT.search(blocks.text[title_at]):
        return kept
    sizes, about, number = [0] * len(blocks), [0] * len(blocks), [0] * len(blocks)
    for i in kept:
        sizes[i] = len(blocks.text[i])
    for i in notices:
        about[i], number[i] = sizes[i], 1
    held, told, count = (
        list(accumulate(values, initial=0)) for values in (sizes, about, number)
    )
    gone: set[int] = set()
    for first, last in zip(blocks.first, blocks.last, strict=True):
        mass = held[last] - held[first]
        if count[last] - count[first] < _MIN_NOTICES or first <= title_at < last:
            continue
        if mass > _MOST * held[-1] or told[last] - told[first] < _NOTICE_SHARE * mass:
            continue
        gone.update(range(first, last))
    return [i for i in kept if i not in gone]


def without_copies(blocks: Blocks, kept: list[int]) -> list[int]:
    """The kept blocks without later copies of long ones, and without whole copies.

    What a text says twice stays: a later copy goes where it stands in another element.
    A whole copy is one huge block that holds the text of at least three other kept
    blocks, half of its length or more: a page's text once more for machines.
    """
    seen: dict[str, int] = {}
    once = []
    for i in kept:
        text = blocks.text[i]
        if len(text) >= _LONG_CHARS:
            parent = blocks.parent[blocks.owner[i]]
            if seen.setdefault(text, parent) != parent:
                continue
        once.append(i)
    huge = [i for i in once if len(blocks.text[i]) >= _HUGE_CHARS]
    largest = sorted(huge, key=lambda i: -len(blocks.text[i]))[:_MAX_HUGE]
    whole = {i for i in largest if _is_whole_copy(blocks, once, i)}
    return [i for i in once if i not in whole] if whole else once


def _is_whole_copy(blocks: Blocks, kept: list[int], i: int) -> bool:
    text = blocks.text[i]
    parts = [
        len(blocks.text[j])
        for j in kept
        if j != i and len(blocks.text[j]) >= _LONG_CHARS and blocks.text[j] in text
    ]
    return len(parts) >= _MIN_PARTS and 2 * sum(parts) >= len(text)


def keep(
    pages: Sequence[Blocks], fields: Sequence[Fields], *, mode: str
) -> list[list[int]]:
    """The blocks of each page's main content, in order; some wherever there is text.

    The model decides. A page of which it keeps nothing is decided by rules. What is
    kept of a page does not depend on the pages beside it.

    Raises:
        UsageError: no such mode.
    """
    kept: list[list[int]] = [[] for _ in pages]
    some = [number for number, blocks in enumerate(pages) if len(blocks)]
    if not some:
        return kept
    from corpuskit.clean.page_model import decide

    filled = [pages[number] for number in some]
    view, chosen = decide(filled, [fields[number] for number in some], mode=mode)
    found = zip(some, filled, chosen, view.titles(), strict=True)
    for number, blocks, choice, title_at in found:
        kept[number] = tidy(blocks, choice, title_at) or decide_by_rules(blocks)
    return kept
