"""Duplicates across splits: clusters, the keep rule, marks."""

import pytest

from corpuskit.dedup import DedupOptions, NearDuplicates, dedup
from corpuskit.document import Document


def test_dedup_gives_every_document_back_in_order():
    documents = [Document(id=str(n), text=text) for n, text in enumerate("aab")]
    assert [document.id for document in dedup(documents)] == ["0", "1", "2"]


@pytest.mark.parametrize("documents", [[], [Document(id="a")]])
def test_nothing_is_marked_where_there_is_no_text(documents):
    assert list(dedup(documents)) == documents


def test_decide_without_splits_marks_nothing():
    assert len(NearDuplicates(DedupOptions()).decide([])) == 0
