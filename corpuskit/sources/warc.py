"""WARC web archives to Documents: one for each page that was fetched."""

from collections.abc import Iterator
from email.message import Message
from typing import Any, BinaryIO, cast

from corpuskit.document import Document
from corpuskit.errors import ReadError
from corpuskit.sources.extras import need_extra
from corpuskit.sources.faults import Origin, fault_of
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.pages import Found, document_of_bytes, over_limit

_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "")


FAULTS = (OSError, ValueError, EOFError)
"""What a damaged archive raises."""


def read_warc(
    stream: BinaryIO, origin: Origin, options: ReadOptions, first_row: int = 0
) -> Iterator[Document]:
    """The documents of an unpacked WARC file: responses, resources and conversions.

    Records of other media types (images, style sheets) are passed over. The address
    goes to `url`, the time of the visit to `extra["warc_date"]`.

    Args:
        stream: records, unpacked.
        origin: where they come from.
        options: the limit of a page.
        first_row: number of the first document.

    Raises:
        MissingExtraError: fastwarc is not installed.
    """
    number = first_row
    try:
        for record in archive_records(cast(BinaryIO, _Counted(stream))):
            if is_wanted_record(record):
                charset = _content_type(record)[1]
                yield _document(record, origin, options, number=number, label=charset)
                number += 1
    except FAULTS as error:
        yield fault_of(origin, _damaged(error), number=number)


def archive_records(stream: BinaryIO) -> Iterator[Any]:
    """The records of an unpacked WARC file that may hold pages.

    Raises:
        MissingExtraError: fastwarc is not installed.
    """
    need_extra("warc")
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = (
        WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    )
    yield from ArchiveIterator(stream, record_types=kinds, auto_decode="all")


def is_wanted_record(record: Any) -> bool:  # noqa: ANN401 - fastwarc has no types
    """Whether a record holds a text or a page."""
    return _content_type(record)[0] in _TEXT_TYPES


class _Counted:
    """A stream that says where it is, which fastwarc asks of what it reads."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._place


def _document(
    record: Any,  # noqa: ANN401 - fastwarc has no types
    origin: Origin,
    options: ReadOptions,
    *,
    number: int,
    label: str,
) -> Document:
    try:
        data = record.reader.read(options.max_document_bytes + 1)
    except (OSError, ValueError, EOFError) as error:
        return fault_of(origin, _damaged(error), number=number)
    if len(data) > options.max_document_bytes:
        return fault_of(origin, over_limit(0, options), number=number)
    found = Found(origin, "", number, label)
    document = document_of_bytes(data, found, options)
    if not document.keep:
        return document
    from msgspec.structs import replace

    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    date = record.headers.get("WARC-Date", "")
    return replace(document, url=document.url or url).with_extra(warc_date=date)


def _damaged(error: Exception) -> ReadError:
    problem = f"damaged web archive ({error}): fetch it again"
    return ReadError(problem, rule="truncated")


def _content_type(record: Any) -> tuple[str, str]:  # noqa: ANN401
    headers = record.http_headers or record.headers
    message = Message()
    message["Content-Type"] = headers.get("Content-Type", "") or "text/html"
    return message.get_content_type(), message.get_content_charset("")
