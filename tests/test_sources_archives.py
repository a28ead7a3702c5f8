"""Packed files and archives: streamed, bounded, damaged, nested."""

import gzip
import io
import lzma
import random
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit._zstd import zstd
from corpuskit.sources import read
from tests import made_files as made
from tests.made_files import tarred, zipped

PAGE = "<html><body><p>ページ</p></body></html>".encode()
PACKERS = {
    ".gz": made.PACKERS["gzip"],
    ".bz2": made.PACKERS["bzip2"],
    ".xz": made.PACKERS["xz"],
    ".zst": made.PACKERS["zstandard"],
}


def read_bytes(tmp_path, name: str, content: bytes, **options):
    folder = tmp_path / "corpus"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return list(read([folder / name], **options))


@pytest.mark.parametrize("ending", PACKERS)
def test_packed_pages_are_read(tmp_path, ending):
    packed = PACKERS[ending](PAGE)
    (document,) = read_bytes(tmp_path, f"a.html{ending}", packed)
    assert document.text == PAGE.decode()
    assert document.id == f"corpus/a.html{ending}#0"
    assert document.metadata.media_type == "text/html"


@pytest.mark.parametrize("ending", PACKERS)
def test_packed_rows_are_read_whatever_the_name(tmp_path, ending):
    packed = PACKERS[ending](b'{"text":"a"}\n{"text":"b"}\n')
    documents = read_bytes(tmp_path, "rows", packed)
    assert [d.text for d in documents] == ["a", "b"]


@pytest.mark.parametrize("ending", PACKERS)
def test_rows_before_the_damage_are_kept_and_it_is_named(tmp_path, ending):
    filler = random.Random(3).randbytes(40_000).hex()
    rows = b'{"text":"first"}\n{"text":"' + filler.encode() + b'"}\n{"text":"c"}\n'
    packed = PACKERS[ending](rows * 8)
    documents = read_bytes(tmp_path, f"r.jsonl{ending}", packed[: len(packed) // 2])
    assert documents[-1].reason == "read.truncated"
    assert "fetch it again" in documents[-1].extra()["error"]
    assert ending in (".zst", ".bz2") or documents[0].text == "first"


def test_a_gzip_file_of_two_members_is_one_file(tmp_path):
    packed = gzip.compress(b'{"text":"a"}\n') + gzip.compress(b'{"text":"b"}\n')
    assert [d.text for d in read_bytes(tmp_path, "r.jsonl.gz", packed)] == ["a", "b"]


def test_a_page_that_is_only_named_gz_is_read(tmp_path):
    (document,) = read_bytes(tmp_path, "a.html.gz", PAGE)
    assert document.text == PAGE.decode()


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(PAGE)[:-4] + b"xxxx",
        b"\x1f\x8b\x08" + bytes(40),
        lzma.compress(PAGE)[:20] + b"x" * 20,
        b"BZh9" + bytes(30),
        b"\x28\xb5\x2f\xfd" + b"x" * 30,
        zipped({"a.txt": b"x" * 100})[:-30],
        b"PK\x03\x04" + bytes(50),
        tarred({"a.txt": b"x" * 3000})[:1200],
    ],
)
def test_damage_is_named_once_at_least(tmp_path, content):
    documents = read_bytes(tmp_path, "a.bin", content)
    assert documents[-1].reason == "read.truncated"
    assert "a.bin" in documents[-1].extra()["error"]


def test_zip_members_come_in_natural_order_with_their_paths(tmp_path):
    files = {
        "d/10.txt": b"ten",
        "d/9.html": PAGE,
        ".git/x": b"no",
        "d/__MACOSX/y": b"n",
    }
    documents = read_bytes(tmp_path, "p.zip", zipped(files))
    assert [d.id for d in documents] == [
        "corpus/p.zip/d/9.html#0",
        "corpus/p.zip/d/10.txt#0",
    ]


@pytest.mark.parametrize("name", ["a.tar", "a.tgz", "a.tar.xz", "a.tar.zst"])
def test_tar_members_are_read_packed_or_not(tmp_path, name):
    packer = {"gz": gzip.compress, "xz": lzma.compress, "st": zstd.compress}
    content = tarred({"x/春.txt": "春".encode(), "r.jsonl": b'{"text":"a"}\n'})
    packed = packer.get(name[-2:], bytes)(content)
    packed = gzip.compress(content) if name == "a.tgz" else packed
    documents = read_bytes(tmp_path, name, packed)
    assert [d.text for d in documents] == ["春", "a"]
    assert documents[0].id == f"corpus/{name}/x/春.txt#0"


