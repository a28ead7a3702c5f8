"""NearDuplicates: the survey that finds duplicates across all splits."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from corpuskit.dedup.corpus import gather
from corpuskit.dedup.marks import Mark, Marks, make_marks
from corpuskit.dedup.options import DedupOptions
from corpuskit.dedup.spread import Spread
from corpuskit.dedup.summary import Summary, summarize
from corpuskit.dedup.verify import Links
from corpuskit.document import Document, dump_extra

if TYPE_CHECKING:
    from concurrent.futures import Executor


class NearDuplicates:
    """Finds exact and near duplicates: `summarize` each split, then `decide`."""

    def __init__(self, options: DedupOptions | None = None) -> None:
        self.options = options or DedupOptions()

    def summarize(self, documents: Iterable[Document], scratch: Path) -> Summary:
        """Sums up the documents of one split, in order; texts go to a scratch file."""
        return summarize(documents, scratch, near=self.options.near)

    def decide(
        self,
        summaries: Sequence[Summary],
        *,
        reference: Sequence[Summary] = (),
        pool: "Executor | None" = None,
        n_workers: int = 1,
    ) -> Marks:
        """The clusters of all splits; the summaries in the order of the splits.

        Which documents fall together depends neither on that order nor on the pool.

        Args:
            summaries: of the splits that are to be marked.
            reference: of splits that are only compared with: where a cluster has
                documents of these, one of them counts as the kept member.
            pool: its processes do most of the work; without one this process does.
            n_workers: how many processes it has.
        """
        corpus = gather([*reference, *summaries])
        links = Links(corpus, self.options, Spread(pool, n_workers))
        if self.options.near and summaries:
            links.find(summaries[0].path.parent, self.options.memory)
        return make_marks(corpus, links, self.options, len(reference))

    def mark(self, document: Document, mark: Mark) -> Document:
        """The document with its cluster, and dropped unless it is the kept member."""
        if not mark.reason:
            return msgspec.structs.replace(document, cluster=mark.cluster)
        extra = dump_extra({**document.extra(), "similarity": mark.similarity})
        return msgspec.structs.replace(
            document,
            cluster=mark.cluster,
            keep=False,
            reason=mark.reason,
            metadata=msgspec.structs.replace(document.metadata, extra=extra),
        )
