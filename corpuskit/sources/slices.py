"""A part of a file as a stream of its own."""

import io
from typing import BinaryIO


class Slice(io.RawIOBase):
    """The bytes of a file from one place to another, to read once."""

    def __init__(self, file: BinaryIO, start: int, stop: int) -> None:
        """Goes to `start`; the file is not closed with the slice."""
        super().__init__()
        file.seek(start)
        self._file = file
        self._left = stop - start

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fills the buffer as far as the slice goes."""
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)
