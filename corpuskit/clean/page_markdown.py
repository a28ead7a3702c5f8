"""Blocks to Markdown: headings, lists, quotes, code and tables as they were.

Only what makes structure is written; emphasis is not. What a text begins with by
itself and Markdown would take for a heading, a quote or a fence gets a backslash.
"""

import re
from typing import Final

from corpuskit._patterns import pattern
from corpuskit.clean.blocks import Blocks
from corpuskit.clean.page_wanted import end_of, is_data_table

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_ITEMS: Final = frozenset(("li", "dd"))
_CELLS: Final = frozenset(("td", "th"))
_CODE: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
_MOST_BLOCKS: Final = 4
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


class _Writer:
    """Writes one kept block after another and knows what it is in."""

    def __init__(self, blocks: Blocks, kept: list[int]) -> None:
        self.blocks = blocks
        self.kept = kept
        self.parts: list[str] = []
        self.owner = -1
        self.last = -1
        self.items: set[int] = set()
        self.item = 0
        self.quote = self.list = -1
        self.numbers: dict[int, int] = {}
        self.counts: dict[int, int] = {}
        self.is_table: dict[int, bool] = {}
        self.n_inside: dict[int, int] = {}
        for i in kept:
            element = self._around(blocks.owner[i], _ITEMS)
            self.n_inside[element] = self.n_inside.get(element, 0) + 1

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
        chain = self._chain(owner)
        tags = [self.blocks.tag[element] for element in chain]
        text = self.blocks.text[i]
        if self.blocks.tag[owner] in _CODE:
            text = _fenced(text)
        elif level := max((_HEADINGS.get(tag, 0) for tag in tags), default=0):
            text = f"{'#' * level} {' '.join(text.split())}"
        else:
            text = _MARKED_UP.sub(r"\\", text)
        self._put(i, text, chain)
        return position + 1

    def _put(self, i: int, text: str, chain: list[int]) -> None:
        """Adds a text with the marks of the list items and quotes around it."""
        quotes = [e for e in chain if self.blocks.tag[e] == "blockquote"]
        quote = "> " * len(quotes)
        items = [element for element in chain if self._is_item(element)]
        marker, indent = "", ""
        for element in items:
            own = self._marker(element)
            if element in self.items:
                indent += " " * len(own)
            elif element == items[-1]:
                marker = own
        fresh = bool(marker)
        if fresh:
            self.items.add(items[-1])
        hanging = quote + indent + " " * len(marker)
        first, *others = text.split("\n")
        lines = [f"{quote}{indent}{marker}{first}"]
        lines += [f"{hanging}{line}" if line else hanging.rstrip() for line in others]
        outermost = self.blocks.parent[items[0]] if items else -1
        same_list = fresh and outermost == self.list
        gap = self._gap(i, items[-1] if items else 0, same_list=same_list)
        if gap == "\n\n" and quotes and quotes[0] == self.quote:
            gap = f"\n{quote.rstrip()}\n"
        self.parts += [gap, "\n".join(lines)] if self.parts else ["\n".join(lines)]
        self.owner, self.last = self.blocks.owner[i], i
        self.item = items[-1] if items else 0
        self.quote = quotes[0] if quotes else -1
        self.list = outermost

    def _gap(self, i: int, item: int, *, same_list: bool) -> str:
        """What stands before a block: items of a list follow each other closely."""
        if same_list:
            return "\n"
        if item == self.item and self.owner == self.blocks.owner[i]:
            close = self.last + 1 == i and 0 <= self.blocks.n_breaks[i] < 2
            return "\n" if close else "\n\n"
        return "\n\n"

    def _marker(self, element: int) -> str:
        """`- `, or the number of an item in an ordered list."""
        outer = self.blocks.parent[element]
        if self.blocks.tag[outer] != "ol":
            return "- "
        if element not in self.numbers:
            self.counts[outer] = self.counts.get(outer, 0) + 1
            self.numbers[element] = self.counts[outer]
        return f"{self.numbers[element]}. "

    def _is_item(self, element: int) -> bool:
        """Whether an element is an item; one with many blocks only holds them."""
        if self.blocks.tag[element] not in _ITEMS:
            return False
        return self.n_inside.get(element, 0) <= _MOST_BLOCKS

    def _chain(self, element: int) -> list[int]:
        """The elements around a block, from the outside in, without the body."""
        chain = []
        while element:
            chain.append(element)
            element = self.blocks.parent[element]
        return chain[::-1]

    def _around(self, element: int, tags: frozenset[str]) -> int:
        """The innermost element of these tags around a block; 0 where there is none."""
        while element and self.blocks.tag[element] not in tags:
            element = self.blocks.parent[element]
        return element

    def _table(self, owner: int) -> int:
        """The data table whose cell a block is in; 0 where there is none."""
        if not self._around(owner, _CELLS):
            return 0
        table = self._around(owner, frozenset(("table",)))
        if table not in self.is_table:
            self.is_table[table] = bool(table) and is_data_table(self.blocks, table)
        return table if self.is_table[table] else 0

    def _write_table(self, position: int, table: int) -> int:
        """Writes the kept cells of a table as rows; gives the position after them."""
        blocks, kept = self.blocks, self.kept
        cells: dict[int, list[str]] = {}
        start = position
        while position < len(kept) and self._table(blocks.owner[kept[position]]):
            i = kept[position]
            cell = self._around(blocks.owner[i], _CELLS)
            if self._around(cell, frozenset(("table",))) != table:
                break
            cells.setdefault(cell, []).append(" ".join(blocks.text[i].split()))
            position += 1
        rows: dict[int, list[str]] = {}
        for element in range(table + 1, end_of(blocks, table)):
            if blocks.tag[element] in _CELLS:
                words = " ".join(cells.get(element, ())).replace("|", "\\|")
                rows.setdefault(blocks.parent[element], []).append(words)
        self._put(kept[start], _table_lines([r for r in rows.values() if any(r)]), [])
        self.owner = -1
        return position


def _table_lines(rows: list[list[str]]) -> str:
    """Rows as a table, the first one as its head."""
    width = max(map(len, rows))
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _fenced(code: str) -> str:
    """Code between fences longer than any run of backticks in it."""
    longest = max((len(run) for run in _FENCE.findall(code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{code}\n{fence}"
