"""Index: the kept documents of earlier runs in one file, to compare new ones with.

The file begins with one line of text that names the format and its version, filled up
with spaces to 64 bytes. Then come segments, one for each call of `add`, each with

- a head: `CKHEAD01`, how many entries and signatures, the sizes of the five sections,
  and a CRC-32 of all that; numbers are little-endian,
- the sections: entries (`summary.ENTRY`, places counted from the section's begin), band
  keys (band after band), signatures (row after row), key codes, ids in UTF-8,
- a tail: `CKTAIL01` and a CRC-32 of the sections.

A segment is written and synced before its tail is: a run that is killed leaves an
index that opens with its last good state, and the next `add` writes over the rest.
"""

import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import N_BANDS, short_keys
from corpuskit.dedup.keys import Keys
from corpuskit.dedup.lookup import Batch
from corpuskit.dedup.marks import Marks
from corpuskit.dedup.options import DedupOptions
from corpuskit.dedup.reader import read_codes, read_ids
from corpuskit.dedup.sketch import N_BINS, Signatures
from corpuskit.dedup.summary import (
    ENTRY,
    Entries,
    Summary,
    has_signature,
    read_signatures,
    signatures,
)
from corpuskit.errors import OutputError, ReadError

FORMAT = "corpuskit-index/1"
_FIRST_LINE = f"{FORMAT} bins={N_BINS} bands={N_BANDS}".ljust(63).encode() + b"\n"
_HEAD, _TAIL = struct.Struct("<8s7QI"), struct.Struct("<8sI")
_HEAD_MARK, _TAIL_MARK = b"CKHEAD01", b"CKTAIL01"
_BLOCK_ROWS, _CHUNK = 256, 1 << 20

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Sections:
    n_entries: int
    n_signed: int
    sizes: tuple[int, ...]
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Segment:
    """Where the parts of one segment lie in the file.

    Attributes:
        n_entries: how many documents it holds.
        n_signed: how many of them have a signature.
        places: where its five sections begin, and where the last one ends.
    """

    n_entries: int
    n_signed: int
    places: tuple[int, ...]


