"""The table of `corpuskit list`; rich is not needed before it is printed."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpuskit.render.document_row import DocumentRow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


class DocumentsTable:
    """Rows that choose their layout by the width: nothing is cut in any of them.

    Wide: one line a document. Less: the title below. Least: the id on its own lines,
    the other fields below it.
    """

    def __init__(self, rows: Sequence[DocumentRow], *, long: bool = False) -> None:
        self.rows = rows
        self.long = long

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "RenderResult":
        """The lines of the table and one that sums it up."""
        # A listing for machines gets as far as here and must not wait for rich.
        from corpuskit.render.document_lines import lines

        return lines(console, self.rows, long=self.long, width=options.max_width)


def documents_table(rows: Iterable[DocumentRow], long: bool = False) -> DocumentsTable:
    """The table of `corpuskit list`, with a line that sums it up."""
    return DocumentsTable(list(rows), long=long)
