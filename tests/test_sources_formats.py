"""Tables, web archives, books and mail; what is missing an extra."""

import gzip
import io
import mailbox
import sys
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpuskit.errors import MissingExtraError
from corpuskit.sources import formats, plan, planning, read, read_split
from tests import made_files as made

pyarrow = pytest.importorskip("pyarrow")
JAPANESE = "春になると公園の桜がきれいに咲き、カメラを持って散歩に出ます。"
PAGE = "<html><head><title>題</title></head><body><p>本文。</p></body></html>"


def read_bytes(tmp_path, name: str, content: bytes, **options):
    folder = tmp_path / "corpus"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return list(read([folder / name], **options))


def test_formats_have_names_endings_and_extras():
    table = {kind.name: kind for kind in formats()}
    assert ".html" in table["html"].suffixes
    assert table["parquet"].extra == "parquet"
    assert table["text"].extra == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'id,text,year\n1,"春,\nの日",2024\n2,夏,2025\n'),
        ("a.tsv", "id\ttext\tyear\n1\t春,\\の日\t2024\n2\t夏\t2025\n"),
        ("a.csv", "\ufeffid;text;year\r\n1;春;2024\r\n2;夏;2025\r\n"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_tables_of_text_are_read(tmp_path, name, content, codec):
    if codec == "gb18030":  # enough of it to tell the encoding
        content = content.removeprefix("\ufeff").replace(
            "夏", "公园里的樱花开得很美" * 9
        )
    documents = read_bytes(tmp_path, name, content.encode(codec))
    assert [d.id for d in documents] == ["1", "2"]
    assert documents[0].text.startswith("春")
    assert documents[1].extra() == {"year": "2025"}


def test_bad_rows_of_tables_are_named(tmp_path):
    content = b"id,text\n1,one\n2\n3,three,more,cells\n"
    first, bad, last = read_bytes(tmp_path, "a.csv", content)
    assert (first.text, last.text) == ("one", "three")
    assert bad.reason == "read.json"
    assert last.extra() == {"more": ["more", "cells"]}


@pytest.mark.parametrize(
    ("codec", "bad", "n_replaced"),
    [("utf-8", b"\xff\xfe", 2), ("gb18030", b"\xff", 1), ("euc_jp", b"\xff", 1)],
)
def test_damaged_bytes_of_tables_are_counted_by_row(tmp_path, codec, bad, n_replaced):
    texts = {"utf-8": "春", "gb18030": "公园里的樱花", "euc_jp": JAPANESE}
    text = texts[codec] * 9
    rows = f"id,text\n1,{text}\n".encode(codec) * 900
    content = rows + b"9," + bad + text.encode(codec) + b"\n"
    *whole, damaged = read_bytes(tmp_path, "a.csv", content)
    assert damaged.extra()["n_replaced"] == n_replaced
    assert damaged.text == "\ufffd" * n_replaced + text
    assert not any("n_replaced" in d.extra() for d in whole)


def test_damaged_bytes_of_json_are_counted(tmp_path):
    content = '[{"text":"春の日"},{"text":"夏"}]'.encode().replace(
        "夏".encode(), b"\xff"
    )
    first, second = read_bytes(tmp_path, "a.json", content)
    assert first.extra()["n_replaced"] + second.extra().get("n_replaced", 0) == 1


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"id,text\n", "empty"), (b"\x89PNG\r\n\x1a\n", "binary"), (b"", "empty")],
)
def test_tables_without_rows_are_records(tmp_path, content, rule):
    (document,) = read_bytes(tmp_path, "a.csv", content)
    assert document.reason == f"read.{rule}"


def test_an_overlong_cell_ends_the_table_and_is_named(tmp_path):
    content = b"text\nshort\n" + b"x" * 500 + b"\n"
    first, bad = read_bytes(tmp_path, "a.csv", content, max_document_bytes=100)
    assert (first.text, bad.reason) == ("short", "read.table")


def parquet(n_rows: int, group: int) -> bytes:
    import datetime

    import pyarrow.parquet

    day = datetime.date(2024, 3, 25)
    rows = [
        {"text": f"第{n}行", "n": n, "day": day, "raw": b"x"} for n in range(n_rows)
    ]
    buffer = io.BytesIO()
    table = pyarrow.Table.from_pylist(rows)
    pyarrow.parquet.write_table(table, buffer, row_group_size=group)
    return buffer.getvalue()


def test_parquet_is_read_by_row_groups(tmp_path, monkeypatch):
    whole = read_bytes(tmp_path, "a.parquet", parquet(25, 4))
    assert [d.text for d in whole] == [f"第{n}行" for n in range(25)]
    assert whole[3].id == "corpus/a.parquet#3"
    assert whole[3].extra() == {"n": 3, "day": "2024-03-25", "raw": "x"}
    monkeypatch.setattr(planning, "RANGE_BYTES", 200)
    splits = plan([tmp_path / "corpus"])
    parts = [part for split in splits for part in split.parts()]
    assert len(parts) > 2
    assert [d for part in parts for d in read_split(part)] == whole


def test_packed_parquet_is_read(tmp_path):
    documents = read_bytes(tmp_path, "a.parquet.gz", gzip.compress(parquet(3, 3)))
    assert len(documents) == 3


