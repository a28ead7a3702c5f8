"""Learning the boilerplate of sites as a survey of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpuskit.document import Document
from corpuskit.run.followed import followed

if TYPE_CHECKING:
    from corpuskit.clean import Cut, Edges
    from corpuskit.run.pipeline import DecidingSurvey, Decisions


class Learned(NamedTuple):
    """The summary of a split: its edges, and that of the other survey."""

    edges: "Edges"
    other: Any


class Cuts(NamedTuple):
    """What was decided: cuts by split and position, and what the other survey says."""

    cuts: list[bytes]
    other: "Decisions | None"

    def of(self, split: int) -> dict[int, tuple["Cut | None", Any]]:
        """The cut and the other decision, by position of the document."""
        from corpuskit.clean import cuts_of

        cuts = cuts_of(self.cuts[split])
        others = self.other.of(split) if self.other is not None else {}
        return {n: (cuts.get(n), others.get(n)) for n in {*cuts, *others}}


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Finds the lines that the pages of a site share, and cuts them.

    Attributes:
        other: a survey that looks at the same documents in the same pass; it sees the
            lines that are cut later.
    """

    other: "DecidingSurvey | None" = None

    @property
    def keeps_texts(self) -> bool:
        """False: lines are cut."""
        return False

    def summarize(self, documents: Iterable[Document], scratch: Path) -> Learned:
        """The edges of one split's documents, and what the other survey needs."""
        from corpuskit.clean import Edges

        edges, other = Edges(), None
        watched = edges.watch(documents)
        if self.other is not None:
            other = self.other.summarize(watched, scratch)
        for _ in watched:
            pass
        return Learned(edges, other)

    def decide(
        self, summaries: Sequence[Learned], reference: Sequence[Learned], jobs: int
    ) -> Cuts:
        """What to cut in the whole corpus, and what the other survey decides."""
        from corpuskit.clean import find_cuts

        cuts = find_cuts([summary.edges for summary in summaries])
        for summary in summaries:
            summary.edges.forget()
        if self.other is None:
            return Cuts(cuts, None)
        others = self.other.decide(_others(summaries), _others(reference), jobs)
        return Cuts(cuts, others)

    def committed(self, summaries: Sequence[Learned], decisions: Cuts) -> None:
        """Tells the other survey that the output is in its place."""
        if self.other is not None:
            self.other.committed(_others(summaries), decisions.other)

    def apply(self, document: Document, decision: tuple["Cut | None", Any]) -> Document:
        """The document without its boilerplate, and as the other survey decided."""
        from corpuskit.clean import cut_lines

        cut, other = decision
        if cut is not None:
            shorter = cut_lines(document, cut)
            document = followed(document, shorter, "clean.boilerplate")
        if other is not None and self.other is not None:
            document = self.other.apply(document, other)
        return document


def _others(summaries: Sequence[Learned]) -> list[Any]:
    return [summary.other for summary in summaries]
