"""Web archives: large ones in ranges give what they give whole."""

import gzip
import random

import pytest

from corpuskit.sources import plan, planning, read, read_split
from corpuskit.sources.warc_ranges import is_warc
from tests import made_files as made

pytest.importorskip("fastwarc")
NOISE = random.Random(4)
IMAGE = made.warc_record(headers="HTTP/1.1 200 OK\nContent-Type: image/png")
PAGES = [
    made.warc_record(body=made.PAGE.replace("本文", f"第{n}頁").encode())
    for n in range(40)
]
RECORDS = [made.warc_record("warcinfo", "", b"x"), *[IMAGE] * 3, *PAGES, IMAGE]
INNER = b"".join(map(gzip.compress, PAGES[:3]))
NESTED = made.warc_record("resource", "", INNER)
FILES = {
    "plain": b"".join(RECORDS),
    "packed": b"".join(map(gzip.compress, RECORDS)),
    "one member": gzip.compress(b"".join(RECORDS)),
    "no pages": b"".join(map(gzip.compress, [IMAGE] * 20)),
    "archive inside": b"".join(map(gzip.compress, [*PAGES, NESTED, *PAGES])),
    "cut": b"".join(map(gzip.compress, RECORDS))[:-700],
    "damaged": b"".join(
        [*map(gzip.compress, PAGES[:20]), b"\x1f\x8b\x08" + bytes(50),
         *map(gzip.compress, PAGES[20:])]
    ),
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 300, 2000, 1 << 30])
@pytest.mark.parametrize("name", FILES)
def test_ranges_of_any_size_give_what_the_whole_gives(
    tmp_path, monkeypatch, name, size
):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(FILES[name])
    whole = list(read([path]))
    monkeypatch.setattr(planning, "RANGE_BYTES", size)
    parts = [part for split in plan([path]) for part in split.parts()]
    log = []
    assert [d for part in parts for d in read_split(part, log=log)] == whole
    assert sum(entry.size_bytes for entry in log) == len(FILES[name])
    assert len({d.id for d in whole}) == len(whole)


@pytest.mark.parametrize(("name", "many"), [("packed", True), ("one member", False)])
def test_only_members_and_records_are_cut_at(tmp_path, monkeypatch, name, many):
    (tmp_path / "a.warc.gz").write_bytes(FILES[name])
    monkeypatch.setattr(planning, "RANGE_BYTES", 300)
    parts = [part for split in plan([tmp_path]) for part in split.parts()]
    assert (len(parts) > 5) == many


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"WARC/1.0", True),
        (gzip.compress(b"WARC/1.1"), True),
        (gzip.compress(b"{}"), False),
        (b"\x1f\x8b\x08broken", False),
        (b"", False),
    ],
)
def test_web_archives_are_told_by_their_start(head, is_one):
    assert is_warc(head) == is_one
