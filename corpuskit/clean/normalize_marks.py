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
_LINE_WITH_BIDI: Final = pattern(f"[^\n]*[{BIDI}][^\n]*")
_BIDI: Final = pattern(f"[{BIDI}]+")
_RIGHT_TO_LEFT: Final = pattern(f"[{RIGHT_TO_LEFT}]")
_ANY: Final = pattern(f"[\u180b-\u180f\u200b{JOINERS}{SELECTORS}{TAGS}{BIDI}]")


def mend_marks(text: str) -> str:
    """The text without invisible marks that are no spelling where they stand."""
    if not _ANY.search(text):
        return text
    text = _TAG.sub(lambda match: match[1] or "", text)
    text = _BREAK.sub("", text)
    text = _JOINERS_REPEATED.sub(r"\1", text)
    text = _JOINER.sub("", text)
    text = _MONGOLIAN.sub("", text)
    text = _SELECTOR.sub("", text)
    return _LINE_WITH_BIDI.sub(_mend_direction, text)


def _mend_direction(line: re.Match[str]) -> str:
    """The line; without direction marks where it holds no right-to-left letter."""
    return line[0] if _RIGHT_TO_LEFT.search(line[0]) else _BIDI.sub("", line[0])
