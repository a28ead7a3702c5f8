"""Names and bars as a rich console prints them."""

from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

from corpuskit.render.words import visible

_PARTS: Final = " ▏▎▍▌▋▊▉█"


def name_text(name: str, style: str = "") -> Text:
    """A name from outside as rich text: shown as it is, folded and never cut."""
    return Text(visible(name), style=style, overflow="fold", no_wrap=False)


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
