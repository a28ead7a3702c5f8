"""What to cut from which documents, once the edges of all of them are known."""

from collections.abc import Sequence

from corpuskit.clean.boilerplate import MIN_PAGES, TAIL, Cut, Edges


def find_cuts(edges: Sequence[Edges]) -> list[bytes]:
    """What to cut in the documents of each split; see `cuts_of`.

    A byte a document: millions of them stay small.
    """
    if sum(one.n_looked_at for one in edges) < MIN_PAGES:
        return [b"" for _ in edges]
    from corpuskit.clean.boilerplate_counts import count_lines

    return count_lines([one.hashes for one in edges])


def cuts_of(found: bytes) -> dict[int, Cut]:
    """What to cut, by position of the document in its split.

    Every document of a site with enough pages is named, most with nothing to cut.
    """
    return {n: Cut(*divmod(code - 1, TAIL)) for n, code in enumerate(found) if code}
