"""The table of `corpuskit dedup`: which documents say the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.document import Document
from corpuskit.render.listing import Listing
from corpuskit.render.shapes import name_text
from corpuskit.render.words import NAMED_ROWS, counted, number, visible

_MEMBERS: Final = 5


@dataclass(frozen=True, slots=True)
class Member:
    """A dropped member of a cluster; similarity to the kept one, 0.0 to 1.0."""

    id: str
    reason: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents that say the same: the id of the kept one, and the others."""

    kept: str
    members: tuple[Member, ...]


def clusters_of(documents: Iterable[Document]) -> list[Cluster]:
    """The clusters of marked documents, the largest first, equal ones by id."""
    members: dict[str, list[Member]] = {}
    for document in documents:
        if not document.cluster or document.cluster == document.id:
            continue
        similarity = float(document.extra().get("similarity", 1.0))
        member = Member(document.id, document.reason, similarity)
        members.setdefault(document.cluster, []).append(member)
    clusters = [Cluster(kept, tuple(found)) for kept, found in members.items()]
    return sorted(clusters, key=_rank)


def cluster_rows(clusters: Iterable[Cluster]) -> Iterator[dict[str, Any]]:
    """The members of clusters as rows for machines, the kept one first."""
    for cluster in clusters:
        rows = [Member(cluster.kept, "", 1.0), *cluster.members]
        for member in rows:
            yield {
                "cluster": cluster.kept,
                "id": member.id,
                "keep": member.id == cluster.kept,
                "reason": member.reason,
                "similarity": member.similarity,
            }


def clusters_table(clusters: Sequence[Cluster]) -> RenderableType:
    """The largest clusters, the kept member of each on top, and how many there are."""
    lines: list[RenderableType] = []
    for cluster in sorted(clusters, key=_rank)[:NAMED_ROWS]:
        entries = [_entry(member) for member in cluster.members[:_MEMBERS]]
        lines.append(name_text(cluster.kept, "cyan"))
        lines.append(Listing(entries, n_more=len(cluster.members) - len(entries)))
    if len(clusters) > NAMED_ROWS:
        rest = number(len(clusters) - NAMED_ROWS)
        lines.append(Text(f"and {rest} more clusters", style="dim"))
    n_members = sum(len(cluster.members) for cluster in clusters)
    total = f"{counted(n_members, 'duplicate')} in {counted(len(clusters), 'cluster')}"
    return Group(*lines, Text(total, style="bold"))


def _entry(member: Member) -> tuple[str, Text]:
    return f"{member.similarity:.2f}  {visible(member.reason)}", name_text(member.id)


def _rank(cluster: Cluster) -> tuple[int, str]:
    return -len(cluster.members), cluster.kept
