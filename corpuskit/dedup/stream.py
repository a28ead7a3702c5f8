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
    **options: Any,  # noqa: ANN401 - the fields of DedupOptions
) -> Iterator[Document]:
    """The same documents in the same order, duplicates marked.

    Members of a cluster carry the id of the kept one in `cluster`; the others have
    `keep` false and the reason `dedup.exact` or `dedup.near`. Holds all documents.

    Args:
        documents: dropped and empty ones pass unchanged.
        options: see `DedupOptions`.
    """
    survey = NearDuplicates(DedupOptions(**options))
    held = list(documents)
    with tempfile.TemporaryDirectory(prefix="corpuskit-") as scratch:
        marks = survey.decide([survey.summarize(held, Path(scratch))]).of(0)
    for position, document in enumerate(held):
        mark = marks.get(position)
        yield document if mark is None else survey.mark(document, mark)