class Index:
    """The kept documents of earlier runs; not for two writers at a time.

    Raises:
        ReadError: the file is no index, or one of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._segments: list[Segment] = []
        self._end = 0
        if path.exists():
            with path.open("rb") as file:
                self._segments, self._end = _open(file, path)

    @property
    def n_documents(self) -> int:
        """How many documents the index holds."""
        return sum(segment.n_entries for segment in self._segments)

    def check(self) -> None:
        """Reads everything and compares it with its checksums.

        Raises:
            ReadError: a segment is damaged.
        """
        for segment in self._segments:
            with self.path.open("rb") as file:
                file.seek(segment.places[0])
                left, checksum = segment.places[-1] - segment.places[0], 0
                while left:
                    data = file.read(min(left, _CHUNK))
                    left, checksum = left - len(data), zlib.crc32(data, checksum)
                mark, expected = _TAIL.unpack(file.read(_TAIL.size))
            if mark != _TAIL_MARK or checksum != expected:
                raise ReadError(f"{self.path}: damaged index", rule="truncated")

    def relevant(
        self, summaries: Sequence[Summary], options: DedupOptions | None = None
    ) -> list[Summary]:
        """Summaries of the documents that something in a batch may be a copy of.

        Args:
            summaries: the batch, as the survey summed it up.
            options: those of the survey.
        """
        if not self._segments:
            return []
        batch = Batch(summaries, (options or DedupOptions()).threshold)
        with self.path.open("rb") as file:
            return [_pick(file, self.path, one, batch) for one in self._segments]

    def add(self, summaries: Sequence[Summary], marks: Marks) -> int:
        """Adds the documents that the marks leave; gives how many.

        Raises:
            OutputError: the file cannot be written.
        """
        kept = [_kept(summary, marks, at) for at, summary in enumerate(summaries)]
        n_added = sum(len(entries) for entries, _ in kept)
        if not n_added:
            return 0
        try:
            with self.path.open("r+b" if self.path.exists() else "w+b") as file:
                if not self._end:
                    file.write(_FIRST_LINE)
                    self._end = len(_FIRST_LINE)
                segment = _append(file, self._end, _sections(summaries, kept))
        except OSError as error:
            raise OutputError(f"{self.path}: {error.strerror}") from error
        self._segments.append(segment)
        self._end = segment.places[-1] + _TAIL.size
        return n_added


def _open(file: BinaryIO, path: Path) -> tuple[list[Segment], int]:
    """The whole segments of an index, and where the last one ends."""
    line = file.read(len(_FIRST_LINE))
    if _FIRST_LINE.startswith(line) and len(line) < len(_FIRST_LINE):
        return [], 0
    if line != _FIRST_LINE:
        raise ReadError(
            f"{path}: no index of the version {FORMAT}: make a new one", rule="version"
        )
    segments: list[Segment] = []
    end = len(_FIRST_LINE)
    while (segment := _read_head(file, end)) is not None:
        file.seek(segment.places[-1])
        tail = file.read(_TAIL.size)
        if len(tail) < _TAIL.size or not tail.startswith(_TAIL_MARK):
            break
        segments.append(segment)
        end = file.tell()
    return segments, end


def _read_head(file: BinaryIO, place: int) -> Segment | None:
    file.seek(place)
    data = file.read(_HEAD.size)
    if len(data) < _HEAD.size:
        return None
    mark, n_entries, n_signed, *sizes, checksum = _HEAD.unpack(data)
    if mark != _HEAD_MARK or checksum != zlib.crc32(data[: _HEAD.size - 4]):
        return None
    places = tuple(accumulate(sizes, initial=place + _HEAD.size))
    return Segment(n_entries, n_signed, places)


def _pick(file: BinaryIO, path: Path, segment: Segment, batch: Batch) -> Summary:
    """A summary of the documents of a segment that the batch may be copies of."""
    at_entries, at_keys, at_rows, at_codes, at_ids, _ = segment.places
    entries = _read(file, at_entries, ENTRY, segment.n_entries)
    keys = _read(file, at_keys, np.dtype("<u4"), segment.n_signed * N_BANDS)
    signed = np.flatnonzero(has_signature(entries))
    pairs = batch.pairs(keys.reshape(N_BANDS, segment.n_signed))
    rows, places = np.unique(pairs[:, 0], return_inverse=True)
    known = _read_rows(file, at_rows, rows)
    sizes = entries["n_codes"][signed[rows]]
    likely = batch.likely(known, sizes, np.stack([places, pairs[:, 1]], axis=1))
    chosen = np.isin(_contents(entries), batch.contents)
    chosen[signed[rows[likely]]] = True
    rows = np.flatnonzero(chosen[signed])
    entries = entries[chosen]  # a copy: places change below
    entries["codes_at"] += at_codes
    entries["id_at"] += at_ids
    return Summary(path, 0, entries, (), _read_rows(file, at_rows, rows))


def _read_rows(file: BinaryIO, place: int, rows: Rows) -> Signatures:
    """Signatures by their sorted row numbers, a block at a time."""
    found = np.empty((len(rows), N_BINS), np.uint16)
    blocks, firsts = np.unique(rows // _BLOCK_ROWS, return_index=True)
    bounds = [*firsts.tolist(), len(rows)]
    for block, (begin, end) in zip(blocks.tolist(), pairwise(bounds), strict=True):
        first, last = block * _BLOCK_ROWS, rows[end - 1]
        start = place + first * N_BINS * 2
        data = _read(file, start, np.dtype("<u2"), int(last - first + 1) * N_BINS)
        found[begin:end] = data.reshape(-1, N_BINS)[rows[begin:end] - first]
    return found


def _read(
    file: BinaryIO, place: int, kind: np.dtype[Any], n_items: int
) -> npt.NDArray[Any]:
    file.seek(place)
    return np.frombuffer(file.read(n_items * kind.itemsize), kind)


def _contents(entries: Entries) -> npt.NDArray[np.uint64]:
    return np.ascontiguousarray(entries["content"][:, 0])


_Kept = tuple[Entries, Signatures]


def _kept(summary: Summary, marks: Marks, split_index: int) -> _Kept:
    """Entries and signatures of the documents of a split that the marks leave."""
    dropped = [at for at, mark in marks.of(split_index).items() if mark.reason]
    stays = ~np.isin(summary.entries["position"], dropped)
    signed = has_signature(summary.entries)
    return summary.entries[stays], _all_rows(summary, signed)[stays[signed]]


def _all_rows(summary: Summary, signed: npt.NDArray[np.bool_]) -> Signatures:
    """The signatures of a split; made now if only exact copies were looked for."""
    nothing = np.zeros((0, N_BINS), np.uint16)
    rows = np.concatenate([nothing, *read_signatures(summary)])
    if len(rows) == np.count_nonzero(signed):
        return rows
    entries, made = summary.entries[signed], [nothing]
    for start in range(0, len(entries), _BLOCK_ROWS):
        part = entries[start : start + _BLOCK_ROWS]
        codes = read_codes((summary.path,), np.zeros(len(part), np.int64), part)
        made.append(signatures(Keys(np.concatenate(codes), part["n_codes"])))
    return np.concatenate(made)


def _sections(summaries: Sequence[Summary], kept: Sequence[_Kept]) -> _Sections:
    """The parts of a new segment: its size, and its bytes piece by piece."""
    entries = np.concatenate([part for part, _ in kept])
    rows = np.concatenate([part for _, part in kept])
    stored = entries.copy()
    code_sizes = entries["n_codes"] * 2
    stored["codes_at"] = np.cumsum(code_sizes) - code_sizes
    stored["id_at"] = np.cumsum(entries["id_size"]) - entries["id_size"]
    keys = np.stack([short_keys(rows, band) for band in range(N_BANDS)])
    sizes = (
        stored.nbytes,
        keys.nbytes,
        rows.nbytes,
        int(code_sizes.sum()),
        int(entries["id_size"].sum()),
    )

    def pieces() -> Iterator[bytes]:
        yield stored.tobytes()
        yield keys.astype("<u4").tobytes()
        yield rows.astype("<u2").tobytes()
        for summary, (part, _) in zip(summaries, kept, strict=True):
            where = np.zeros(len(part), np.int64)
            yield from (c.tobytes() for c in read_codes((summary.path,), where, part))
        for summary, (part, _) in zip(summaries, kept, strict=True):
            where = np.zeros(len(part), np.int64)
            names = read_ids((summary.path,), where, part)
            yield from (name.encode("utf-8", "surrogatepass") for name in names)

    return _Sections(len(entries), len(rows), sizes, pieces())


def _append(file: BinaryIO, place: int, sections: _Sections) -> Segment:
    """Writes a segment at this place, and its tail only when all else is on disk."""
    head = _HEAD.pack(
        _HEAD_MARK, sections.n_entries, sections.n_signed, *sections.sizes, 0
    )
    head = head[:-4] + struct.pack("<I", zlib.crc32(head[:-4]))
    file.seek(place)
    file.truncate()
    file.write(head)
    checksum = 0
    for piece in sections.pieces:
        checksum = zlib.crc32(piece, checksum)
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    file.write(_TAIL.pack(_TAIL_MARK, checksum))
    file.flush()
    os.fsync(file.fileno())
    places = tuple(accumulate(sections.sizes, initial=place + _HEAD.size))
    return Segment(sections.n_entries, sections.n_signed, places)
