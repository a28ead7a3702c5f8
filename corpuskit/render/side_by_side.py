"""Two texts that say the same: side by side, or one under the other where narrow."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, NamedTuple

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

from corpuskit._patterns import pattern
from corpuskit.render.folding import folded
from corpuskit.render.shapes import name_text
from corpuskit.render.words import visible

WIDE_FROM: Final = 120
"""Columns from which the texts stand side by side."""

SAME, CHANGED, LEFT, RIGHT = " ", "~", "<", ">"
_STYLES: Final = {LEFT: "red", RIGHT: "green"}
_MOST_PAIRS: Final = 4_000_000
_BUDGET: Final = 20_000_000
# Latin words are compared whole, characters of other scripts one by one.
_WORD: Final = pattern(r"[A-Za-z0-9\u00c0-\u04ff]+|\s+|.", re.DOTALL)


class Side(NamedTuple):
    """One of two texts, with the name of its document."""

    name: str
    text: str


class SideBySide:
    """The paragraphs of two texts in line with each other, what differs marked.

    Attributes:
        left, right: the two.
    """

    def __init__(self, left: Side, right: Side) -> None:
        self.left = left
        self.right = right
        self._budget = _BUDGET

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """The texts in two columns from 120 on, else one."""
        pairs = paired(_paragraphs(self.left.text), _paragraphs(self.right.text))
        if options.max_width >= WIDE_FROM:
            yield self._columns(pairs, options.max_width)
        else:
            yield from self._column(pairs, options.max_width)

    def _columns(self, pairs: "Iterator[Pair]", width: int) -> Table:
        side = (width - 3) // 2
        table = Table(
            Column(name_text(self.left.name), overflow="fold", width=side),
            Column("", width=1),
            Column(name_text(self.right.name), overflow="fold", width=side),
            box=None,
            pad_edge=False,
            padding=(0, 1, 1, 0),
            header_style="bold",
        )
        for mark, left, right in pairs:
            left_cell, right_cell = self._cells(mark, left, right)
            cells = (Text("\n").join(folded(c, side)) for c in (left_cell, right_cell))
            left_cell, right_cell = cells
            table.add_row(left_cell, Text(mark, style="yellow"), right_cell)
        return table

    def _column(self, pairs: "Iterator[Pair]", width: int) -> Iterator[Text]:
        for mark, side in ((LEFT, self.left), (RIGHT, self.right)):
            yield from _led(mark, name_text(side.name, "bold"), width)
        yield Text()
        for mark, left, right in pairs:
            left_cell, right_cell = self._cells(mark, left, right)
            if mark == SAME:
                yield from _led(SAME, left_cell, width)
            if mark in (CHANGED, LEFT):
                yield from _led(LEFT, left_cell, width)
            if mark in (CHANGED, RIGHT):
                yield from _led(RIGHT, right_cell, width)
            yield Text()

    def _cells(self, mark: str, left: str, right: str) -> tuple[Text, Text]:
        """Both paragraphs with what differs in colour, as long as that takes no time.

        Comparing word by word costs most where all is different.
        """
        if mark == SAME:
            return Text(left), Text(right)
        if mark != CHANGED:
            return Text(left, style=_STYLES[LEFT]), Text(right, style=_STYLES[RIGHT])
        one, other = _WORD.findall(left), _WORD.findall(right)
        cells = Text(left), Text(right)
        self._budget -= len(one) * len(other)
        if self._budget < 0:
            return cells
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        for kind, i, i_end, j, j_end in matcher.get_opcodes():
            if kind != "equal":
                _colour(cells[0], one, (i, i_end), _STYLES[LEFT])
                _colour(cells[1], other, (j, j_end), _STYLES[RIGHT])
        return cells


class Pair(NamedTuple):
    """Paragraphs that belong together; "" where one text has none."""

    mark: str
    left: str
    right: str


def paired(left: list[str], right: list[str]) -> Iterator[Pair]:
    """The paragraphs of two texts in line with each other, in order."""
    if len(left) * len(right) > _MOST_PAIRS:
        for one, other in zip_longest(left, right, fillvalue=""):
            yield Pair(SAME if one == other else CHANGED, one, other)
        return
    matcher = SequenceMatcher(None, left, right)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        for one, other in zip_longest(left[i:i_end], right[j:j_end], fillvalue=""):
            if kind == "equal":
                yield Pair(SAME, one, other)
            else:
                yield Pair(
                    CHANGED if one and other else LEFT if one else RIGHT, one, other
                )


def _paragraphs(text: str) -> list[str]:
    return [visible(line.expandtabs(4)) for line in text.split("\n") if line.strip()]


def _colour(cell: Text, words: list[str], span: tuple[int, int], style: str) -> None:
    start = len("".join(words[: span[0]]))
    cell.stylize(f"bold {style}", start, start + len("".join(words[slice(*span)])))


def _led(mark: str, text: Text, width: int) -> Iterator[Text]:
    """A text folded to a width, each line behind its mark."""
    for line in folded(text, width - 2):
        yield Text.assemble((f"{mark} ", "yellow"), line)
