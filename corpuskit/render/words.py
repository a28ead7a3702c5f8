"""Numbers, sizes and names as people read them; no more than plain strings."""

import re
from typing import Final

from corpuskit._patterns import pattern

# What a terminal would obey or hide instead of show: control characters, line and
# paragraph separators, marks that turn the direction of writing, lone surrogates.
_HIDDEN: Final = pattern(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"\ud800-\udfff]"
)
NAMED_ROWS: Final = 20
"""Rows of a list that are shown before "and N more"."""


def visible(text: str) -> str:
    r"""The text with every hidden or obeyed character written out, as `\x1b`."""
    return _HIDDEN.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def number(value: int) -> str:
    """A whole number with commas: 12,345."""
    return f"{value:,}"


def counted(value: int, noun: str) -> str:
    """A number with its noun in the right form: 1 document, 2 documents."""
    return f"{number(value)} {noun}" if value == 1 else f"{number(value)} {noun}s"


def size(size_bytes: int) -> str:
    """A size with three digits and a decimal unit: 46.7 kB."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    units = iter(("kB", "MB", "GB", "TB", "PB"))
    value, unit = size_bytes / 1000, next(units)
    while value >= 999.5:
        value, unit = value / 1000, next(units)
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:.{digits}f} {unit}"


def share(part: int, whole: int) -> str:
    """A part of a whole in percent: 66.7 %; never 0.0 % or 100.0 % if it is not."""
    if not whole:
        return ""
    percent = 100 * part / whole
    if part and percent < 0.05:
        return "< 0.1 %"
    if part < whole and percent >= 99.95:
        return "> 99.9 %"
    return f"{percent:.1f} %"


def duration(seconds: float) -> str:
    """A time span: 0.8 s, 12 s, 3 min 05 s, 2 h 10 min."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min"
