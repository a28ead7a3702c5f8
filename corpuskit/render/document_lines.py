"""The lines of the table of `corpuskit list`, laid out for the width at hand."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from corpuskit.render.document_row import DocumentRow
from corpuskit.render.listing import indented
from corpuskit.render.shapes import name_text
from corpuskit.render.words import counted, number, size, visible

_GAP: Final = "  "
_ID_STYLE: Final = "cyan"
_HEADINGS: Final = ("id", "type", "encoding", "bytes", "chars", "date")
_LONG_HEADINGS: Final = ("damaged", "language", "author", "site")
_RIGHT: Final = frozenset({"bytes", "chars", "damaged"})
_TITLE_ROOM: Final = 40
"""Columns a title must get to stand in the same line; else it goes below."""


def lines(
    console: Console, rows: Sequence[DocumentRow], *, long: bool, width: int
) -> Iterator[Text]:
    """The lines of the table in the layout for the width, and one that sums it up."""
    titles = [_title(row) for row in rows]
    widest = max((title.cell_len for title in titles), default=0)
    title_room = len(_GAP) + min(widest, _TITLE_ROOM)
    full = _Columns(rows, long=long, room=width - title_room)
    short = _Columns(rows, long=False, room=width)
    if full.fits:
        yield from _wide(console, full, titles, width)
    elif short.fits:
        yield from short.line(0)
        for index, row in enumerate(rows):
            yield from short.line(index + 1)
            yield from _below(console, row, long, width)
    else:
        for row in rows:
            yield name_text(row.id, _ID_STYLE)
            yield from indented(console, _facts(row), width)
            yield from _below(console, row, long, width)
    yield Text(_summary(rows), style="bold")


def _below(
    console: Console, row: DocumentRow, long: bool, width: int
) -> Iterator[Text]:
    yield from indented(console, _title(row), width)
    if long:
        yield from indented(console, _more(row), width)


class _Columns:
    """Aligned columns, the first line their headings; all but the title.

    Attributes:
        fits: the columns fit into the room with at least half of the ids; an id that
            is too long for its column stands in lines of its own.
        width: of all columns and the gaps between them.
    """

    def __init__(self, rows: Sequence[DocumentRow], *, long: bool, room: int) -> None:
        self.lines = [_HEADINGS + (_LONG_HEADINGS if long else ())]
        self.lines += [_cells(row, long=long) for row in rows]
        ids, *others = zip(*self.lines, strict=True)
        widths = [max(map(cell_len, column)) for column in others]
        rest = sum(widths) + len(_GAP) * len(widths)
        fitting = [length for length in map(cell_len, ids) if length <= room - rest]
        self.fits = len(fitting) * 2 > len(rows)
        self.widths = [max(fitting, default=0), *widths]
        self.width = self.widths[0] + rest

    def line(self, index: int) -> Iterator[Text]:
        """One padded line, after the id where that is too long for its column."""
        id_, *others = self.lines[index]
        if cell_len(id_) > self.widths[0]:
            yield Text(id_, _ID_STYLE, overflow="fold")
            id_ = ""
        line = Text(style="" if index else "bold")
        line.append(
            id_ + " " * (self.widths[0] - cell_len(id_)), _ID_STYLE if index else None
        )
        cells = zip(self.lines[0][1:], others, self.widths[1:], strict=True)
        for heading, cell, width in cells:
            pad = " " * (width - cell_len(cell))
            line.append(_GAP)
            line.append(pad + cell if heading in _RIGHT else cell + pad)
        line.rstrip()
        yield line


def _cells(row: DocumentRow, *, long: bool) -> tuple[str, ...]:
    from corpuskit.dates import show

    cells = (
        visible(row.id),
        _type(row.media_type),
        visible(row.encoding),
        number(row.size_bytes),
        number(row.n_chars),
        visible(show(row.created)),
    )
    if not long:
        return cells
    more = (row.language, row.author, row.site)
    return (*cells, number(row.n_damaged), *map(visible, more))


def _wide(
    console: Console, columns: _Columns, titles: Sequence[Text], width: int
) -> Iterator[Text]:
    indent = columns.width + len(_GAP)
    for index, title in enumerate((Text("title", style="bold"), *titles)):
        *before, line = columns.line(index)
        yield from before
        line.append(" " * (indent - line.cell_len))
        first, *others = indented(console, title, width - indent, 0)
        yield line + first
        for other in others:
            yield Text(" " * indent) + other


def _type(media_type: str) -> str:
    return visible(media_type.removeprefix("text/").removeprefix("application/"))


def _title(row: DocumentRow) -> Text:
    if row.reason:
        return name_text(f"{row.reason}  {row.error}".rstrip(), "yellow")
    return name_text(row.title) if row.title else Text("no title", style="dim")


def _facts(row: DocumentRow) -> Text:
    _, media_type, encoding, n_bytes, n_chars, day = _cells(row, long=False)
    facts = (media_type, encoding, f"{n_bytes} B", f"{n_chars} chars", day)
    return Text(_GAP.join(filter(None, facts)))


def _more(row: DocumentRow) -> Text:
    facts = {
        "language": row.language,
        "author": row.author,
        "site": row.site,
        "damaged": number(row.n_damaged) if row.n_damaged else "",
    }
    line = Text()
    for label, fact in facts.items():
        if fact:
            line.append(f"{label} ", "dim").append(visible(fact)).append(_GAP)
    return line


def _summary(rows: Sequence[DocumentRow]) -> str:
    n_bytes = sum(row.size_bytes for row in rows)
    n_dropped = sum(1 for row in rows if row.reason)
    parts = [counted(len(rows), "document"), size(n_bytes)]
    if n_dropped:
        parts.append(f"{number(n_dropped)} of them not kept")
    return ", ".join(parts)
