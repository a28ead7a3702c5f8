import io
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console

from corpuskit.document import Document, Metadata
from corpuskit.render import DocumentRow, documents_table, make_console, row_of

ROWS = [
    DocumentRow(
        id="news/000_a7029cc77447406f.txt#0",
        media_type="text/html",
        encoding="utf-8",
        size_bytes=9552,
        n_chars=5460,
        created="20220616T033426Z",
        title="区域协同科创共同体，国际产业合作峰会启幕",
        language="zh-Hans",
        author="财经",
        site="新闻网",
        n_damaged=3,
    ),
    DocumentRow(
        id="news/001.txt#0",
        media_type="text/plain",
        encoding="shift_jis",
        size_bytes=123,
        n_chars=60,
        title="科学技術交流会がモデル区で開催",
        language="ja",
    ),
    DocumentRow(
        id="news/[b]한글[/b]\x1b[31m.md#0",
        title="조합형 글자 👩‍👩‍👧 e\u0301",
        size_bytes=7,
    ),
    DocumentRow(id="مقالة.html#0", media_type="application/xhtml+xml"),
    DocumentRow(
        id="bad\u202egpj.bin#0",
        reason="read.binary",
        error="bad.bin: an image, not text: leave it out",
    ),
]


def shown(width, *, long=False, rows=ROWS):
    stream = io.StringIO()
    console = Console(file=stream, width=width, markup=False, emoji=False)
    console.print(documents_table(rows, long))
    return stream.getvalue()


@pytest.mark.parametrize("width", [20, 40, 80, 100, 130, 200])
@pytest.mark.parametrize("long", [False, True])
def test_nothing_is_cut_at_any_width(width, long):
    output = shown(width, long=long)
    squeezed = "".join(output.split())
    for row in ROWS:
        assert "".join(row.title.split()) in squeezed or width >= 100
        assert "".join(row.error.split()) in squeezed or width >= 100
    assert r"[b]한글[/b]\x1b[31m.md#0" in squeezed
    assert r"bad\u202egpj.bin#0" in squeezed
    assert "…" not in output
    assert max(map(cell_len, output.splitlines())) <= width


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_line_obeys_escapes(width):
    assert "\x1b" not in shown(width)
    assert "\u202e" not in shown(width)


def test_wide_output_has_one_line_a_document():
    lines = shown(200).splitlines()
    assert len(lines) == len(ROWS) + 2
    assert lines[0].split() == [
        "id",
        "type",
        "encoding",
        "bytes",
        "chars",
        "date",
        "title",
    ]
    assert lines[1].endswith("2022-06-16  区域协同科创共同体，国际产业合作峰会启幕")
    assert lines[-1] == "5 documents, 9.68 kB, 1 of them not kept"


def test_numbers_stand_right_and_wide_characters_count_two():
    lines = shown(200, rows=ROWS[:4]).splitlines()
    ends = {
        cell_len(line[: line.index(number)] + number)
        for line, number in zip(lines, ("bytes", "9,552", " 123", "  7"), strict=False)
    }
    assert len(ends) == 1


def test_titles_go_below_at_80_columns():
    lines = shown(80).splitlines()
    assert lines[1].startswith("news/000_a7029cc77447406f.txt#0")
    assert lines[1].endswith("2022-06-16")
    assert lines[2] == "  区域协同科创共同体，国际产业合作峰会启幕"


def test_narrow_output_puts_ids_on_their_own_lines():
    lines = shown(40).splitlines()
    assert lines[0] == "news/000_a7029cc77447406f.txt#0"
    assert lines[1].startswith("  html  utf-8  9,552 B")


def test_one_long_id_does_not_widen_the_column():
    long_id = DocumentRow(id="x" * 150, size_bytes=1)
    lines = shown(80, rows=[*ROWS[:2], long_id]).splitlines()
    assert lines[0].startswith("id  ")
    assert lines[5] == "x" * 80
    assert lines[6] == "x" * 70
    assert lines[7].split() == ["1", "0"]


def test_long_adds_fields():
    for width in (80, 200):
        output = shown(width, long=True)
        for value in ("zh-Hans", "财经", "新闻网", "damaged"):
            assert value in output
    assert "财经" not in shown(200)


def test_no_documents():
    assert shown(80, rows=[]).splitlines()[-1] == "0 documents, 0 B"


def test_row_of_reads_the_record():
    document = Document(
        id="a#0",
        title="标题",
        created="20240325T000000Z",
        metadata=Metadata(
            media_type="text/html",
            encoding="gb18030",
            extra='{"size_bytes":12,"n_replaced":2,"error":"a: broken"}',
        ),
    ).with_text("文字")
    row = row_of(document)
    assert (row.size_bytes, row.n_chars, row.n_damaged) == (12, 2, 2)
    assert (row.reason, row.error) == ("", "a: broken")
    assert row_of(document.dropped("read.json")).reason == "read.json"
    assert row_of(Document(id="b#0").with_text("文字")).size_bytes == 6
    assert list(row.to_dict())[:3] == ["id", "media_type", "encoding"]


def test_console_shows_text_as_it_is(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    console = make_console()
    console.print("[red]x[/] :smile: 123")
    assert console.width == 100
    assert capsys.readouterr().out == "[red]x[/] :smile: 123\n"


def test_console_width_and_colours(monkeypatch):
    monkeypatch.setenv("COLUMNS", "61")
    assert make_console().width == 61
    assert make_console(width=33).width == 33
    assert make_console(no_color=True).no_color
    monkeypatch.setenv("NO_COLOR", "1")
    assert make_console(stderr=True).no_color
    monkeypatch.setenv("NO_COLOR", "")
    assert not make_console().no_color


def test_console_writes_out_what_the_output_cannot_hold(monkeypatch):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252", newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    make_console().print("é 文")
    stream.flush()
    assert raw.getvalue() == b"\xe9 \\u6587\n"
