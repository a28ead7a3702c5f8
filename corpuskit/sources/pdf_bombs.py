"""Find out what the packed parts of a PDF unpack to before its reader unpacks them.

The library that reads PDF files has no such limit: with it a megabyte fills the memory.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from corpuskit.errors import ReadError
from corpuskit.sources.unpack import Budget

_CHUNK_BYTES = 1 << 16
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY_BYTES = 512
_MOST_LAYERS = 3
_FIRST = frozenset(bytes((8 + high,)) for high in range(0, 128, 16))


def check_streams(file: BinaryIO, most: int, budget: Budget) -> None:
    """Unpacks each stream that is no image, for its size alone.

    Args:
        file: a PDF file.
        most: bytes that one stream may unpack to.
        budget: what all of them together may; it is taken from it.

    Raises:
        ReadError: one of them, or all together, unpack to more.
    """
    for start in _starts(file):
        size = 0
        for n_bytes in _unpacked(_chunks(file, start)):
            size += n_bytes
            budget.left -= n_bytes
            if size > most or budget.left < 0:
                option = "document-size" if size > most else "unpacked"
                error = f"unpacks to more than the limit: raise --max-{option}"
                raise ReadError(error, rule="limit")


def _starts(file: BinaryIO) -> Iterator[int]:
    """Where the streams of a file begin that are no images."""
    place = last = 0
    window = b""
    while True:
        file.seek(place + len(window))
        chunk = file.read(_CHUNK_BYTES)
        if not chunk:
            return
        window += chunk
        for found in _STREAM.finditer(window):
            head = window[max(0, found.start() - _DICTIONARY_BYTES) : found.start()]
            start = place + found.end()
            if start > last and not _IMAGE.search(head[head.rfind(b" obj") + 1 :]):
                yield start
            last = max(last, start)
        place += max(0, len(window) - _DICTIONARY_BYTES)
        window = window[-_DICTIONARY_BYTES:]


def _chunks(file: BinaryIO, start: int) -> Iterator[bytes]:
    file.seek(start)
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def _unpacked(chunks: Iterator[bytes]) -> Iterator[int]:
    """How much a stream unpacks to, piece by piece; nothing where it is plain."""
    sizes: list[int] = []
    n_layers = 0
    first = next(chunks, b"")
    while _is_packed(first) and n_layers < _MOST_LAYERS:
        chunks = _measured(_inflated(chain((first,), chunks)), sizes)
        first = next(chunks, b"")
        n_layers += 1
    for _ in chain((first,), chunks) if n_layers else ():
        yield sum(sizes)
        sizes.clear()


def _is_packed(data: bytes) -> bool:
    """Whether bytes begin as zlib's do."""
    return data[:1] in _FIRST and int.from_bytes(data[:2], "big") % 31 == 0


def _measured(chunks: Iterator[bytes], sizes: list[int]) -> Iterator[bytes]:
    for chunk in chunks:
        sizes.append(len(chunk))
        yield chunk


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The unpacked bytes, until the end or the damage of the stream."""
    unpacker = zlib.decompressobj()
    for chunk in chunks:
        rest = chunk
        while rest and not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _CHUNK_BYTES)
            except zlib.error:
                return
            if piece:
                yield piece
            rest = unpacker.unconsumed_tail
        if unpacker.eof:
            return
