import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.write.separated import separated_line


@pytest.mark.parametrize(
    ("cells", "as_csv", "as_tsv"),
    [
        (["a", "b"], "a,b\n", "a\tb\n"),
        (
            ["题目", "日本語", "한국어"],
            "题目,日本語,한국어\n",
            "题目\t日本語\t한국어\n",
        ),
        (['say "hi"', "x,y"], '"say ""hi""","x,y"\n', 'say "hi"\tx,y\n'),
        (["two\nlines", "tab\there"], '"two\nlines",tab\there\n', None),
        (["two\r\nlines", "\\"], '"two\nlines",\\\n', "two\\nlines\t\\\\\n"),
        ([True, 0.0, 7, None], "true,0.0,7,\n", "true\t0.0\t7\t\n"),
        ([{"a": [1]}], '"{""a"":[1]}"\n', '{"a":[1]}\n'),
        (["lone \ud800"], "lone \\ud800\n", "lone \\ud800\n"),
    ],
)
def test_separated_line(cells, as_csv, as_tsv):
    assert separated_line(cells, tabs=False).decode() == as_csv
    if as_tsv is not None:
        assert separated_line(cells, tabs=True).decode() == as_tsv


@given(st.lists(st.text(), min_size=2))
def test_tsv_line_is_one_row_and_csv_reads_back(cells):
    line = separated_line(cells, tabs=True).decode()
    assert line.count("\n") == 1
    assert line.count("\t") == len(cells) - 1
    row = separated_line(cells, tabs=False).decode()
    (found,) = csv.reader(io.StringIO(row, newline=""))
    assert found == [c.replace("\r\n", "\n").replace("\r", "\n") for c in cells]
