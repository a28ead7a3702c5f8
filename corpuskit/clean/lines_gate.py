"""Whether a plain text is a flattened page at all, or text from end to end.

A book, a letter, a README or a poem must come out whole, so nothing is cut without
evidence: lines that only frames of pages have (share buttons, log-in links, copyright
notices, lists of related articles), or a title with a line of labels below it.
"""

from enum import IntEnum
from typing import Final

from corpuskit.clean.head_lines import Head
from corpuskit.clean.lines_split import Lines
from corpuskit.clean.lines_words import KINDS, count_units

_FRAME_KINDS: Final = sum(
    1 << number
    for number, kind in enumerate(KINDS)
    if kind in ("rights", "share", "account", "related", "comment", "legal")
)
_MAX_UNITS: Final = 8
_MAX_CHARS: Final = 60
_MIN_SHARE: Final = 0.34
_MIN_LINES: Final = 3
_MIN_KINDS: Final = 2
_MIN_RATE: Final = 0.02


class Evidence(IntEnum):
    """How much speaks for a flattened page."""

    NONE = 0
    HEAD = 1
    FRAME = 2


def find_evidence(lines: Lines, head: Head) -> Evidence:
    """What speaks for a flattened page: a frame around the text, or at least a head."""
    mask = count = 0
    for text, kinds in zip(lines.texts, lines.kinds, strict=True):
        if is_frame_line(text, kinds):
            mask |= kinds[0] & _FRAME_KINDS
            count += 1
    needed = max(_MIN_LINES, _MIN_RATE * len(lines.texts))
    if count >= needed and mask.bit_count() >= _MIN_KINDS:
        return Evidence.FRAME
    return Evidence.HEAD if head.is_page_head else Evidence.NONE


def is_frame_line(text: str, kinds: tuple[int, int]) -> bool:
    """Whether a line is short and made mostly of words of page frames."""
    if not kinds[0] & _FRAME_KINDS or len(text) > _MAX_CHARS:
        return False
    units = count_units(text)
    return units <= _MAX_UNITS and kinds[1] >= _MIN_SHARE * units
