"""Marks: what becomes of the members of each cluster."""

from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from corpuskit.dedup.corpus import Corpus
from corpuskit.dedup.options import DedupOptions
from corpuskit.dedup.thresholds import SOMEWHAT
from corpuskit.dedup.verify import Links

Numbers = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]

# After so many rounds who is still like nobody that is kept stays alone.
_MOST_ROUNDS = 20

EXACT, NEAR = "dedup.exact", "dedup.near"


class Mark(msgspec.Struct, frozen=True):
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
    """The members of all clusters, in input order.

    Attributes:
        bounds: where the members of each split begin; one more than splits.
        positions: of each member in its split.
        clusters: the cluster of each member.
        names: for each cluster, the id of the member that is kept.
        reasons: of each member.
        similarities: of each member to the kept one.
    """

    bounds: Numbers
    positions: Numbers
    clusters: Numbers
    names: list[str]
    reasons: list[str]
    similarities: Shares

    def __len__(self) -> int:
        return len(self.positions)

    def of(self, split_index: int) -> dict[int, Mark]:
        """The marks of one split: position of the document -> its mark."""
        part = slice(*self.bounds[split_index : split_index + 2].tolist())
        rows = zip(
            self.positions[part].tolist(),
            self.clusters[part].tolist(),
            self.reasons[part],
            self.similarities[part].tolist(),
            strict=True,
        )
        return {
            position: Mark(self.names[cluster], reason, similarity)
            for position, cluster, reason, similarity in rows
        }


def make_marks(
    corpus: Corpus, links: Links, options: DedupOptions, n_reference: int = 0
) -> Marks:
    """The marks of all documents whose contents are linked or the same.

    Args:
        corpus: all documents.
        links: of their contents.
        options: with the keep rule.
        n_reference: so many splits, the first ones, are only compared with: they get
            no marks, and their documents are kept before others.
    """
    labels = links.labels[corpus.contents]
    members = np.flatnonzero(np.bincount(labels)[labels] > 1)
    ids = corpus.read_ids(members)
    order = _keep_order(corpus, members, ids, options)
    is_new = corpus.splits[members] >= n_reference
    order = order[np.argsort(is_new[order], kind="stable")]
    contents = corpus.contents[members]
    clusters, values = _settled(links, labels[members], contents, order)
    # Who has nobody left is in no cluster.
    stays = np.bincount(clusters)[clusters] > 1 if len(clusters) else is_new
    places = np.flatnonzero(stays)
    rank = np.cumsum(stays) - 1
    _, clusters = np.unique(clusters[places], return_inverse=True)
    kept = _kept(rank[order[stays[order]]], clusters)
    contents, members = contents[places], members[places]
    reasons = np.where(contents == contents[kept[clusters]], EXACT, NEAR).astype(object)
    reasons[kept] = ""
    splits = np.arange(n_reference, corpus.n_splits + 1)
    bounds = np.searchsorted(corpus.splits[members], splits)
    return Marks(
        bounds,
        corpus.entries["position"][members],
        clusters,
        [ids[row] for row in places[kept].tolist()],
        reasons.tolist(),
        values[places],
    )


def _settled(
    links: Links, labels: Numbers, contents: Numbers, order: Numbers
) -> tuple[Numbers, Shares]:
    """Clusters in which all are like the kept member, and how much each is.

    Links make chains: a page that quotes two others is like both. Who is not like the
    kept member goes, with the others of the cluster that are not, into one of its own.
    """
    _, clusters = np.unique(labels, return_inverse=True)
    values = np.zeros(len(labels))
    far = np.ones(len(labels), np.bool_)
    for _ in range(_MOST_ROUNDS):
        kept = _kept(order, clusters)[clusters]
        values[far] = links.similarities(contents[far], contents[kept[far]])
        far = values < SOMEWHAT
        if not far.any():
            return clusters, np.round(values, 4)
        _, clusters = np.unique(clusters * 2 + far, return_inverse=True)
    clusters[far] = clusters.max() + 1 + np.arange(np.count_nonzero(far))
    return clusters, np.round(values, 4)


def _kept(order: Numbers, clusters: Numbers) -> Numbers:
    """For each cluster its first member in this order."""
    kept = np.zeros(clusters.max(initial=-1) + 1, np.int64)
    kept[clusters[order[::-1]]] = order[::-1]
    return kept


def _keep_order(
    corpus: Corpus, members: Numbers, ids: list[str], options: DedupOptions
) -> Numbers:
    """Places in `members`, the ones to keep first."""
    entries = corpus.entries[members]
    by_id = np.empty(len(ids), np.int64)
    by_id[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    best = (members, by_id, -entries["fields"], -entries["n_chars"])
    orders = {
        "best": best,
        "first": (members,),
        "longest": (members, -entries["n_chars"]),
        "newest": (*best, -entries["created"]),
    }
    return np.lexsort(orders[options.keep])
