"""NearDuplicates: the survey that finds duplicates across all splits."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from corpuskit.dedup.corpus import Corpus, gather
from corpuskit.dedup.options import DedupOptions
from corpuskit.dedup.summary import Summary, summarize
from corpuskit.dedup.verify import Links
from corpuskit.document import Document

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of one member of a cluster.

    Attributes:
        cluster: id of the member that is kept.
        reason: "" for that one, else `dedup.exact` or `dedup.near`.
        similarity: to the kept member, 0 to 1.
    """

    cluster: str
    reason: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Marks:
    """The members of all clusters, by split and position."""

    splits: tuple[dict[int, Mark], ...]

    def of(self, split_index: int) -> dict[int, Mark]:
        """The marks of one split: position of the document -> its mark."""
        return self.splits[split_index]


class NearDuplicates:
    """Finds exact and near duplicates: `summarize` each split, then `decide`."""

    def __init__(self, options: DedupOptions | None = None) -> None:
        self.options = options or DedupOptions()

    def summarize(self, documents: Iterable[Document], scratch: Path) -> Summary:
        """Sums up the documents of one split, in order; texts go to a scratch file."""
        return summarize(documents, scratch, near=self.options.near)

    def decide(self, summaries: Sequence[Summary], jobs: int = 1) -> Marks:
        """The clusters of all splits; the summaries in the order of the splits.

        Which documents fall together does not depend on that order.
        """
        corpus = gather(summaries)
        with ThreadPoolExecutor(jobs) as pool:
            links = Links(corpus, self.options, pool)
            if self.options.near:
                links.find()
            return _marks(corpus, links, self.options)

    def mark(self, document: Document, mark: Mark) -> Document:
        """The document with its cluster, and dropped unless it is the kept member."""
        document = msgspec.structs.replace(document, cluster=mark.cluster)
        if not mark.reason:
            return document
        return document.with_extra(similarity=mark.similarity).dropped(mark.reason)


def _marks(corpus: Corpus, links: Links, options: DedupOptions) -> Marks:
    members, clusters = _clustered(links.labels[corpus.contents])
    ids = corpus.read_ids(members)
    order = _keep_order(corpus, members, ids, options)
    members, clusters = members[order], clusters[order]
    ids = [ids[place] for place in order]
    grouped = np.argsort(clusters, kind="stable")
    members, clusters = members[grouped], clusters[grouped]
    ids = [ids[place] for place in grouped]
    first = np.searchsorted(clusters, clusters)
    kept = members[first]
    values = links.similarities(corpus.contents[kept], corpus.contents[members])
    marks: tuple[dict[int, Mark], ...] = tuple({} for _ in range(corpus.n_splits))
    splits, positions = corpus.splits[members], corpus.entries["position"][members]
    for row in range(len(members)):
        same = corpus.contents[kept[row]] == corpus.contents[members[row]]
        reason = "dedup.exact" if same else "dedup.near"
        marks[splits[row]][int(positions[row])] = Mark(
            ids[first[row]],
            "" if first[row] == row else reason,
            round(float(values[row]), 4),
        )
    return Marks(tuple(dict(sorted(split.items())) for split in marks))


def _clustered(labels: Numbers) -> tuple[Numbers, Numbers]:
    """Members of clusters of two and more, and the label of each."""
    sizes = np.bincount(labels)
    members = np.flatnonzero(sizes[labels] > 1)
    return members, labels[members]


def _keep_order(
    corpus: Corpus, members: Numbers, ids: list[str], options: DedupOptions
) -> Numbers:
    """Positions in `members`, those to be kept first."""
    entries = corpus.entries[members]
    by_id = np.empty(len(ids), np.int64)
    by_id[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    best = (by_id, -entries["fields"], -entries["n_chars"])
    keys = {
        "best": best,
        "first": (members,),
        "longest": (members, -entries["n_chars"]),
        "newest": (*best, -entries["created"]),
    }
    return np.lexsort(keys[options.keep])
