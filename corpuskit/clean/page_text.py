"""Blocks to text: how the kept pieces of a page are put together again.

Paragraphs, headings, quotes and code are parted by one blank line. Items of one list
and rows of one table follow each other on lines of their own, cells of a row are
joined with ` | `. A `br` is a line end, two of them a blank line. Code keeps its
indentation and line ends.
"""

from corpuskit.clean.blocks import Blocks

_CELLS = frozenset(("td", "th"))
_ITEMS = frozenset(("li", "dt", "dd"))
_ROWS = frozenset(("table", "tbody", "thead", "tfoot"))


def join(blocks: Blocks, kept: list[int]) -> str:
    """The text of these blocks, given in page order."""
    parts: list[str] = []
    before = -1
    for i in kept:
        if before >= 0:
            parts.append(_between(blocks, before, i))
        parts.append(blocks.text[i])
        before = i
    return "".join(parts)


def _between(blocks: Blocks, before: int, i: int) -> str:
    """What parts two kept blocks."""
    left, right = blocks.owner[before], blocks.owner[i]
    if left == right:
        breaks = blocks.n_breaks[i]
        return "\n" if before + 1 == i and 0 <= breaks < 2 else "\n\n"
    left_cell, right_cell = _up_to(blocks, left, _CELLS), _up_to(blocks, right, _CELLS)
    if left_cell and right_cell:
        return _between_cells(blocks, left_cell, right_cell)
    left_item, right_item = _up_to(blocks, left, _ITEMS), _up_to(blocks, right, _ITEMS)
    if left_item and right_item:
        return "\n"
    return "\n\n"


def _between_cells(blocks: Blocks, left: int, right: int) -> str:
    left_row, right_row = blocks.parent[left], blocks.parent[right]
    if left == right:
        return "\n\n"
    if left_row == right_row:
        return " | "
    same_table = _table(blocks, left_row) == _table(blocks, right_row)
    return "\n" if same_table else "\n\n"


def _table(blocks: Blocks, row: int) -> int:
    """The table of a row, past its sections."""
    table = blocks.parent[row]
    while blocks.tag[table] in _ROWS and blocks.tag[table] != "table":
        table = blocks.parent[table]
    return table


def _up_to(blocks: Blocks, element: int, tags: frozenset[str]) -> int:
    """The element or its parent, whichever has one of the tags; 0 where none has."""
    for _ in range(2):
        if blocks.tag[element] in tags:
            return element
        element = blocks.parent[element]
    return 0
