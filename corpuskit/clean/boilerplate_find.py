"""What to cut from which documents, once the edges of all of them are known."""

from collections.abc import Sequence

from corpuskit.clean.boilerplate import MIN_PAGES, Cut, Edges


def find_cuts(edges: Sequence[Edges]) -> list[dict[int, Cut]]:
    """What to cut, by position of the document, for the edges of each split.

    Every document of a site with enough pages is named, most with nothing to cut.
    """
    if sum(one.n_looked_at for one in edges) < MIN_PAGES:
        return [{} for _ in edges]
    from corpuskit.clean.boilerplate_counts import count_lines

    return count_lines([one.hashes for one in edges])
