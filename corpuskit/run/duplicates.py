"""Deduplication as a survey of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from corpuskit.document import Document

if TYPE_CHECKING:
    from corpuskit.dedup import DedupOptions, Mark, Marks, Summary

# From so many documents on comparing is worth the start of processes.
_WORTH_A_POOL = 20_000


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Finds documents that say the same over the whole corpus.

    Attributes:
        options: what counts as a duplicate.
        mark_only: keep all documents; only cluster and reason are written.
        index: file of earlier runs to compare with, and to add what is kept to.
    """

    options: "DedupOptions"
    mark_only: bool = False
    index: Path | None = None

    @property
    def keeps_texts(self) -> bool:
        """True: documents are marked, whole."""
        return True

    def summarize(self, documents: Iterable[Document], scratch: Path) -> "Summary":
        """What comparing needs of one split's documents."""
        from corpuskit.dedup import NearDuplicates

        return NearDuplicates(self.options).summarize(documents, scratch)

    def decide(
        self,
        summaries: "Sequence[Summary]",
        reference: "Sequence[Summary]",
        jobs: int,
    ) -> "Marks":
        """The clusters of the whole corpus, and of what it is compared with."""
        from corpuskit.dedup import NearDuplicates

        known = list(reference)
        if self.index is not None:
            from corpuskit.dedup import Index

            known += Index(self.index).relevant(summaries, self.options)
        survey = NearDuplicates(self.options)
        n_entries = sum(summary.n_entries for summary in [*summaries, *known])
        if jobs <= 1 or n_entries < _WORTH_A_POOL:
            return survey.decide(summaries, reference=known)
        from concurrent.futures import BrokenExecutor

        from corpuskit.run.pool import executor

        try:
            with executor(jobs) as pool:
                return survey.decide(
                    summaries, reference=known, pool=pool, n_workers=jobs
                )
        except BrokenExecutor:
            # A process was killed, perhaps for lack of memory: alone it takes longer.
            return survey.decide(summaries, reference=known)

    def committed(self, summaries: "Sequence[Summary]", decisions: "Marks") -> None:
        """Adds what was kept to the index, once the output is in its place."""
        if self.index is not None:
            from corpuskit.dedup import Index

            Index(self.index).add(summaries, decisions)

    def apply(self, document: Document, decision: "Mark") -> Document:
        """The document with its cluster; dropped unless it is the kept member."""
        from corpuskit.dedup import NearDuplicates

        marked = NearDuplicates(self.options).mark(document, decision)
        return replace(marked, keep=document.keep) if self.mark_only else marked
