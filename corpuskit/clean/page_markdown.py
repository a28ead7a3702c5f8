"""Blocks to Markdown: headings, lists, quotes, code and tables as they were.

Only what makes structure is written; emphasis is not. What a text begins with by
itself and Markdown would take for a heading, a quote or a fence gets a backslash.
"""

import re
from collections import Counter
from typing import Final

from corpuskit._patterns import pattern
from corpuskit.clean.blocks import Blocks
from corpuskit.clean.page_wanted import inside, is_data_table

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_ITEMS: Final = frozenset(("li", "dd"))
_CELLS: Final = frozenset(("td", "th"))
_CODE: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
_QUOTE: Final = "blockquote"
_MOST_BLOCKS: Final = 4
_DEEPEST: Final = 12
_MARKED_UP: Final = pattern(
    r"^(?=#{1,6}(?:\s|$)|>|```|~~~|(?:=+|-{2,})\s*$)", re.MULTILINE
)
_FENCE: Final = pattern("`{3,}")


def to_markdown(blocks: Blocks, kept: list[int]) -> str:
    """The text of these blocks, given in page order, as Markdown."""
    writer = _Writer(blocks, kept)
    position = 0
    while position < len(kept):
        position = writer.write(position)
    return writer.text()


class _Nest:
    """What each element of a page lies in; elements are numbered in page order.

    Attributes:
        level: of the heading that an element is or lies in; 0 for none.
        mark: the innermost item or quote that it is or lies in; 0 for none.
        cell: likewise its table cell.
        table: likewise its table.
    """

    def __init__(self, blocks: Blocks) -> None:
        size = len(blocks.tag)
        self.level, self.mark = [0] * size, [0] * size
        self.cell, self.table = [0] * size, [0] * size
        for element in range(1, size):
            tag, outer = blocks.tag[element], blocks.parent[element]
            self.level[element] = max(self.level[outer], _HEADINGS.get(tag, 0))
            is_mark = tag in _ITEMS or tag == _QUOTE
            self.mark[element] = element if is_mark else self.mark[outer]
            self.cell[element] = element if tag in _CELLS else self.cell[outer]
            self.table[element] = element if tag == "table" else self.table[outer]


class _Writer:
    """Writes one kept block after another and knows what it is in."""

    def __init__(self, blocks: Blocks, kept: list[int]) -> None:
        self.blocks = blocks
        self.kept = kept
        self.nest = _Nest(blocks)
        self.parts: list[str] = []
        self.owner = self.last = self.list = -1
        self.marks: list[int] = []
        self.items: set[int] = set()
        self.numbers: dict[int, int] = {}
        self.counts: Counter[int] = Counter()
        self.is_table: dict[int, bool] = {0: False}
        self.n_inside = Counter(self.nest.mark[blocks.owner[i]] for i in kept)

    def text(self) -> str:
        """All that was written."""
        return "".join(self.parts)

    def write(self, position: int) -> int:
        """Writes the block at a position in `kept`, or the table that it opens.

        Gives the position after what was written.
        """
        i = self.kept[position]
        owner = self.blocks.owner[i]
        table = self._table(owner)
        if table:
            return self._write_table(position, table)
        text = self.blocks.text[i]
        if self.blocks.tag[owner] in _CODE:
            text = _fenced(text)
        elif level := self.nest.level[owner]:
            text = f"{'#' * level} {' '.join(text.split())}"
        else:
            text = _MARKED_UP.sub(r"\\", text)
        self._put(i, text, self._marks(owner))
        return position + 1

    def _put(self, i: int, text: str, marks: list[int]) -> None:
        """Adds a text behind the marks of the items and quotes around it."""
        lead = hanging = shared = ""
        items = [element for element in marks if self.blocks.tag[element] != _QUOTE]
        fresh = bool(items) and items[-1] not in self.items
        for element in marks:
            if self.blocks.tag[element] == _QUOTE:
                lead, hanging = f"{lead}> ", f"{hanging}> "
                shared = hanging if element in self.marks else shared
                continue
            marker = self._marker(element)
            if element in self.items:
                lead += " " * len(marker)
            elif element == items[-1]:
                lead += marker
            else:
                continue
            hanging += " " * len(marker)
        self.items.update(items[-1:])
        first, *others = text.split("\n")
        lines = [f"{hanging}{line}".rstrip() for line in others]
        outer = self.blocks.parent[items[0]] if items else -1
        if self.parts:
            gap = self._gap(i, marks, is_next=fresh and outer == self.list)
            self.parts.append(f"\n{shared.rstrip()}\n" if gap == "\n\n" else gap)
        self.parts.append("\n".join([lead + first, *lines]))
        self.owner, self.last = self.blocks.owner[i], i
        self.marks, self.list = marks, outer

    def _gap(self, i: int, marks: list[int], *, is_next: bool) -> str:
        """What stands before a block: items of a list follow each other closely."""
        if is_next:
            return "\n"
        if marks == self.marks and self.owner == self.blocks.owner[i]:
            close = self.last + 1 == i and 0 <= self.blocks.n_breaks[i] < 2
            return "\n" if close else "\n\n"
        return "\n\n"

    def _marker(self, element: int) -> str:
        """`- `, or the number of an item in an ordered list."""
        outer = self.blocks.parent[element]
        if self.blocks.tag[outer] != "ol":
            return "- "
        if element not in self.numbers:
            self.counts[outer] += 1
            self.numbers[element] = self.counts[outer]
        return f"{self.numbers[element]}. "

    def _marks(self, element: int) -> list[int]:
        """The items and quotes around a block, from the outside in.

        An item with many blocks of its own only holds them; of very deep nests the
        outer part is left out.
        """
        marks: list[int] = []
        element = self.nest.mark[element]
        while element and len(marks) < _DEEPEST:
            is_quote = self.blocks.tag[element] == _QUOTE
            if is_quote or self.n_inside[element] <= _MOST_BLOCKS:
                marks.append(element)
            element = self.nest.mark[self.blocks.parent[element]]
        return marks[::-1]

    def _table(self, owner: int) -> int:
        """The data table whose cell a block is in; 0 where there is none."""
        table = self.nest.table[self.nest.cell[owner]]
        if table not in self.is_table:
            self.is_table[table] = is_data_table(self.blocks, table)
        return table if self.is_table[table] else 0

    def _write_table(self, position: int, table: int) -> int:
        """Writes the kept cells of a table as rows; gives the position after them."""
        blocks, kept, start = self.blocks, self.kept, position
        cells: dict[int, list[str]] = {}
        while position < len(kept):
            owner = blocks.owner[kept[position]]
            if self._table(owner) != table:
                break
            words = " ".join(blocks.text[kept[position]].split())
            cells.setdefault(self.nest.cell[owner], []).append(words)
            position += 1
        rows: dict[int, list[str]] = {}
        for element in inside(blocks, table):
            if blocks.tag[element] in _CELLS:
                words = " ".join(cells.get(element, ())).replace("|", "\\|")
                rows.setdefault(blocks.parent[element], []).append(words)
        self._put(kept[start], _table_lines([r for r in rows.values() if any(r)]), [])
        self.owner = -1
        return position


def _table_lines(rows: list[list[str]]) -> str:
    """Rows as a table, the first one as its head and as wide as the widest."""
    width = max(map(len, rows))
    head = rows[0] + [""] * (width - len(rows[0]))
    lines = [f"| {' | '.join(row)} |" for row in (head, *rows[1:])]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _fenced(code: str) -> str:
    """Code between fences longer than any run of backticks in it."""
    longest = max((len(run) for run in _FENCE.findall(code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{code}\n{fence}"
