"""Entries of a short lead and a long body, with a hanging indent where it fits."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from corpuskit.render.words import number

_GAP: Final = "  "
_BODY_ROOM: Final = 30
"""Columns a body must get beside its lead; else it goes below."""


class Listing:
    """Entries one under another; bodies fold and are never cut.

    Attributes:
        entries: lead and body of each.
        n_more: entries there are besides; said in one more line.
    """

    def __init__(self, entries: Sequence[tuple[str, Text]], n_more: int = 0) -> None:
        self.entries = entries
        self.n_more = n_more

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """The lines of all entries, indented."""
        width = options.max_width
        widest = max((len(lead) for lead, _ in self.entries), default=0)
        indent = len(_GAP) + widest + len(_GAP)
        for lead, body in self.entries:
            if width - indent < _BODY_ROOM:
                yield Text(f"{_GAP}{lead}", style="dim")
                yield from indented(console, body, width, len(_GAP) * 2)
                continue
            first, *others = indented(console, body, width, indent)
            yield Text.assemble(
                (f"{_GAP}{lead:<{widest}}", "dim"), _GAP, first[indent:]
            )
            yield from others
        if self.n_more:
            yield Text(f"{_GAP}and {number(self.n_more)} more", style="dim")


def indented(
    console: Console, text: Text, width: int, indent: int = len(_GAP)
) -> Iterator[Text]:
    """The lines of a text folded to a width, each after so many spaces."""
    if width < indent * 2:
        indent = 0
    for line in text.wrap(console, width - indent, overflow="fold") or [Text()]:
        line.rstrip()
        yield Text(" " * indent) + line
