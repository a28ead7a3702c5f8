"""Reading: kinds of files, ids, and what cannot be read."""

import gzip
import json
from pathlib import Path

import pytest

from corpuskit.document import Document, encode
from corpuskit.sources import InputFile, ReadOptions, plan, read, read_split

SEEDS = Path(__file__).parent.parent / "seeds"
PAGE = "<html><head><title>題</title></head><body><p>本文です。</p></body></html>"


def write(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_seeds_have_ids_of_folder_and_name():
    documents = list(read([SEEDS]))
    assert documents[0].id == "seeds/000_a7029cc77447406f.txt#0"
    assert [d.id for d in documents] == sorted(d.id for d in documents)
    assert len(documents) == 5


def test_a_file_has_the_same_id_alone_and_in_its_folder():
    path = SEEDS / "001_24e069c5cde581db.txt"
    assert next(read([path])).id == "seeds/001_24e069c5cde581db.txt#0"


def test_seed_with_front_matter_gives_fields():
    document = next(read([SEEDS / "000_a7029cc77447406f.txt"]))
    assert document.title == "打造区域协同科创共同体，RCEP国际产业合作峰会启幕"
    assert document.created == "20220616T033426Z"
    assert document.metadata.author == "新浪财经"
    assert document.metadata.media_type == "text/html"
    assert document.text.startswith("<div>")
    assert "categories" in document.extra()["front_matter"]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", "只是文本。\n", "text/plain"),
        ("a.html", PAGE, "text/html"),
        ("a.txt", PAGE, "text/html"),
        ("page", PAGE, "text/html"),
        ("a.md", "# 제목\n\n본문 <b>x</b>\n", "text/markdown"),
        ("a.xhtml", '<?xml version="1.0"?>\n' + PAGE, "text/html"),
        ("a.xml", '<?xml version="1.0"?>\n<feed><a>x</a></feed>', "text/xml"),
        ("a.txt", "1 < 2 and 3 > 2", "text/plain"),
    ],
)
def test_media_type_is_told_by_content_then_by_name(
    tmp_path, name, content, media_type
):
    write(tmp_path, {name: content})
    (document,) = read([tmp_path])
    assert document.keep
    assert document.metadata.media_type == media_type
    assert document.text == content


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.gz", gzip.compress(b""), "empty"),
        ("a.css", b"p { color: red }", "format"),
        ("a.jsonl", b"\n\n", "empty"),
    ],
)
def test_what_holds_nothing_is_a_record_with_a_reason(tmp_path, name, content, rule):
    write(tmp_path, {name: content})
    (document,) = read([tmp_path])
    assert not document.keep
    assert document.reason == f"read.{rule}"
    assert name in document.extra()["error"]


@pytest.mark.parametrize(
    "content",
    [
        b" " * 60_000 + b"words < and more",
        b" \n" * 30_000 + b"<x",
        b"<!-- --> " * 7000 + b"<",
        b"<?xml " * 10_000,
        b"---\na: x" + b" " * 60_000 + b"y\n---\ntext <",
        b"<script" * 9000 + b"\xe9",
        b"<p " * 20_000 + b"\xe9",
    ],
)
def test_text_made_to_be_slow_is_read_like_any_other(tmp_path, content):
    write(tmp_path, {"a.txt": content})
    assert next(read([tmp_path])).keep


def test_a_missing_file_is_a_record(tmp_path):
    (document,) = read([tmp_path / "gone.txt"])
    assert document.reason == "read.missing"
    assert document.metadata.path.endswith("gone.txt")


def test_a_file_that_vanishes_after_the_plan_is_a_record(tmp_path):
    write(tmp_path, {"a.txt": "one", "b.txt": "two"})
    (split,) = plan([tmp_path])
    (tmp_path / "a.txt").unlink()
    gone, there = read_split(split)
    assert gone.reason == "read.missing"
    assert there.text == "two"


def test_a_large_document_is_refused_with_the_limit(tmp_path):
    write(tmp_path, {"a.txt": "x" * 100, "b.txt": "y" * 10})
    large, small = read([tmp_path], max_document_bytes=50)
    assert large.reason == "read.limit"
    assert "50 bytes" in large.extra()["error"]
    assert small.keep


def test_the_log_has_sizes_and_hashes(tmp_path):
    import hashlib

    write(tmp_path, {"a.txt": "one", "b.jsonl": '{"text":"x"}\n{"text":"y"}\n'})
    log: list[InputFile] = []
    for split in plan([tmp_path]):
        list(read_split(split, ReadOptions(), log))
    assert [(entry.size_bytes, entry.documents) for entry in log] == [(3, 1), (26, 2)]
    assert log[0].sha256 == hashlib.sha256(b"one").hexdigest()


def test_parts_give_the_same_documents(tmp_path):
    write(tmp_path, {f"p{n}.html": PAGE for n in range(5)})
    (split,) = plan([tmp_path])
    whole = [encode(d) for d in read_split(split)]
    parts = [encode(d) for part in split.parts() for d in read_split(part)]
    assert len(split.parts()) == 5
    assert parts == whole


def test_a_forced_encoding_is_used(tmp_path):
    write(tmp_path, {"a.txt": "café".encode("cp437")})
    (document,) = read([tmp_path], encoding="cp437")
    assert document.text == "café"
    assert document.metadata.encoding == "cp437"


def test_own_records_come_back_unchanged(tmp_path):
    record = Document(id="corpus/a#0", title="題", language="ja").with_text("本文")
    dropped = Document(id="7").with_text("").dropped("clean.empty")
    write(tmp_path, {"c.jsonl": encode(record) + encode(dropped)})
    assert list(read([tmp_path])) == [record, dropped]


def test_a_newer_record_is_refused_and_named(tmp_path):
    row = {"id": "a", "text": "x", "version": "corpuskit/9"}
    write(tmp_path, {"c.jsonl": json.dumps(row)})
    (document,) = read([tmp_path])
    assert document.reason == "read.version"
    assert "upgrade" in document.extra()["error"]
