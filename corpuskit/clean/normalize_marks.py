"""Invisible marks: which are spelling and stay, which are noise and go."""

import re
from typing import Final

from corpuskit._patterns import pattern
from corpuskit.clean.normalize_tables import (
    BIDI,
    EMOJI,
    JOINED,
    JOINERS,
    RIGHT_TO_LEFT,
    SELECTORS,
    TAGS,
    WORD_BREAKERS,
)

_BREAK: Final = pattern(f"(?<![{WORD_BREAKERS}])\u200b+")
_JOINER: Final = pattern(f"(?<![{JOINED}{EMOJI}])[{JOINERS}]+")
_JOINERS_REPEATED: Final = pattern(f"([{JOINERS}\u200b])[{JOINERS}\u200b]+")
_SELECTOR: Final = pattern(rf"(?:(?<=\s)|^)[{SELECTORS}]+ ?", re.MULTILINE)
_MONGOLIAN: Final = pattern("(?<![\u1800-\u18af])[\u180b-\u180f]+")
_TAG: Final = pattern(
    f"(\U0001f3f4[\U000e0020-\U000e007e]{{1,16}}\U000e007f)|[{TAGS}]+"
)
_BIDI: Final = pattern(f"[{BIDI}]+")
_RIGHT_TO_LEFT: Final = pattern(f"[{RIGHT_TO_LEFT}]")
_ANY: Final = pattern(f"[\u180b-\u180f\u200b{JOINERS}{SELECTORS}{TAGS}{BIDI}]")


_TAG_MARKS: Final = frozenset(map(chr, range(0xE0000, 0xE0080)))
_JOINER_MARKS: Final = frozenset(JOINERS)
_MONGOLIAN_MARKS: Final = frozenset(map(chr, range(0x180B, 0x1810)))
_SELECTOR_MARKS: Final = frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


def mend_marks(text: str) -> str:
    """The text without invisible marks that are no spelling where they stand."""
    marks = set(_ANY.findall(text))
    if not marks:
        return text
    if not _TAG_MARKS.isdisjoint(marks):
        text = _TAG.sub(lambda match: match[1] or "", text)
    if "\u200b" in marks:
        text = _BREAK.sub("", text)
    if "\u200b" in marks or not _JOINER_MARKS.isdisjoint(marks):
        text = _JOINERS_REPEATED.sub(r"\1", text)
        text = _JOINER.sub("", text)
    if not _MONGOLIAN_MARKS.isdisjoint(marks):
        text = _MONGOLIAN.sub("", text)
    if not _SELECTOR_MARKS.isdisjoint(marks):
        text = _SELECTOR.sub("", text)
    if _BIDI.search(text):
        text = "\n".join(map(_mend_direction, text.split("\n")))
    return text


def _mend_direction(line: str) -> str:
    """The line; without direction marks where it holds no right-to-left letter."""
    if not _BIDI.search(line) or _RIGHT_TO_LEFT.search(line):
        return line
    return _BIDI.sub("", line)
