"""The record loads unchanged in pandas, polars and DuckDB, whatever comes late."""

import pytest
from msgspec.structs import replace

from corpuskit.document import Document, Metadata, dump_extra, encode

N_RECORDS, LATE = 20_000, 19_990


def record(number):
    """A bare record; every optional value appears only in the last few."""
    bare = Document(f"s/{number}.txt#0", source="s").with_text(f"文 {number}")
    if number < LATE:
        return bare
    return replace(
        bare,
        created="20240325T000000Z",
        url="https://example.org/1",
        title="题目 title",
        language="zh-Hans",
        language_score=0.5,
        cluster="s/1.txt#0",
        keep=False,
        reason="dedup.near",
        metadata=Metadata(
            "s/1.txt", "text/html", "gb18030", "站", "作者", dump_extra({"views": 1})
        ),
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("records") / "documents.jsonl"
    with path.open("wb") as file:
        file.writelines(encode(record(number)) for number in range(N_RECORDS))
    return path


@pytest.fixture(scope="module")
def first_rows(corpus):
    path = corpus.with_name("first.jsonl")
    with corpus.open("rb") as file:
        path.write_bytes(b"".join(file.readline() for _ in range(100)))
    return path


def test_pandas_gets_the_same_columns_and_types(corpus, first_rows):
    pandas = pytest.importorskip("pandas")
    # Without dtype=False pandas makes whole numbers of any column that happens to hold
    # no fractions, whatever the file says.
    options = {"lines": True, "dtype": False}
    whole = pandas.read_json(corpus, **options)
    first = pandas.read_json(first_rows, **options)
    assert len(whole) == N_RECORDS
    assert list(whole.columns) == list(Document.__struct_fields__)
    assert whole.dtypes.to_dict() == first.dtypes.to_dict()
    assert whole["created"].iloc[-1] == "20240325T000000Z"
    assert whole["n_chars"].iloc[0] == 3


def test_polars_gets_the_same_columns_and_types(corpus, first_rows):
    polars = pytest.importorskip("polars")
    whole = polars.read_ndjson(corpus, infer_schema_length=100)
    first = polars.read_ndjson(first_rows, infer_schema_length=100)
    assert whole.height == N_RECORDS
    assert whole.schema == first.schema
    assert whole["language_score"].to_list()[-1] == 0.5
    assert whole["metadata"].struct.field("site").to_list()[-1] == "站"


def test_duckdb_gets_the_same_columns_and_types(corpus, first_rows):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        types = [
            connection.execute(
                f"describe select * from read_json_auto('{path}')"
            ).fetchall()
            for path in (corpus, first_rows)
        ]
        assert types[0] == types[1]
        by_name = {row[0]: row[1] for row in types[0]}
        assert by_name["created"] == "VARCHAR"
        assert by_name["language_score"] == "DOUBLE"
        assert by_name["keep"] == "BOOLEAN"
        (count,) = connection.execute(
            f"select count(*) from '{corpus}' where not keep"
        ).fetchone()
    assert count == N_RECORDS - LATE
