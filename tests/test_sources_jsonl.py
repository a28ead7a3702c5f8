"""JSON Lines: other people's rows, bad lines, ranges; JSON files."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.document import Document, decode_record, encode
from corpuskit.errors import ReadError
from corpuskit.sources import ReadOptions, plan, planning, read, read_split
from corpuskit.sources.jsonl import _any_row, _plain_row

DEEP = 100_000


def read_lines(tmp_path, content: bytes | str, name: str = "rows.jsonl", **options):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read([path], **options))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {
                "id": "d1", "text": "本文", "source": "cc", "added": "2024-05-01",
                "created": "2024-03-25T10:07:00Z", "metadata": {"url": "http://a/b"},
            },
            {"id": "d1", "url": "http://a/b", "created": "20240325T100700Z"},
        ),
        (
            {"text": "본문", "id": "<urn:1>", "metadata": {"date": "2024-03-25"}},
            {"id": "<urn:1>", "created": "20240325T000000Z"},
        ),
        (
            {"id": "12", "url": "https://ja.example/", "title": "題", "text": "文"},
            {"id": "12", "url": "https://ja.example/", "title": "題"},
        ),
        (
            {"url": "http://x", "digest": "sha1:A", "title": "t", "raw_content": "文"},
            {"url": "http://x", "title": "t"},
        ),
        ({"content": "x", "_id": 7, "headline": "h"}, {"id": "7", "title": "h"}),
        ({"body": "x", "id": 1e3}, {"id": "1000.0"}),
        ({"text": "x", "id": True}, {}),
        ({"text": "x", "id": ""}, {}),
    ],
)  # fmt: skip
def test_rows_of_others_are_mapped(tmp_path, row, expected):
    (document,) = read_lines(tmp_path, json.dumps(row, ensure_ascii=False))
    assert document.keep
    assert {name: getattr(document, name) for name in expected} == expected
    if "id" not in expected:
        assert document.id.endswith("/rows.jsonl#0")


def test_keys_that_no_field_takes_go_to_extra(tmp_path):
    row = {"text": "x", "n": 1, "self": [1, None], "lang": "zh", "metadata": {"a": 1}}
    (document,) = read_lines(tmp_path, json.dumps(row))
    assert document.extra() == {k: v for k, v in row.items() if k != "text"}


def test_keys_of_text_and_id_can_be_named(tmp_path):
    rows = '{"story":"本文","key":5,"text":"other"}\n'
    (document,) = read_lines(tmp_path, rows, text_key="story", id_key="key")
    assert (document.id, document.text) == ("5", "本文")
    (document,) = read_lines(tmp_path, rows, text_key="absent")
    assert document.reason == "read.json"
    assert "absent" in document.extra()["error"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "x", "text": "cut off',
        b"not json at all",
        b"[1,2,3]",
        b'"text"',
        b'{"id": "nt"}',
        b'{"text": null}',
        b'{"text": 12}',
        b"\x00\x00",
        b"{}",
        b'{"text":"deep","meta":' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"a":' * DEEP,
    ],
)
def test_a_bad_line_is_a_record_and_the_rest_is_read(tmp_path, line):
    good = b'{"text":"good"}'
    first, bad, last = read_lines(tmp_path, b"\n".join([good, line, good]))
    assert first.keep and last.keep
    assert bad.reason == "read.json"
    assert "line 2" in bad.extra()["error"]
    assert "rows.jsonl" in bad.extra()["error"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b'{"text":"lone \\ud800 one"}', "lone \ufffd one"),
        (b'{"text":"pair \\ud83d\\ude00"}', "pair \U0001f600"),
        (b'{"text":"x","n":' + b"9" * 6000 + b"}", "x"),
        (b'{"text":"x","n":NaN}', "x"),
        (b'{"text":"a\tb"}', "a\tb"),
        (b'{"text":"a\\u0000b"}', "ab"),
        (b'{"text":"a\\r\\nb"}', "a\nb"),
        ('{"text":"中文也可以"}'.encode("gb18030"), "中文也可以"),
        (b'{"text":"one","text":"two"}', "two"),
    ],
)
def test_odd_lines_are_read(tmp_path, line, text):
    (document,) = read_lines(tmp_path, line)
    assert document.text == text
    assert decode_record(encode(document)) == document


def test_a_mark_and_windows_line_ends_are_no_part_of_rows(tmp_path):
    rows = b'\xef\xbb\xbf{"text":"a"}\r\n\r\n{"text":"b"}'
    assert [d.text for d in read_lines(tmp_path, rows)] == ["a", "b"]


def test_own_ids_may_clash_here(tmp_path):
    rows = '{"id":"same","text":"a"}\n{"id":"same","text":"b"}\n'
    assert [d.id for d in read_lines(tmp_path, rows)] == ["same", "same"]


def test_rows_that_hold_pages_are_pages(tmp_path):
    row = json.dumps({"text": "<html><body><p>x</p></body></html>"})
    (document,) = read_lines(tmp_path, row)
    assert document.metadata.media_type == "text/html"


def test_an_overlong_line_is_refused_and_the_rest_is_read(tmp_path):
    rows = b'{"text":"a"}\n{"text":"' + b"x" * 500 + b'"}\n{"text":"b"}\n'
    first, long, last = read_lines(tmp_path, rows, max_document_bytes=100)
    assert (first.text, long.reason, last.text) == ("a", "read.limit", "b")
    assert last.id.endswith("#2")


def test_a_large_file_is_cut_into_ranges_of_whole_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(planning, "RANGE_BYTES", 1000)
    monkeypatch.setattr(planning, "_CHUNK_BYTES", 300)
    lines = [json.dumps({"text": f"行 {n} " + "x" * (n % 90)}) for n in range(300)]
    lines[100] = "broken"
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    splits = plan([path])
    ranges = [item for split in splits for item in split.inputs]
    assert len(ranges) > 10
    assert sum(item.size_bytes for item in ranges) == path.stat().st_size
    documents = [d for split in splits for d in read_split(split)]
    monkeypatch.undo()
    assert documents == [d for split in plan([path]) for d in read_split(split)]
    assert [d.id.rpartition("#")[2] for d in documents] == [str(n) for n in range(300)]
    assert "line 101" in documents[100].extra()["error"]


def test_rows_are_told_by_content_too(tmp_path):
    rows = '{"text":"a"}\n{"text":"b"}\n'
    assert len(read_lines(tmp_path, rows, "rows.txt")) == 2
    assert len(read_lines(tmp_path, rows, "rows")) == 2
    (document,) = read_lines(tmp_path, "{ braces } in a text\n", "a.txt")
    assert document.text == "{ braces } in a text\n"


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ('[{"text":"a"},{"text":"b"}]', ["a", "b"]),
        ('{\n "text": "a",\n "title": "t"\n}', ["a"]),
        ('{"text": "a"}', ["a"]),
    ],
)
def test_json_files_are_read(tmp_path, content, texts):
    assert [d.text for d in read_lines(tmp_path, content, "a.json")] == texts


@pytest.mark.parametrize(
    "content", ["[1]", "{", "[" * DEEP, '{"name":"x"}', '[{"a":1}]']
)
def test_json_files_without_text_are_records(tmp_path, content):
    (document,) = read_lines(tmp_path, content, "a.json")
    assert document.reason == "read.json"


def test_own_records_in_a_json_list_come_back(tmp_path):
    record = Document(id="a#0", title="題").with_text("本文")
    content = b"[" + encode(record).strip() + b"]"
    assert read_lines(tmp_path, content, "a.json") == [record]


def test_damaged_bytes_in_an_own_record_are_replaced_and_counted(tmp_path):
    line = encode(Document(id="a").with_text("本文です"))
    line = line.replace("文".encode(), b"\xff")
    (document,) = read_lines(tmp_path, line)
    assert document.text == "本\ufffdです"
    assert document.extra()["n_replaced"] == 1


def test_a_broken_own_record_is_named(tmp_path):
    row = '{"id":null,"text":"x","version":"corpuskit/1"}'
    (document,) = read_lines(tmp_path, row)
    assert document.reason == "read.json"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    rows=st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), max_size=5)
)
@settings(deadline=None, max_examples=60)
def test_any_rows_give_records_that_can_be_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    lines = [json.dumps({"text": "x", **row}) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    documents = [d for s in plan([path]) for d in read_split(s, ReadOptions())]
    assert len(documents) == max(1, len(rows))
    for document in documents:
        assert decode_record(encode(document)) == document


@given(data=st.binary(max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_read_as_rows(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    path.write_bytes(data)
    assert list(read([path]))


def test_an_own_record_that_is_damaged_beyond_repair_is_named(tmp_path):
    line = b'{"id":"a","text":5,"version":"corpuskit/1","title":"\xff"}\n'
    (tmp_path / "a.jsonl").write_bytes(line)
    (document,) = read([tmp_path / "a.jsonl"])
    assert document.reason == "read.json"


def encoded(text, codec):
    return text.encode(codec, "surrogatepass" if codec[:3] == "utf" else "replace")


VALUES = st.dictionaries(st.text(max_size=3), st.text() | st.floats() | st.none())
LINES = st.builds(
    encoded,
    st.builds(json.dumps, VALUES, ensure_ascii=st.booleans()) | st.text(),
    st.sampled_from(["utf-8", "utf-16", "gb18030", "iso2022_jp", "hz", "utf-7"]),
)


@settings(deadline=None, max_examples=300)
@given(LINES | st.binary())
def test_plain_lines_are_read_as_all_others(line):
    plain = _plain_row(line, 7)
    if plain is None:
        return
    try:
        row = _any_row(line, 7, ReadOptions())
    except ReadError as error:
        raise AssertionError(plain) from error
    assert plain == row


@pytest.mark.parametrize(
    ("line", "is_plain"),
    [
        ('{"text": "正文 \\ud83d\\ude00"}'.encode(), True),
        (b'{"text": "1 + 1", "n": [1, {"a": null}]}', False),
        ('{"text": "1 + 1 は二"}'.encode(), True),
        (b'{"text": "~{<:Ky2;VS{#,NpJ)l6HK!#~}"}', False),
        (b'\xef\xbb\xbf{"text": "x"}', False),
        (b'{"text": "\xe9"}', False),
        (b'{"text": "\\ud800"}', False),
        (b'{"text": NaN}', False),
        (b'["text"]', False),
        (b'{"text": "\x1b$B"}', False),
        (b'{"text": ' + b"[" * DEEP, False),
    ],
)
def test_which_lines_are_plain(line, is_plain):
    assert (_plain_row(line, 0) is not None) is is_plain
