"""The bytes behind a URL as a stream: bounded, hashed as they pass, faults named."""

import hashlib
import io
from typing import Any

from corpuskit.errors import ReadError
from corpuskit.sources.remote import as_os_error, faults, file_system, is_web


class RemoteStream(io.RawIOBase):
    """Reads a remote file once, from its beginning to its end.

    Attributes:
        n_bytes: how many bytes came so far.
        size_bytes: how many there are, as the server says; 0 where it does not.
        charset: what a web server says the encoding is; "" where nothing does.
    """

    def __init__(self, url: str, most: int) -> None:
        """Opens the file; more than `most` bytes are not read.

        Raises:
            OSError: it is not there, or may not be read.
            MissingExtraError: a package that is needed is not installed.
        """
        super().__init__()
        self._file: Any = None
        system, path = file_system(url)
        # One request for a page of the web, not one for each block of it.
        options = {"block_size": 0} if is_web(url) else {}
        self._left = most
        self._digest = hashlib.sha256()
        self._fault: ReadError | None = None
        self.n_bytes = 0
        try:
            self._file = system.open(path, "rb", **options)
            self.size_bytes = int(getattr(self._file, "size", 0) or 0)
            answer = getattr(self._file, "r", None) if is_web(url) else None
            self.charset = str(getattr(answer, "charset", None) or "")
        except faults() as error:
            raise as_os_error(error) from error

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fills the buffer, so that a look at the head sees all of it.

        Raises:
            ReadError: the file broke off, or is over the limit; what came before was
                given.
        """
        view = memoryview(buffer)
        filled = 0
        while filled < len(view):
            try:
                chunk = self._next(len(view) - filled)
            except ReadError as error:
                self._fault = self._fault or error
                if not filled:
                    raise
                break
            if not chunk:
                break
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled

    def _next(self, size: int) -> bytes:
        if self._fault:
            raise self._fault
        try:
            chunk: bytes = self._file.read(size)
        except faults() as error:
            why = " ".join(str(error).split())[:200] or type(error).__name__
            problem = f"broke off after {self.n_bytes:,} bytes ({why}): fetch it again"
            raise ReadError(problem, rule="truncated") from error
        if len(chunk) > self._left:
            problem = "more bytes than the limit: raise --max-unpacked to read it all"
            raise ReadError(problem, rule="limit")
        self._left -= len(chunk)
        self.n_bytes += len(chunk)
        self._digest.update(chunk)
        return chunk

    def digest(self) -> str:
        """SHA-256 of the bytes that came so far, in hexadecimal."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None and not self.closed:
            self._file.close()
        super().close()
