"""Blocks to text: how the kept pieces of a page are put together again.

Paragraphs, headings, quotes and code are parted by one blank line. Items of one list
and rows of one table follow each other on lines of their own, cells of a row are
joined with ` | `. A `br` is a line end, two of them a blank line. Code keeps its
indentation and line ends.
"""

from corpuskit.clean.blocks import Blocks

_CELLS = frozenset(("td", "th"))
_ITEMS = frozenset(("li", "dt", "dd"))
_HOLDERS = _CELLS | _ITEMS
_NO_HOLDERS = (0, 0)
_ROWS = frozenset(("table", "tbody", "thead", "tfoot"))


def join(blocks: Blocks, kept: list[int]) -> str:
    """The text of these blocks, given in page order."""
    parts: list[str] = []
    texts, owners, before, left = blocks.text, blocks.owner, -1, _NO_HOLDERS
    for i in kept:
        if before >= 0 and owners[before] == owners[i]:
            is_line = before + 1 == i and 0 <= blocks.n_breaks[i] < 2
            parts.append("\n" if is_line else "\n\n")
        else:
            right = _holders(blocks, owners[i])
            if before >= 0:
                parts.append(_between(blocks, left, right))
            left = right
        parts.append(texts[i])
        before = i
    return "".join(parts)


def _between(blocks: Blocks, left: tuple[int, int], right: tuple[int, int]) -> str:
    """What parts two kept blocks of different elements, by what holds them."""
    if left[0] and right[0]:
        return _between_cells(blocks, left[0], right[0])
    return "\n" if left[1] and right[1] else "\n\n"


def _holders(blocks: Blocks, element: int) -> tuple[int, int]:
    """The cell and the item that an element or its parent is; 0 for none."""
    parent = blocks.parent[element]
    tag, outer = blocks.tag[element], blocks.tag[parent]
    if tag not in _HOLDERS and outer not in _HOLDERS:
        return _NO_HOLDERS
    cell = element if tag in _CELLS else parent if outer in _CELLS else 0
    item = element if tag in _ITEMS else parent if outer in _ITEMS else 0
    return cell, item


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
