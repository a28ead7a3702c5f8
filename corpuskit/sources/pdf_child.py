"""A process that reads PDF files for another, within bounds of its own.

The library is written in C++ and knows no limits: a small file can fill the memory or
take hours. So it works apart, where running out costs one file and not the run.

Requests and answers are MessagePack, each after its length in eight bytes; the bytes
of the file follow its request. The process ends with its standard input.
"""

import contextlib
import signal
import sys
from typing import Any, BinaryIO

import msgspec

_LENGTH_BYTES = 8
_PASSWORD = 4


class Request(msgspec.Struct, frozen=True):
    """A PDF file to read.

    Attributes:
        size_bytes: how many bytes of it follow.
        most_pages: pages above which it is refused.
        most_chars: characters above which it is refused.
        memory_bytes: memory that may be taken for it.
        cpu_s: CPU time that may be taken for it.
    """

    size_bytes: int
    most_pages: int
    most_chars: int
    memory_bytes: int
    cpu_s: int


class Answer(msgspec.Struct):
    """What is in a PDF file, or why it cannot be read.

    Attributes:
        rule: why not, as in `read.<rule>`; "" when it was read.
        error: the same for people.
        pages: texts of the pages that can be read.
        n_bad: pages that cannot.
        told: its properties.
    """

    rule: str = ""
    error: str = ""
    pages: list[str] = []
    n_bad: int = 0
    told: dict[str, str] = {}


def send(stream: BinaryIO, message: Request | Answer) -> None:
    """Writes a message after its length."""
    data = msgspec.msgpack.encode(message)
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    stream.flush()


def receive(stream: BinaryIO) -> bytes:
    """The bytes of the next message; none at the end."""
    head = stream.read(_LENGTH_BYTES)
    data = stream.read(int.from_bytes(head, "big"))
    is_whole = len(head) == _LENGTH_BYTES and len(data) == int.from_bytes(head, "big")
    return data if is_whole else b""


def answer(data: bytes, request: Request) -> Answer:
    """The texts and properties of a PDF file."""
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            return Answer("encrypted", "encrypted: remove its password")
        return Answer("truncated", "damaged PDF: fetch it again")
    try:
        return _answer(book, request)
    finally:
        book.close()


def _answer(book: Any, request: Request) -> Answer:  # noqa: ANN401 - a PdfDocument
    import pypdfium2

    most = request.most_pages
    if len(book) > most:
        return Answer("limit", f"more than {most:,} pages: raise --max-pages")
    found = Answer(told=_valid_values(book.get_metadata_dict()))
    left = request.most_chars
    for number in range(len(book)):
        try:
            text = _text_of(book, number, left)
        except pypdfium2.PdfiumError:
            found.n_bad += 1
            continue
        if text is None:
            limit = "more text than the limit: raise --max-document-size"
            return Answer("limit", limit)
        found.pages.append(text)
        left -= len(text)
    return found


def _text_of(book: Any, number: int, most: int) -> str | None:  # noqa: ANN401
    """The text of a page, lines as they stand on it; None if it is longer than that."""
    page = book[number]
    try:
        letters = page.get_textpage()
        try:
            n_chars = letters.count_chars()
            if n_chars > most:
                return None
            return _valid(letters.get_text_range(0, n_chars)) if n_chars else ""
        finally:
            letters.close()
    finally:
        page.close()


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _valid_values(told: dict[str, str]) -> dict[str, str]:
    return {key: _valid(value) for key, value in told.items()}


def _bound(request: Request) -> None:
    """Sets how much more memory and CPU time this process may take."""
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + request.cpu_s
    bounds = {resource.RLIMIT_CPU: seconds, resource.RLIMIT_AS: request.memory_bytes}
    for kind, bound in bounds.items():
        hardest = resource.getrlimit(kind)[1]
        is_free = hardest == resource.RLIM_INFINITY
        # Some systems have the name of a bound, but do not let anyone set it.
        with contextlib.suppress(ValueError, OSError):
            soft = bound if is_free else min(bound, hardest)
            resource.setrlimit(kind, (soft, hardest))


def main() -> None:
    """Answers requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given, taken = sys.stdin.buffer, sys.stdout.buffer
    while message := receive(given):
        request = msgspec.msgpack.decode(message, type=Request)
        data = given.read(request.size_bytes)
        _bound(request)
        try:
            send(taken, answer(data, request))
        except MemoryError:
            return


if __name__ == "__main__":
    main()
