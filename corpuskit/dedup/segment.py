"""Segment: one part of an index file, as it is written and read."""

import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.reader import Texts, read_ids
from corpuskit.dedup.sketch import N_BINS, Signatures
from corpuskit.dedup.summary import Summary
from corpuskit.dedup.tables import (
    ENTRY,
    N_BANDS,
    BandKeys,
    Entries,
    band_keys,
    has_signature,
)

_HEAD, _TAIL = struct.Struct("<8s12Q"), struct.Struct("<8sQ")
_HEAD_MARK, _TAIL_MARK = b"CKHEAD02", b"CKTAIL02"
_ALIGNED, _CHUNK = 8, 1 << 20
_BLOCK_ROWS = 4096

Kept = tuple[Entries, Signatures]


@dataclass(frozen=True, slots=True)
class Segment:
    """Where the parts of one segment lie in the file.

    Attributes:
        path: the file.
        n_entries: how many documents it holds.
        n_signed: how many of them have a signature.
        places: where its nine sections begin, and where the last one ends.
    """

    path: Path
    n_entries: int
    n_signed: int
    places: tuple[int, ...]

    @property
    def begin(self) -> int:
        """Where the segment begins."""
        return self.places[0] - _HEAD.size

    @property
    def end(self) -> int:
        """Where the segment ends."""
        return self.places[-1] + _TAIL.size

    @property
    def codes_at(self) -> int:
        """Where the key codes begin."""
        return self.places[7]

    @property
    def ids_at(self) -> int:
        """Where the ids begin."""
        return self.places[8]

    def entries(self) -> Entries:
        """All entries; places of codes and ids count from their section's begin."""
        return self._map(self.places[0], ENTRY, self.n_entries)

    def contents(self) -> npt.NDArray[np.uint64]:
        """The first halves of the hashes of all contents, sorted."""
        return self._map(self.places[1], np.dtype("<u8"), self.n_entries)

    def content_entries(self) -> npt.NDArray[np.uint32]:
        """The entries that the sorted contents are of."""
        return self._map(self.places[2], np.dtype("<u4"), self.n_entries)

    def signed(self) -> npt.NDArray[np.uint32]:
        """The entry of each signature."""
        return self._map(self.places[3], np.dtype("<u4"), self.n_signed)

    def keys(self, bands: range) -> BandKeys:
        """The keys of neighbouring bands, each sorted: (bands, signatures)."""
        return self._bands(self.places[4], bands)

    def key_rows(self, bands: range) -> BandKeys:
        """The signatures that the sorted keys are of, in the shape of the keys."""
        return self._bands(self.places[5], bands)

    def signatures(self) -> Signatures:
        """All signatures."""
        flat = self._map(self.places[6], np.dtype("<u2"), self.n_signed * N_BINS)
        return flat.reshape(-1, N_BINS)

    def is_whole(self) -> bool:
        """Whether its bytes give its checksum; reads all of them."""
        with self.path.open("rb") as file:
            file.seek(self.places[0])
            left, checksum = self.places[-1] - self.places[0], 0
            while left and (data := file.read(min(left, _CHUNK))):
                left, checksum = left - len(data), zlib.crc32(data, checksum)
            mark, expected = _TAIL.unpack(file.read(_TAIL.size))
        return bool(mark == _TAIL_MARK and checksum == expected)

    def _bands(self, place: int, bands: range) -> BandKeys:
        place += bands.start * self.n_signed * 4
        found = self._map(place, np.dtype("<u4"), len(bands) * self.n_signed)
        return np.asarray(found).reshape(len(bands), self.n_signed)

    def _map(self, place: int, kind: np.dtype[Any], n_items: int) -> npt.NDArray[Any]:
        """Items of the file, mapped: what is not used is not read."""
        if not n_items:
            return np.zeros(0, kind)
        return np.memmap(self.path, kind, "r", place, (n_items,))


def read_segment(file: BinaryIO, path: Path, place: int) -> Segment | None:
    """The segment at a place of an index; None where no whole one is."""
    file.seek(place)
    data = file.read(_HEAD.size)
    if len(data) < _HEAD.size:
        return None
    mark, n_entries, n_signed, *sizes, checksum = _HEAD.unpack(data)
    if mark != _HEAD_MARK or checksum != zlib.crc32(data[:-8]):
        return None
    places = tuple(accumulate(sizes, initial=place + _HEAD.size))
    file.seek(places[-1])
    tail = file.read(_TAIL.size)
    if len(tail) < _TAIL.size or not tail.startswith(_TAIL_MARK):
        return None
    return Segment(path, n_entries, n_signed, places)


