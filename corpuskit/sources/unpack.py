"""Streams of packed bytes, unpacked with a bound; their damage is kept."""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from corpuskit.errors import ReadError
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.unpack_parts import GapError, Parts

if TYPE_CHECKING:
    Reader = io.BufferedReader[Any]
else:
    Reader = io.BufferedReader

_FREE_BYTES = 64 << 20
_IN_MEMORY_BYTES = 16 << 20


class Readable(Protocol):
    """What gives bytes as they come: `read1` waits for no more than it has."""

    def read1(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""


@dataclass(slots=True)
class Budget:
    """How many bytes one input may still unpack to, over all that is packed in it."""

    left: int

    @classmethod
    def of(cls, size_bytes: int, options: ReadOptions) -> "Budget":
        """The budget of an input of this size."""
        by_ratio = max(_FREE_BYTES, size_bytes * options.max_ratio)
        return cls(min(options.max_unpacked_bytes, by_ratio))


class Unpacked(io.RawIOBase):
    """The bytes that a packed stream gives, until its end, its limit or its damage.

    Attributes:
        fault: why the stream ended early or lacks a part; None while it is whole.
    """

    def __init__(
        self,
        packed: Readable,
        budget: Budget,
        damage: tuple[type[Exception], ...] = (),
    ) -> None:
        """Reads `packed` within `budget`; errors of types in `damage` end it too."""
        super().__init__()
        self._damage = (*_damage_types(), *damage)
        self.fault: ReadError | None = None
        self._packed = packed
        self._budget = budget
        self._is_ended = False

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fills the buffer; 0 at the end, where `fault` says whether it is true."""
        view = memoryview(buffer)
        filled = 0
        while filled < len(view) and not self._is_ended:
            chunk = self._next(len(view) - filled)
            self._is_ended = not chunk
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled

    def _next(self, size: int) -> bytes:
        if self._budget.left <= 0:
            self.fault = ReadError(
                "unpacks to more than the limit: raise --max-unpacked to read it all",
                rule="limit",
            )
            return b""
        try:
            chunk = self._packed.read1(min(size, self._budget.left))
        except GapError as error:
            self.fault = self.fault or _as_fault(error)
            return b"\n"  # so that no row before the gap runs on behind it
        except self._damage as error:
            self.fault = self.fault or _as_fault(error)
            return b""
        self._budget.left -= len(chunk)
        return chunk


def _damage_types() -> tuple[type[Exception], ...]:
    import lzma
    import zlib

    return (EOFError, OSError, zlib.error, lzma.LZMAError)


def _as_fault(error: Exception) -> ReadError:
    what = str(error) or type(error).__name__
    return ReadError(
        f"packed file cut short or damaged ({what}): fetch it again", rule="truncated"
    )


@contextlib.contextmanager
def seekable_copy(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or a copy of it where it cannot be read out of order."""
    if stream.seekable():
        yield stream
        return
    import shutil
    import tempfile

    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def unpack(stream: BinaryIO, packing: str, budget: Budget) -> Unpacked:
    """The unpacked bytes of a gzip, bzip2, xz or zstandard stream."""
    return Unpacked(Parts(stream, packing), budget)
