"""Which characters are folded, dropped or turned into spaces, and into what.

Folds are targeted: only ranges that are noise of old encodings and PDF files. Signs
that carry meaning (fractions, superscripts, enclosed and compatibility letters,
full-width punctuation) are in no table.
"""

import unicodedata
from functools import cache
from typing import Final

SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks other than the ASCII ones; the inside of a regular expression class."""

LINE_ENDS: Final = "\r\v\f\u2028\u2029"
JOINERS: Final = "\u200c\u200d"
SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS: Final = "\U000e0000-\U000e007f"
BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

RIGHT_TO_LEFT: Final = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""Scripts written from right to left, where direction marks are spelling."""

WORD_BREAKERS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
)
"""Thai, Lao, Burmese and Khmer: a zero-width space marks their word breaks."""

JOINED: Final = (
    RIGHT_TO_LEFT + "\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\u1b00-\u1b7f"
    "\ua840-\ua87f\ua980-\ua9df\U00011000-\U000114ff"
)
"""Scripts whose spelling uses zero-width joiners and non-joiners."""

EMOJI: Final = "\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e007f"
"""What may stand before a joiner in an emoji sequence."""

_DROPPED = (
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x7F), (0xAD, 0xAD), (0x2060, 0x2065),
    (0x206A, 0x206F), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFC),
    (0xFFFE, 0xFFFF),
)  # fmt: skip
_NARROWED = ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
_COMPATIBLE = (
    (0x2E80, 0x2FD5),  # radicals
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFB13, 0xFB17),  # Armenian ligatures
    (0xFB20, 0xFB28),  # wide Hebrew letters
    (0xFB50, 0xFDCF),  # Arabic letter forms, not the ornate brackets and phrases
    (0xFE80, 0xFEFC),
)
_KEPT_FORMS = frozenset(range(0xFD3E, 0xFD50))


@cache
def dropped() -> dict[int, str | int | None]:
    """Characters without content -> None; C1 controls -> what cp1252 means by them."""
    table: dict[int, str | int | None] = {}
    for first, last in (*_DROPPED, *((p + 0xFFFE, p + 0xFFFF) for p in _PLANES)):
        table.update(dict.fromkeys(range(first, last + 1)))
    for code in range(0x80, 0xA0):
        try:
            table[code] = bytes([code]).decode("cp1252")
        except UnicodeDecodeError:
            table[code] = None
    return table


_PLANES = range(0x10000, 0x110000, 0x10000)


@cache
def folded(width: str) -> dict[int, str | int | None]:
    """Letter forms -> base characters; full-width ones as the width option says."""
    table: dict[int, str | int | None] = {}
    for first, last in _COMPATIBLE:
        for code in range(first, last + 1):
            base = unicodedata.normalize("NFKC", chr(code))
            if base != chr(code) and code not in _KEPT_FORMS:
                table[code] = base
    if width == "keep":
        return table
    for first, last in _NARROWED:
        table.update((code, code - 0xFEE0) for code in range(first, last + 1))
    for code in range(0xFF61, 0xFFDD):
        kind, _, base = unicodedata.decomposition(chr(code)).partition(" ")
        if kind == "<narrow>" and code != 0xFFA0:
            table[code] = int(base, 16)
    if width == "punctuation":
        table.update((code, code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
    return table