def test_links_and_devices_in_archives_are_passed_over(tmp_path):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("null")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
    (document,) = read_bytes(tmp_path, "a.tar", buffer.getvalue())
    assert document.reason == "read.empty"


def test_archives_in_archives_are_read_to_a_depth(tmp_path):
    content = zipped({"in.txt": b"deep"})
    for n in range(2):
        content = zipped({f"{n}.zip": content})
    assert [d.text for d in read_bytes(tmp_path, "a.zip", content)] == ["deep"]
    (document,) = read_bytes(tmp_path, "a.zip", content, max_nesting=1)
    assert document.reason == "read.limit"


@pytest.mark.parametrize("ending", PACKERS)
def test_a_bomb_is_refused_at_the_limit_of_a_document(tmp_path, ending):
    packed = PACKERS[ending](bytes(8 << 20))
    limit = 1 << 20
    (document,) = read_bytes(
        tmp_path, f"a.html{ending}", packed, max_document_bytes=limit
    )
    assert document.reason == "read.limit"


def test_a_bomb_of_rows_ends_at_the_limit_of_what_is_unpacked(tmp_path):
    packed = gzip.compress(b'{"text":"a"}\n' * 100_000)
    documents = read_bytes(tmp_path, "r.jsonl.gz", packed, max_unpacked_bytes=1300)
    assert documents[0].text == "a"
    assert documents[-1].reason == "read.limit"
    assert len(documents) < 110


def test_an_archive_with_too_many_files_ends_at_the_limit(tmp_path):
    content = zipped({f"{n}.txt": b"x" for n in range(20)})
    documents = read_bytes(tmp_path, "a.zip", content, max_members=5)
    assert len(documents) == 6
    assert documents[-1].reason == "read.limit"


def test_an_encrypted_member_is_named_and_the_rest_is_read(tmp_path):
    content = bytearray(zipped({"a.txt": b"secret", "b.txt": b"open"}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(magic) + offset] |= 1
    locked, opened = read_bytes(tmp_path, "a.zip", bytes(content))
    assert locked.reason == "read.encrypted"
    assert opened.text == "open"


def test_names_in_the_encoding_of_old_archives_are_read(tmp_path):
    names = ["春天来了公园里的樱花很美.txt", "今年的开花时间比往年早.txt"]
    documents = read_bytes(tmp_path, "a.zip", _with_raw_names(names))
    assert sorted(d.id for d in documents) == sorted(
        f"corpus/a.zip/{name}#0" for name in names
    )


def _with_raw_names(names: list[str]) -> bytes:
    content = zipped({"x" * len(name.encode("gbk")): b"x" for name in names})
    for name in names:
        raw = name.encode("gbk")
        content = content.replace(b"x" * len(raw), raw)
    return content


def test_a_member_without_a_name_is_passed_over(tmp_path):
    content = zipped({"a": b"x"}).replace(b"\x01\x00\x00\x00a", b"\x00\x00\x00\x00a")
    assert read_bytes(tmp_path, "a.zip", content)


def test_patterns_choose_members(tmp_path):
    files = {"a.html": PAGE, "b.txt": b"text", "c/d.html": PAGE}
    documents = read_bytes(tmp_path, "a.zip", zipped(files), include=("*.html",))
    assert len(documents) == 2


@given(st.sampled_from(sorted(PACKERS)), st.data())
@settings(deadline=None, max_examples=60)
def test_any_damage_gives_records(tmp_path_factory, ending, data):
    rows = b'{"text":"one"}\n' * 20
    files = {"a/r.jsonl": rows, "b.txt": b"text" * 50}
    maker = data.draw(st.sampled_from([zipped, tarred, lambda f: f["a/r.jsonl"]]))
    content = bytearray(PACKERS[ending](maker(files)))
    if data.draw(st.booleans()):
        content = bytearray(maker(files))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    documents = read_bytes(tmp_path_factory.mktemp("any"), "a", bytes(content[:cut]))
    assert documents
    assert all(d.keep or d.reason.startswith("read.") for d in documents)
