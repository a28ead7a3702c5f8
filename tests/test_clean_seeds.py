import pytest

from corpuskit.clean import clean
from corpuskit.sources import read
from tests.benchmarks._gold import gold
from tests.benchmarks.seeds import SEEDS, check, read_rows


@pytest.fixture(scope="module")
def documents():
    return {
        doc.metadata.path.rpartition("/")[2]: clean(doc) for doc in read([str(SEEDS)])
    }


def test_seeds_keep_no_frame(documents):
    assert len(documents) == 5
    for document in documents.values():
        assert document.keep
        assert document.title and document.title not in document.text.split("\n")
        tail = document.text[-200:].lower()
        assert not any(word in tail for word in ("copyright", "powered by", "版权所有"))
        assert ".jpg" not in document.text


def test_seeds_are_exact(documents):
    if gold("seeds") is None:
        pytest.skip("CORPUSKIT_GOLD is not set")
    removed = read_rows("removed.jsonl")
    for row in read_rows("gold.jsonl"):
        lines = [r["line"] for r in removed if r["id"] == row["id"]]
        result = check(documents[row["file"]], row, lines)
        assert result.right == row["paragraphs"]
        assert result.left == []
        assert result.is_exact
        assert all(result.fields.values())
