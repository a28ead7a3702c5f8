"""The table of `corpuskit list --formats`: what can be read."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Column, Table
from rich.text import Text


def formats_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Formats with their suffixes; where an extra is missing, how to install it.

    Args:
        rows: `format`, `suffixes`, `extra` and `readable` of each.
    """
    table = Table(
        Column("format", no_wrap=True),
        Column("suffixes", overflow="fold"),
        Column("needs", overflow="fold"),
        box=None,
        pad_edge=False,
        header_style="bold",
    )
    for row in rows:
        missing = f"pip install 'corpuskit[{row['extra']}]'"
        needs = f"corpuskit[{row['extra']}]" if row["extra"] else ""
        table.add_row(
            row["format"],
            Text(row["suffixes"]),
            Text(needs if row["readable"] else missing),
        )
    return table
