"""The table of `corpuskit diff`: what changed between two runs."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.render.listing import Listing
from corpuskit.render.shapes import name_text
from corpuskit.render.words import NAMED_ROWS, number, visible
from corpuskit.run.differences import Change

_KINDS: Final = {"added": "green", "changed": "yellow", "removed": "red"}


class Changes:
    """The first changes of each kind, and how many there are of each."""

    def __init__(self) -> None:
        self.first: dict[str, list[Change]] = {kind: [] for kind in _KINDS}
        self.n: Counter[str] = Counter()

    def take(self, changes: Iterable[Change]) -> "Changes":
        """Counts changes and remembers the first ones of each kind."""
        for change in changes:
            self.n[change.change] += 1
            if self.n[change.change] <= NAMED_ROWS:
                self.first[change.change].append(change)
        return self


def changes_table(changes: Changes) -> RenderableType:
    """The changes by kind, each with what is different, and their numbers."""
    parts: list[RenderableType] = []
    for kind, style in _KINDS.items():
        if changes.n[kind]:
            entries = [
                (_told(change), name_text(change.id)) for change in changes.first[kind]
            ]
            parts.append(Text(kind, style=f"bold {style}"))
            parts.append(Listing(entries, n_more=changes.n[kind] - len(entries)))
    total = ", ".join(f"{number(changes.n[kind])} {kind}" for kind in _KINDS)
    return Group(*parts, Text(total, style="bold"))


def _told(change: Change) -> str:
    """What is different, in a few words."""
    before, after = number(change.n_chars_before), number(change.n_chars_after)
    if change.change == "changed":
        fields = change.fields.replace(",", ", ")
        sizes = before if before == after else f"{before} to {after}"
        return f"{fields}, {sizes} characters" if "text" in change.fields else fields
    reason = change.reason_before or change.reason_after
    size = after if change.change == "added" else before
    word = "was" if change.change == "added" else "now"
    return f"{size} characters" + (f", {word} {visible(reason)}" if reason else "")
