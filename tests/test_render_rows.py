import csv
import io
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpuskit.render
from corpuskit.document import Document
from corpuskit.render import FORMATS, rows_as, stats_as
from corpuskit.stats import stats

ROWS = [
    {
        "id": "新闻/一.html#0",
        "n": 3,
        "score": 0.5,
        "keep": True,
        "note": 'say "hi", 你好',
    },
    {
        "id": "ニュース\t二",
        "n": 0,
        "score": 1.0,
        "keep": False,
        "note": "two\nlines\r\n",
    },
    {"id": "뉴스", "n": -1, "score": 0.0, "keep": True, "note": None},
]
VALUES = st.text() | st.integers() | st.booleans()


def text_of(rows, file_format):
    return b"".join(rows_as(rows, file_format)).decode("utf-8")


def test_jsonl_has_a_row_a_line_with_real_characters():
    output = text_of(ROWS, "jsonl")
    assert [json.loads(line) for line in output.splitlines()] == ROWS
    assert "新闻" in output


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS])
def test_json_is_one_array(rows):
    assert json.loads(text_of(rows, "json")) == rows


def test_csv_keeps_values_and_line_ends():
    read = list(csv.DictReader(io.StringIO(text_of(ROWS, "csv"), newline="")))
    assert read[0]["note"] == 'say "hi", 你好'
    assert read[1]["note"] == "two\nlines\n"
    assert [row["keep"] for row in read] == ["true", "false", "true"]
    assert read[2]["note"] == ""


def test_tsv_has_a_row_a_line():
    lines = text_of(ROWS, "tsv").splitlines()
    assert len(lines) == 4
    assert lines[0].split("\t") == list(ROWS[0])
    assert lines[2].split("\t")[0] == r"ニュース\t二"
    assert lines[2].split("\t")[4] == r"two\nlines\n"


@pytest.mark.parametrize("file_format", ["jsonl", "csv", "tsv"])
def test_no_rows_give_nothing(file_format):
    assert text_of([], file_format) == ""


@given(st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=5))
@settings(deadline=None)
def test_any_rows_come_back(rows):
    def lines(file_format):
        return text_of(rows, file_format).split("\n")[:-1]

    assert [json.loads(line) for line in lines("jsonl")] == rows
    assert len(lines("tsv")) == (len(rows) + 1 if rows else 0)
    read = list(csv.reader(io.StringIO(text_of(rows, "csv"), newline="")))
    assert len(read) == (len(rows) + 1 if rows else 0)


def test_lone_surrogates_do_not_stop_the_output():
    rows = [{"id": "bad\udc80"}]
    assert json.loads(text_of(rows, "jsonl")) == rows[0]
    assert text_of(rows, "csv") == "id\nbad\\udc80\n"


def test_unknown_format_is_refused():
    with pytest.raises(ValueError, match="no format 'table'"):
        rows_as([], "table")


DOCUMENTS = [
    Document(id="a#0", language="zh-Hans").with_text("中文"),
    Document(id="b#0", language="ja").with_text("かな" * 10),
    Document(id="c#0").dropped("read.empty"),
]


@pytest.mark.parametrize("file_format", ["json", "jsonl"])
def test_stats_as_one_object(file_format):
    output = b"".join(stats_as(stats(DOCUMENTS, by="language"), file_format))
    values = json.loads(output)
    assert (values["documents"], values["dropped"]) == (2, 1)
    assert values["lengths"]["percentiles"]["p50"] == 2
    assert values["lengths"]["histogram"][0] == {"from": 2, "below": 5, "documents": 1}
    assert output.count(b"\n") == 1 or file_format == "json"


@pytest.mark.parametrize("file_format", ["csv", "tsv"])
def test_stats_as_rows(file_format):
    output = b"".join(stats_as(stats(DOCUMENTS, by="language"), file_format)).decode()
    comma = "," if file_format == "csv" else "\t"
    lines = [tuple(line.split(comma)) for line in output.splitlines()]
    assert lines[0] == ("section", "name", "value")
    for line in (
        ("corpus", "documents", "2"),
        ("languages", "zh-Hans", "1"),
        ("reasons", "read.empty", "1"),
        ("lengths", "max", "20"),
        ("lengths.percentiles", "p99", "20"),
        ("lengths.histogram", "2", "1"),
        ("groups.ja", "characters", "20"),
    ):
        assert line in lines
    assert len(set(lines)) == len(lines)


def test_names_of_the_room_exist():
    for name in corpuskit.render.__all__:
        assert getattr(corpuskit.render, name)
    assert FORMATS[0] == "table"
    with pytest.raises(AttributeError, match="no attribute 'nobody'"):
        _ = corpuskit.render.nobody


@pytest.mark.parametrize(
    ("use", "absent"),
    [
        ("import corpuskit.render", "rich"),
        ("from corpuskit.render import documents_table, row_of, rows_as", "rich"),
        ("from corpuskit.render import documents_table, make_console", "rich.live"),
        ("from corpuskit.render import stats_tables, run_summary", "pygments"),
        ("from corpuskit.render import make_progress", "rich.progress"),
    ],
)
def test_imports_stay_cheap(use, absent):
    code = f"{use}\nimport sys\nsys.exit({absent!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
