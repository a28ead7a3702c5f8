"""Mail to Documents: messages by themselves, and mailboxes of them."""

import email
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import BinaryIO

from corpuskit.dates import to_created
from corpuskit.document import Document, well_formed
from corpuskit.sources.faults import Origin, fault, fault_of
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.pages import Found, document_of_bytes, over_limit


def read_mbox(
    stream: BinaryIO, origin: Origin, options: ReadOptions
) -> Iterator[Document]:
    """The documents of a mailbox, one for each message, as they stream."""
    for number, data in enumerate(_messages(stream, options.max_document_bytes)):
        if len(data) > options.max_document_bytes:
            yield fault_of(origin, over_limit(0, options), number=number)
        else:
            yield document_of_mail(data, origin, options, number=number)


def document_of_mail(
    data: bytes, origin: Origin, options: ReadOptions, *, number: int = 0
) -> Document:
    """The text of a message, plain where there is one, with its main headers."""
    try:
        message = email.message_from_bytes(data)
        part = _text_part(message)
    except RecursionError:
        error = "nested too deeply: exclude it"
        return fault(origin, "limit", error, number=number)
    payload = part.get_payload(decode=True) if part else None
    if not part or not isinstance(payload, bytes):
        error = "a message without text: exclude it"
        return fault(origin, "empty", error, number=number)
    name = ".html" if part.get_content_subtype() == "html" else ""
    found = Found(origin, name, number, _charset(part))
    document = document_of_bytes(payload, found, options)
    return _with_headers(document, message) if document.keep else document


def _text_part(message: Message) -> Message | None:
    """The first part that is text, plain before HTML, and no attachment."""
    texts = [
        part
        for part in message.walk()
        if part.get_content_maintype() == "text"
        and part.get_content_disposition() != "attachment"
    ]
    plain = (part for part in texts if part.get_content_subtype() == "plain")
    return next(plain, texts[0] if texts else None)


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("") or ""
    except (LookupError, ValueError):
        return ""


def _with_headers(document: Document, message: Message) -> Document:
    from msgspec.structs import replace

    document = replace(
        document,
        title=document.title or _header(message, "Subject"),
        created=document.created or to_created(_header(message, "Date")),
    )
    return document.with_metadata(author=_header(message, "From"))


def _header(message: Message, name: str) -> str:
    """A header as one line of text; "" where it is missing or cannot be read."""
    value = message.get(name, "")
    try:
        text = str(make_header(decode_header(value)))
    except (ValueError, LookupError, MessageError):
        text = str(value)
    return well_formed(" ".join(text.split()))


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The messages of a mailbox; one over the limit is cut just after it."""
    lines: list[bytes] = []
    size = 0
    is_after_blank = True
    while line := stream.readline(limit + 1):
        if is_after_blank and line.startswith(b"From "):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= limit:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        is_after_blank = not line.strip(b"\r\n")
    if lines:
        yield b"".join(lines)
