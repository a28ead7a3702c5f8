"""Packed files that are damaged in their midst: what stands around it is read."""

import bz2
import gzip
import io
import lzma
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit._zstd import zstd
from corpuskit.sources import read
from corpuskit.sources.unpack_parts import GapError, Parts
from tests import made_files as made

ENDINGS = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz", "zstandard": ".zst"}
PACKINGS = pytest.mark.parametrize("packing", ENDINGS)


def part(packing: str, name: str, n_rows: int = 300) -> bytes:
    rng = random.Random(name)
    rows = (f'{{"text":"{name}{n} {rng.random()}"}}\n' for n in range(n_rows))
    return made.PACKERS[packing]("".join(rows).encode())


def broken(packed: bytes) -> bytes:
    """The bytes with a third of them lost to noise."""
    third = len(packed) // 3
    return packed[:third] + random.Random(1).randbytes(third) + packed[2 * third :]


def unpacked(packing: str, data: bytes, size: int = 5000) -> tuple[bytes, int]:
    """What comes of packed bytes, and how many gaps there were."""
    parts, out, n_gaps = Parts(io.BytesIO(data), packing), b"", 0
    while True:
        try:
            chunk = parts.read1(size)
        except GapError:
            n_gaps += 1
            continue
        except OSError:
            return out, n_gaps + 1
        if not chunk:
            return out, n_gaps
        out += chunk


@PACKINGS
def test_rows_behind_a_damaged_part_are_read(tmp_path, packing):
    names = ("甲", "乙", "丙", "丁")
    parts = [part(packing, name) for name in names]
    parts[1] = broken(parts[1])
    path = tmp_path / f"rows.jsonl{ENDINGS[packing]}"
    path.write_bytes(b"".join(parts))
    documents = list(read([path]))
    texts = [document.text for document in documents if document.keep]
    for name in "甲丙丁":
        assert sum(text.startswith(name) for text in texts) == 300
    assert sum(text.startswith("乙") for text in texts) < 300
    assert documents[-1].reason == "read.truncated"


@PACKINGS
@pytest.mark.parametrize("size", [1, 700, 1 << 20])
def test_whole_parts_are_one_text(packing, size):
    data = made.PACKERS[packing](b"a" * 9000) + made.PACKERS[packing](b"")
    data += made.PACKERS[packing]("말".encode() * 50)
    assert unpacked(packing, data, size) == (b"a" * 9000 + "말".encode() * 50, 0)


@PACKINGS
def test_large_parts_are_the_same_as_the_library_unpacks(packing):
    opened = {"gzip": gzip, "bzip2": bz2, "xz": lzma, "zstandard": zstd}[packing]
    data = part(packing, "x", 20_000) + part(packing, "y", 20_000)
    assert unpacked(packing, data, 1 << 16) == (opened.decompress(data), 0)


@PACKINGS
@pytest.mark.parametrize(("tail", "n_gaps"), [(b"\0" * 600, 0), (b"noise" * 9, 1)])
def test_what_follows_the_last_part_is_damage_of_gzip_alone(packing, tail, n_gaps):
    data = made.PACKERS[packing](b"text")
    assert unpacked(packing, data + tail) == (b"text", n_gaps * (packing == "gzip"))


@PACKINGS
def test_a_lost_header_is_a_gap(packing):
    first, lost, last = (part(packing, name) for name in "abc")
    out, n_gaps = unpacked(packing, first + b"\xee" * 12 + lost[12:] + last)
    assert n_gaps == 1
    assert out.count(b'"text":"c') == out.count(b'"text":"a') == 300


def test_part_that_a_damaged_header_swallows_is_found():
    first, middle, last = (part("gzip", name, 40) for name in "abc")
    extra_field = middle[:3] + b"\x04" + middle[4:]
    out, n_gaps = unpacked("gzip", first + extra_field + last)
    assert n_gaps == 1
    assert out.count(b'"text":"c') == out.count(b'"text":"a') == 40


def test_frames_without_data_are_no_gap():
    empty = b"\x53\x2a\x4d\x18\x04\x00\x00\x00none"
    data = zstd.compress(b"one") + empty + zstd.compress(b"two") + empty
    assert unpacked("zstandard", data) == (b"onetwo", 0)


@PACKINGS
def test_headers_without_end_are_given_up(packing):
    header = made.PACKERS[packing](b"")[:6]
    assert unpacked(packing, header * 5000)[1] <= 101


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(ENDINGS)), st.data())
def test_any_damage_leaves_the_parts_around_it(packing, data):
    first, middle, last = (part(packing, name, 40) for name in "abc")
    place = data.draw(st.integers(0, len(middle) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=30))
    middle = middle[:place] + noise + middle[place + len(noise) :]
    out, _ = unpacked(packing, first + middle + last)
    assert out.count(b'"text":"a') == 40
    if len(noise) + place < len(middle) - 40:
        assert out.count(b'"text":"c') == 40