def append_segment(
    file: BinaryIO,
    path: Path,
    place: int,
    *,
    summaries: Sequence[Summary],
    kept: Sequence[Kept],
) -> Segment:
    """Writes a segment at this place, and its tail only when all else is on disk.

    Args:
        file: the open index.
        path: its name.
        place: where its last good segment ends; all after it is lost.
        summaries: the splits that the documents are of.
        kept: entries and signatures of those documents, for each split.
    """
    entries = np.concatenate([part for part, _ in kept])
    rows = np.concatenate([part for _, part in kept])
    sizes = _sizes(entries, len(rows))
    head = _HEAD.pack(_HEAD_MARK, len(entries), len(rows), *sizes, 0)
    file.seek(place)
    file.truncate()
    file.write(head[:-8] + struct.pack("<Q", zlib.crc32(head[:-8])))
    checksum = 0
    for section in (
        _tables(entries, rows),
        _codes(summaries, kept),
        _ids(summaries, kept),
    ):
        for piece in section:
            checksum = zlib.crc32(piece, checksum)
            file.write(piece)
    _sync(file)
    file.write(_TAIL.pack(_TAIL_MARK, checksum))
    _sync(file)
    places = tuple(accumulate(sizes, initial=place + _HEAD.size))
    return Segment(path, len(entries), len(rows), places)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sizes(entries: Entries, n_signed: int) -> list[int]:
    """The sizes of the nine sections, filled up so that numbers lie aligned."""
    n_entries = len(entries)
    exact = [
        n_entries * ENTRY.itemsize,
        n_entries * 8,
        n_entries * 4,
        n_signed * 4,
        n_signed * 4 * N_BANDS,
        n_signed * 4 * N_BANDS,
        n_signed * 2 * N_BINS,
        int(entries["n_codes"].sum()) * 2,
        int(entries["id_size"].sum()),
    ]
    return [size + -size % _ALIGNED for size in exact]


def _filled(pieces: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        yield piece
    yield bytes(-size % _ALIGNED)


def _tables(entries: Entries, rows: Signatures) -> Iterator[bytes]:
    """The bytes of the sections of fixed size."""
    stored = entries.copy()
    code_sizes = entries["n_codes"] * 2
    stored["codes_at"] = np.cumsum(code_sizes) - code_sizes
    stored["id_at"] = np.cumsum(entries["id_size"]) - entries["id_size"]
    low = entries["content"][:, 0]
    order = np.argsort(low, kind="stable")
    keys = band_keys(rows)
    orders = (np.argsort(own, kind="stable") for own in keys)
    yield from _filled(iter([stored.tobytes()]))
    yield from _filled(iter([low[order].astype("<u8").tobytes()]))
    yield from _filled(iter([order.astype("<u4").tobytes()]))
    signed = np.flatnonzero(has_signature(entries))
    yield from _filled(iter([signed.astype("<u4").tobytes()]))
    yield from _filled(np.sort(own).astype("<u4").tobytes() for own in keys)
    yield from _filled(order.astype("<u4").tobytes() for order in orders)
    yield from _filled(iter([rows.astype("<u2").tobytes()]))


def _codes(summaries: Sequence[Summary], kept: Sequence[Kept]) -> Iterator[bytes]:
    def pieces() -> Iterator[bytes]:
        for summary, (entries, _) in zip(summaries, kept, strict=True):
            for part in blocks_of(entries):
                yield texts_of(summary, part).read().codes.astype("<u2").tobytes()

    return _filled(pieces())


def _ids(summaries: Sequence[Summary], kept: Sequence[Kept]) -> Iterator[bytes]:
    def pieces() -> Iterator[bytes]:
        for summary, (entries, _) in zip(summaries, kept, strict=True):
            for part in blocks_of(entries):
                names = read_ids((summary.path,), np.zeros(len(part), np.int64), part)
                yield "".join(names).encode("utf-8", "surrogatepass")

    return _filled(pieces())


def blocks_of(entries: Entries) -> Iterator[Entries]:
    """The entries in runs of bounded length."""
    for start in range(0, len(entries), _BLOCK_ROWS):
        yield entries[start : start + _BLOCK_ROWS]


def texts_of(summary: Summary, entries: Entries) -> Texts:
    """Where the key texts of some entries of a split lie."""
    splits = np.zeros(len(entries), np.int64)
    return Texts((summary.path,), splits, entries["codes_at"], entries["n_codes"])