@pytest.mark.parametrize(
    ("cell", "text", "n_bad"),
    [
        ("桥已经开放".encode(), "桥已经开放", 0),
        (b"open \xff\xfe today", "open \ufffd\ufffd today", 2),
        ("다리".encode()[:-1], "다\ufffd\ufffd", 2),
    ],
)
def test_bad_bytes_of_parquet_cells_are_counted(tmp_path, cell, text, n_bad):
    import pyarrow.parquet

    buffer = io.BytesIO()
    columns = {"text": [cell], "tags": [[b"a", b"\x80"]]}
    pyarrow.parquet.write_table(pyarrow.table(columns), buffer)
    (document,) = read_bytes(tmp_path, "a.parquet", buffer.getvalue())
    assert document.text == text
    assert document.extra() == {"tags": ["a", "\ufffd"], "n_replaced": n_bad + 1}


def test_damaged_parquet_is_named(tmp_path):
    (document,) = read_bytes(tmp_path, "a.parquet", parquet(9, 3)[:-20])
    assert document.reason == "read.truncated"


@pytest.mark.parametrize(("extra", "package"), [("parquet", "pyarrow")])
def test_a_missing_extra_is_named(tmp_path, monkeypatch, extra, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=f"corpuskit\\[{extra}\\]"):
        read_bytes(tmp_path, f"a.{extra}", b"PAR1")


def test_books_are_read_in_reading_order(tmp_path):
    documents = read_bytes(tmp_path, "b.epub", made.book("cagc"))
    assert [d.id for d in documents] == [
        "corpus/b.epub/O/c x.xhtml#0",
        "corpus/b.epub/O/a x.xhtml#0",
    ]
    assert documents[0].metadata.media_type == "text/html"


def test_damaged_books_and_office_documents_are_named(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    (document,) = read_bytes(tmp_path, "b.epub", buffer.getvalue())
    assert document.reason == "read.truncated"
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    (document,) = read_bytes(tmp_path, "b.docx", buffer.getvalue())
    assert document.reason == "read.binary"


def message(text: str, html: str = "", charset: str = "utf-8") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "春の便り", "花子 <hanako@example.org>"
    mail["Date"] = "Mon, 25 Mar 2024 10:07:00 +0900"
    mail.set_content(text, charset=charset)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp", "euc-jp"])
def test_mail_is_read_with_its_headers(tmp_path, charset):
    data = message("本文です。\n", PAGE, charset).as_bytes()
    (document,) = read_bytes(tmp_path, "a.eml", data)
    assert document.text == "本文です。\n"
    assert document.title == "春の便り"
    assert document.created == "20240325T010700Z"
    assert document.metadata.author == "花子 <hanako@example.org>"


def test_mail_of_html_alone_is_a_page(tmp_path):
    mail = message("x")
    mail.set_content(PAGE, subtype="html")
    (document,) = read_bytes(tmp_path, "a.eml", mail.as_bytes())
    assert document.metadata.media_type == "text/html"


@pytest.mark.parametrize("name", ["a.mbox", "inbox"])
def test_mailboxes_are_read_message_by_message(tmp_path, name):
    box = mailbox.mbox(tmp_path / "made")
    box.add(message("一つ目。\nFrom here on.\n"))
    box.add(message("二つ目。\n"))
    box.close()
    data = (tmp_path / "made").read_bytes()
    documents = read_bytes(tmp_path, name, data)
    assert [d.text.strip() for d in documents] == [
        "一つ目。\nFrom here on.",
        "二つ目。",
    ]
    assert documents[1].id == f"corpus/{name}#1"


def test_web_archives_give_the_pages_fetched(tmp_path):
    pytest.importorskip("fastwarc")
    html = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=gbk"
    packed = f"{html}\nContent-Encoding: gzip"
    packed_page = gzip.compress(PAGE.encode("gbk", "ignore"))
    image = "HTTP/1.1 200 OK\nContent-Type: image/png"
    content = b"".join(
        gzip.compress(record)
        for record in (
            made.warc_record("warcinfo", "", b"software: x"),
            made.warc_record("response", html, PAGE.replace("題", "题").encode("gbk")),
            made.warc_record("response", packed, packed_page),
            made.warc_record("response", image, b"\x89PNG"),
            made.warc_record("conversion", "", "変換された本文。".encode()),
        )
    )
    page, unpacked, text = read_bytes(tmp_path, "a.warc.gz", content)
    assert "本文" in unpacked.text
    assert "<title>题</title>" in page.text
    assert page.url == "https://example.org/response"
    assert page.extra()["warc_date"] == "2024-03-25T10:07:00Z"
    assert text.text == "変換された本文。"
    assert [page.id, text.id] == ["corpus/a.warc.gz#0", "corpus/a.warc.gz#2"]


NAMES = ["a.csv", "a.tsv", "a.eml", "a.mbox", "a.epub", "a.json", "a.html", "a.md"]


@given(name=st.sampled_from(NAMES), data=st.binary(max_size=150))
@example(name="a.json", data=b" [] ")
@settings(deadline=None, max_examples=120)
def test_any_bytes_are_read_by_every_reader(tmp_path_factory, name, data):
    assert read_bytes(tmp_path_factory.mktemp("any"), name, data)


STARTS = [b"PAR1", b"WARC/1.0\r\n", b"From a\nA: b\nC: d\nE: f\n", b"PK\x03\x04", b"{"]


@given(start=st.sampled_from(STARTS), data=st.binary(max_size=150))
@settings(deadline=None, max_examples=60)
def test_any_bytes_after_a_magic_number_are_read(tmp_path_factory, start, data):
    assert read_bytes(tmp_path_factory.mktemp("any"), "a", start + data)


def test_parquet_with_broken_text_is_named(tmp_path):
    content = parquet(5, 5)
    place = content.find("第2行".encode())
    broken = content[:place] + b"\xff" + content[place + 1 :]
    documents = read_bytes(tmp_path, "a.parquet", broken)
    assert documents[-1].reason in ("", "read.truncated")
    assert documents
