"""Packed files of several parts: after a damaged one the next is looked for.

A gzip file is a row of members, an xz file of streams, a Zstandard file of frames; each
can be unpacked by itself, and each begins with the same few bytes.
"""

from typing import BinaryIO, Protocol

_CHUNK_BYTES = 1 << 14
_MAX_GAPS = 100
_HEADER_BYTES = 10
_MAGIC = {
    "gzip": b"\x1f\x8b\x08",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
    "zstandard": b"\x28\xb5\x2f\xfd",
}
_SKIPPED, _SKIPPED_FIRST = b"\x2a\x4d\x18", 5


class GapError(Exception):
    """A part is damaged; the next read goes on with the part behind it."""


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes: ...


class _Gzip:
    """A gzip member, with the methods that the other packings have."""

    def __init__(self) -> None:
        import zlib

        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def needs_input(self) -> bool:
        return not self._member.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        return self._member.decompress(self._member.unconsumed_tail + data, max_length)


class Parts:
    """The unpacked bytes of all parts of a stream."""

    def __init__(self, stream: BinaryIO, packing: str) -> None:
        """Reads a stream of one packing: gzip, bzip2, xz or zstandard."""
        self._stream = stream
        self._packing = packing
        self._magic = _MAGIC[packing]
        self._faults = _faults(packing)
        self._decoder: _Decoder | None = None
        self._left = b""  # read, and not yet given to a decoder
        self._chunk = b""  # given last
        self._is_first = False  # whether the part began with that chunk
        self._n_parts = self._n_gaps = 0

    def read1(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end.

        Raises:
            GapError: a part is damaged, and another one follows.
            EOFError: the last part is cut short.
            OSError: the rest is damaged.
        """
        while self._decoder or self._begin():
            assert self._decoder
            is_hungry = self._decoder.needs_input
            data = self._take() if is_hungry else b""
            try:
                out = self._decoder.decompress(data, size)
            except self._faults as error:
                self._skip(error)
            if self._decoder.eof:
                self._left = self._decoder.unused_data + self._left
                self._decoder = None
                self._n_parts += 1
            elif is_hungry and not data and not out:
                self._end_early()
            if out:
                return out
        return b""

    def _take(self) -> bytes:
        """What to give to the decoder next."""
        data = self._left or self._stream.read(_CHUNK_BYTES)
        self._left = b""
        if data:
            self._is_first = self._is_first and not self._chunk
            self._chunk = data
        return data

    def _begin(self) -> bool:
        """Begins with the next part; False at the end of the stream."""
        while True:
            if self._n_parts:
                self._left = self._left.lstrip(b"\0")  # what fills up a block
            if len(self._left) >= _HEADER_BYTES:
                break
            more = self._stream.read(_CHUNK_BYTES)
            self._left += more
            if not more:
                break
        if not self._left:
            return False
        self._chunk, self._is_first = b"", True
        if self._n_parts and not self._is_header(self._left):
            self._chunk, self._left = self._left, b""
            # As other tools do: what follows the last part is no damage but of gzip.
            if self._packing != "gzip" and not self._find():
                return False
            self._raise_gap(OSError(f"no {self._packing} header where one is due"))
        self._decoder = _decoder(self._packing)
        return True

    def _is_header(self, data: bytes) -> bool:
        """Whether a part begins here; Zstandard has frames that hold no data."""
        is_empty = data[1:4] == _SKIPPED and data[0] >> 4 == _SKIPPED_FIRST
        return data.startswith(self._magic) or (
            self._packing == "zstandard" and is_empty
        )

    def _skip(self, error: Exception) -> None:
        """Goes to the part behind a damaged one, and tells of the damage."""
        self._decoder = None
        self._left = b""
        self._raise_gap(error)

    def _end_early(self) -> None:
        """Goes to a part that one with a damaged header swallowed, if there is one."""
        self._decoder = None
        error = EOFError("ended before the end-of-stream marker was reached")
        if self._n_gaps < _MAX_GAPS and self._find():
            self._raise_gap(error)
        raise error

    def _raise_gap(self, error: Exception) -> None:
        self._n_gaps += 1
        if self._n_gaps <= _MAX_GAPS and (self._left or self._find()):
            self._n_parts += 1
            raise GapError(str(error)) from error
        raise OSError(str(error)) from error

    def _find(self) -> bool:
        """Looks for the header of another part, from the chunk given last on."""
        data, first = self._chunk, int(self._is_first)
        while True:
            place = data.find(self._magic, first)
            if place >= 0:
                self._left = data[place:]
                return True
            more = self._stream.read(_CHUNK_BYTES)
            if not more:
                return False
            rest = max(first, len(data) - len(self._magic) + 1)
            data, first = data[rest:] + more, 0


def _faults(packing: str) -> tuple[type[Exception], ...]:
    """What the decoder of a packing raises for damaged bytes."""
    if packing == "gzip":
        import zlib

        return (zlib.error,)
    if packing == "bzip2":
        return (OSError, ValueError)
    if packing == "xz":
        import lzma

        return (lzma.LZMAError,)
    from corpuskit._zstd import zstd

    return (zstd.ZstdError,)


def _decoder(packing: str) -> _Decoder:
    if packing == "gzip":
        return _Gzip()
    if packing == "bzip2":
        import bz2

        return bz2.BZ2Decompressor()
    if packing == "xz":
        import lzma

        return lzma.LZMADecompressor()
    from corpuskit._zstd import zstd

    decoder: _Decoder = zstd.ZstdDecompressor()
    return decoder
