"""The table of `corpuskit redact`: what was replaced, by kind."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.render.shares import Section, Shares, ranked
from corpuskit.render.words import counted


def redacted_table(counts: Mapping[str, int], n_documents: int) -> RenderableType:
    """What was replaced by kind, and in how many documents."""
    where = Text(f"in {counted(n_documents, 'document')}", style="bold")
    if not counts:
        return Text("nothing to redact", style="bold")
    return Group(Shares(Section("redacted", ranked(counts))), where)
