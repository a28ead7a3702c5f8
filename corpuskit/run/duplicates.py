"""Deduplication as a survey of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from corpuskit.document import Document

if TYPE_CHECKING:
    from corpuskit.dedup import DedupOptions, Mark, Marks, Summary


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Finds documents that say the same over the whole corpus.

    Attributes:
        options: what counts as a duplicate.
        mark_only: keep all documents; only cluster and reason are written.
    """

    options: "DedupOptions"
    mark_only: bool = False

    def summarize(self, documents: Iterable[Document], scratch: Path) -> "Summary":
        """What comparing needs of one split's documents."""
        from corpuskit.dedup import NearDuplicates

        return NearDuplicates(self.options).summarize(documents, scratch)

    def decide(self, summaries: "Sequence[Summary]", jobs: int) -> "Marks":
        """The clusters of the whole corpus."""
        from corpuskit.dedup import NearDuplicates

        return NearDuplicates(self.options).decide(summaries, jobs)

    def apply(self, document: Document, decision: "Mark") -> Document:
        """The document with its cluster; dropped unless it is the kept member."""
        from corpuskit.dedup import NearDuplicates

        marked = NearDuplicates(self.options).mark(document, decision)
        return replace(marked, keep=document.keep) if self.mark_only else marked
