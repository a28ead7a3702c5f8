"""Numbers, sizes, names and bars as people read them."""

import re
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

# What a terminal would obey or hide instead of show: control characters, line and
# paragraph separators, marks that turn the direction of writing, lone surrogates.
_HIDDEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"\ud800-\udfff]"
)
_PARTS: Final = " ▏▎▍▌▋▊▉█"
NAMED_ROWS: Final = 20
"""Rows of a list that are shown before "and N more"."""


def visible(text: str) -> str:
    r"""The text with every hidden or obeyed character written out, as `\x1b`."""
    return _HIDDEN.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def name_text(name: str, style: str = "") -> Text:
    """A name from outside as rich text: shown as it is, folded and never cut."""
    return Text(visible(name), style=style, overflow="fold", no_wrap=False)


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


class Bar:
    """A bar in eighths of a character; `#` where the output has no block characters.

    Attributes:
        filled: how much of the width is filled, 0.0 to 1.0; more than nothing shows.
        width: most columns it takes.
    """

    def __init__(self, filled: float, width: int = 20) -> None:
        self.filled = filled
        self.width = width

    def draw(self, width: int, *, ascii_only: bool) -> str:
        """The bar as a string, at most so many columns wide."""
        if self.filled <= 0:
            return ""
        if ascii_only:
            return "#" * max(1, round(self.filled * width))
        eighths = max(1, round(self.filled * width * 8))
        return "█" * (eighths // 8) + _PARTS[eighths % 8].strip()

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        width = min(self.width, options.max_width)
        bar = self.draw(width, ascii_only=options.ascii_only)
        yield Segment(bar, console.get_style("cyan"))

    def __rich_measure__(
        self, console: Console, options: ConsoleOptions
    ) -> Measurement:
        return Measurement(min(4, self.width), min(self.width, options.max_width))
