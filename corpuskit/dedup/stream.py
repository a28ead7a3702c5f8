"""dedup: marks the duplicates among documents at hand."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpuskit.dedup.near import NearDuplicates
from corpuskit.dedup.options import DedupOptions
from corpuskit.document import Document


def dedup(
    documents: Iterable[Document],
    *,
    against: Iterable[Document] = (),
    **options: Any,  # noqa: ANN401 - the fields of DedupOptions
) -> Iterator[Document]:
    """The same documents in the same order, duplicates marked.

    Members of a cluster carry the id of the kept one in `cluster`; the others have
    `keep` false and the reason `dedup.exact` or `dedup.near`. Holds all documents.

    Args:
        documents: dropped and empty ones pass unchanged.
        against: a reference corpus that is only compared with; a copy of one of its
            documents is a duplicate of that one.
        options: see `DedupOptions`.
    """
    survey = NearDuplicates(DedupOptions(**options))
    held = list(documents)
    with tempfile.TemporaryDirectory(prefix="corpuskit-") as scratch:
        folder = Path(scratch)
        reference = [survey.summarize(against, folder)]
        summaries = [survey.summarize(held, folder)]
        marks = survey.decide(summaries, reference=reference).of(0)
    for position, document in enumerate(held):
        mark = marks.get(position)
        yield document if mark is None else survey.mark(document, mark)
