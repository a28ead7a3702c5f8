"""Where a large WARC file can be parted: between records, at gzip members if packed."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from corpuskit.sources.kinds import HEAD_BYTES
from corpuskit.sources.warc import FAULTS, archive_records, is_wanted_record

_CHUNK_BYTES = 1 << 18
_GZIP = 31  # zlib's word for "with the header and trailer of gzip"
_MAGIC = b"\x1f\x8b"
_START = b"WARC/"


class RecordRange(NamedTuple):
    """Bytes of a WARC file that hold whole records.

    Attributes:
        first_row: number of its first document.
    """

    start: int
    stop: int
    first_row: int


def is_warc(head: bytes) -> bool:
    """Whether a file that begins so is a WARC file, packed with gzip or not."""
    if not head.startswith(_MAGIC):
        return head.startswith(_START)
    try:
        return zlib.decompressobj(_GZIP).decompress(head, len(_START)) == _START
    except zlib.error:
        return False


def record_ranges(file: BinaryIO, size_bytes: int, least: int) -> Iterator[RecordRange]:
    """Ranges of at least so many bytes and one document; they cover the whole file.

    All of the file is unpacked, for its sizes alone; from damage on it is one range.

    Raises:
        MissingExtraError: fastwarc is not installed.
    """
    head = file.read(HEAD_BYTES)
    file.seek(0)
    stream = _Members(file) if head.startswith(_MAGIC) else _Plain(file)
    start = first_row = n_documents = 0
    try:
        for record in archive_records(cast(BinaryIO, stream)):
            place = stream.place_of(record.stream_pos)
            if place - start >= least and n_documents > first_row:
                yield RecordRange(start, place, first_row)
                start, first_row = place, n_documents
            n_documents += is_wanted_record(record)
    except FAULTS:
        pass  # who reads the last range meets the damage again, and names it
    yield RecordRange(start, size_bytes, first_row)


class _Plain:
    """A file that says where it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._place

    def place_of(self, position: int) -> int:
        """Where in the file this byte lies."""
        return position


class _Members:
    """The unpacked bytes of a gzip file, and where its members begin."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacker = zlib.decompressobj(_GZIP)
        self._packed = b""
        self._n_packed = self._place = 0
        self._starts = {0: 0}

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; none at the end.

        Raises:
            OSError: the file is damaged.
        """
        most = size if size > 0 else _CHUNK_BYTES
        while True:
            if self._unpacker.eof:
                self._packed = self._unpacker.unused_data
                place = self._n_packed - len(self._packed)
                self._starts[self._place] = place
                self._unpacker = zlib.decompressobj(_GZIP)
            if not self._packed:
                self._packed = self._file.read(_CHUNK_BYTES)
                self._n_packed += len(self._packed)
                if not self._packed:
                    return b""
            try:
                data = self._unpacker.decompress(self._packed, most)
            except zlib.error as error:
                raise OSError(str(error)) from error
            self._packed = self._unpacker.unconsumed_tail
            if data:
                self._place += len(data)
                return data

    def tell(self) -> int:
        """How many unpacked bytes were read."""
        return self._place

    def place_of(self, position: int) -> int:
        """Where the member that begins with this byte begins; -1 where none does.

        Positions are asked for in rising order, so earlier ones are forgotten.
        """
        place = self._starts.get(position, -1)
        for old in [start for start in self._starts if start < position]:
            del self._starts[old]
        return place
