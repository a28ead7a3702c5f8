"""Counts with their share of the whole, as aligned numbers and bars."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

from corpuskit.render.shapes import Bar, name_text
from corpuskit.render.words import NAMED_ROWS, number, share

_BAR_FROM: Final = 56
_SHARE_FROM: Final = 36
"""Narrower outputs go without bars, and then without shares."""


@dataclass(frozen=True, slots=True)
class Section:
    """Counts under a heading.

    Attributes:
        rows: labels with how many, in the order to show.
        whole: what the shares are of; 0 takes the sum of the counts.
        most: rows to show; one more line says how many there are besides.
    """

    heading: str
    rows: Sequence[tuple[str, int]]
    whole: int = 0
    most: int = NAMED_ROWS


class Shares:
    """Sections one under another, their columns in line.

    Bars show the share of the whole, in eighths of a character.
    """

    def __init__(self, *sections: Section) -> None:
        self.sections = sections

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """One table of all sections, as rich as the width allows."""
        n_columns = 2 + (options.max_width >= _SHARE_FROM)
        n_columns += options.max_width >= _BAR_FROM
        table = Table.grid(
            Column(overflow="fold"),
            Column(justify="right", no_wrap=True),
            Column(justify="right", no_wrap=True),
            Column(),
            padding=(0, 2, 0, 0),
        )
        table.columns = table.columns[:n_columns]
        for section in self.sections:
            if section.rows:
                self._fill(table, section, n_columns)
        if table.row_count:
            yield table

    def _fill(self, table: Table, section: Section, n_columns: int) -> None:
        if table.row_count:
            table.add_row()
        table.add_row(Text(section.heading, style="bold"))
        whole = section.whole or sum(count for _, count in section.rows)
        for label, count in section.rows[: section.most]:
            cells = (
                Text("  ") + name_text(label),
                number(count),
                share(count, whole) if count else "",
                Bar(count / whole if whole else 0.0),
            )
            table.add_row(*cells[:n_columns])
        rest = section.rows[section.most :]
        if rest:
            total = sum(count for _, count in rest)
            more = Text(f"  and {number(len(rest))} more", style="dim")
            table.add_row(*(more, number(total), share(total, whole))[:n_columns])


def ranked(
    counts: Mapping[str, int], name: Callable[[str], str] | None = None
) -> list[tuple[str, int]]:
    """Counts as rows, the greatest first, equal ones by label; with names if given."""
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [((name or unnamed)(label), count) for label, count in rows]


def unnamed(label: str) -> str:
    """The label itself; `unknown` for the empty one."""
    return label or "unknown"
