"""Repeats: the survey that finds repeated passages across all splits."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpuskit.dedup.cuts import CutOptions, Cuts, Spans, cut, repeated
from corpuskit.dedup.passages import find_repeats, summarize_passages
from corpuskit.dedup.substrings import find_substrings, summarize_texts
from corpuskit.document import Document


class Repeats:
    """Finds passages that stand before: `summarize` each split, then `decide`."""

    def __init__(self, options: CutOptions | None = None) -> None:
        self.options = options or CutOptions()

    def summarize(self, documents: Iterable[Document], scratch: Path) -> Any:  # noqa: ANN401 - of two kinds
        """Sums up the documents of one split, in order, into a scratch file."""
        if self.options.kind == "substring":
            return summarize_texts(documents, scratch)
        return summarize_passages(documents, scratch, self.options)

    def decide(self, summaries: Sequence[Any], reference: Sequence[Any] = ()) -> Cuts:
        """What to cut in all splits; the summaries in the order of the splits.

        Args:
            summaries: of the splits that are cut.
            reference: of splits that stand before them and stay as they are.
        """
        if self.options.kind == "substring":
            return find_substrings(summaries, reference, self.options)
        return find_repeats(summaries, reference, self.options)

    def cut(self, document: Document, spans: Spans) -> Document:
        """The document without its repeats; dropped where nothing else is left."""
        return cut(document, spans, self.options.kind)

    def note(self, document: Document, spans: Spans) -> Document:
        """The whole document, with a note of how many repeats it has."""
        return repeated(document, spans, self.options.kind)
