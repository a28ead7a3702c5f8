"""Repeated passages as a survey of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpuskit.document import Document
from corpuskit.run.followed import followed

if TYPE_CHECKING:
    from corpuskit.dedup import CutOptions, Cuts, Spans


@dataclass(frozen=True, slots=True)
class RepeatedPassages:
    """Finds passages that stand elsewhere in the corpus before, and cuts them.

    Attributes:
        options: which passages.
        mark_only: leave the texts; only note the repeats.
    """

    options: "CutOptions"
    mark_only: bool = False

    @property
    def keeps_texts(self) -> bool:
        """Whether repeats are only noted."""
        return self.mark_only

    def summarize(self, documents: Iterable[Document], scratch: Path) -> Any:  # noqa: ANN401 - the room's own
        """What finding repeats needs of one split's documents."""
        from corpuskit.dedup import Repeats

        return Repeats(self.options).summarize(documents, scratch)

    def decide(
        self, summaries: Sequence[Any], reference: Sequence[Any], jobs: int
    ) -> "Cuts":
        """What to cut in the whole corpus."""
        from corpuskit.dedup import Repeats

        return Repeats(self.options).decide(summaries, reference)

    def committed(self, summaries: Sequence[Any], decisions: "Cuts") -> None:
        """Does nothing: nothing outlives the run."""

    def apply(self, document: Document, decision: "Spans") -> Document:
        """The document without its repeats."""
        from corpuskit.dedup import Repeats

        repeats = Repeats(self.options)
        if self.mark_only:
            return repeats.note(document, decision)
        shorter = repeats.cut(document, decision)
        return followed(document, shorter, f"dedup.{self.options.kind}")
