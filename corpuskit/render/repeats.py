"""The table of `corpuskit dedup --level`: how much of which documents is repeated."""

from collections.abc import Iterable
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.document import Document
from corpuskit.render.listing import Listing
from corpuskit.render.shapes import name_text
from corpuskit.render.words import counted, number

_NAMED: Final = 20


def repeats_table(documents: Iterable[Document]) -> RenderableType:
    """The documents with most repeated characters, and how much it is together."""
    rows = []
    for document in documents:
        note = document.extra().get("repeated", {})
        n_chars, n_passages = int(note["characters"]), int(note["passages"])
        rows.append((n_chars, n_passages, document))
    rows.sort(key=lambda row: (-row[0], row[2].id))
    entries = [
        (
            f"{number(n_chars)} in {number(n_passages)}  {document.reason}".rstrip(),
            name_text(document.id),
        )
        for n_chars, n_passages, document in rows[:_NAMED]
    ]
    total = (
        f"{counted(sum(row[0] for row in rows), 'character')} in "
        f"{counted(sum(row[1] for row in rows), 'repeated passage')} of "
        f"{counted(len(rows), 'document')}"
    )
    return Group(
        Listing(entries, n_more=len(rows) - len(entries)), Text(total, style="bold")
    )
