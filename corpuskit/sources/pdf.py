"""PDF files to Documents: the text of all pages, and what the properties say."""

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from corpuskit.dates import to_created
from corpuskit.document import Document, Metadata, dump_extra, text_hash, well_formed
from corpuskit.errors import ReadError
from corpuskit.sources.extras import has_extra
from corpuskit.sources.faults import Origin, fault, fault_of
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.pdf_bombs import check_streams
from corpuskit.sources.unpack import Budget

MEDIA_TYPE = "application/pdf"
PAGE_BREAK = "\f"
"""What stands between two pages in the text."""

_SCANNED = "no text in its pages, perhaps scanned: recognise the text (OCR) first"
# A hyphen at the end of a line, which the library has joined with the next.
_HYPHEN = "\ufffe"
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(.*)")
_ZONE = re.compile(r"([+-]\d\d)'?(\d\d)?'?")
# What programs put in the place of a title.
_NO_TITLE = re.compile(
    r"untitled.*|(?:microsoft )?(?:word|powerpoint) - .*"
    r"|.*\.(?:docx?|indd|dvi|tex|qxd)",
    re.I,
)


def read_pdf(
    file: BinaryIO, origin: Origin, options: ReadOptions, budget: Budget
) -> Iterator[Document]:
    """The document of a PDF file; pages that cannot be read give a record as well.

    Args:
        file: the file; it is read out of order.
        origin: where it comes from.
        options: limits of pages and characters.
        budget: how much its packed parts may unpack to.
    """
    if not has_extra("office"):
        error = "PDF files need: pip install 'corpuskit[office]'"
        yield fault(origin, "extra", error)
        return
    from corpuskit.sources.pdf_process import ask

    try:
        check_streams(file, options.max_document_bytes, budget)
        found = ask(file, options)
    except ReadError as error:
        yield fault_of(origin, error)
        return
    n_pages = len(found.pages) + found.n_bad
    text = well_formed(PAGE_BREAK.join(found.pages).replace(_HYPHEN, ""))
    if text and not text.isspace():
        document = _document(text, found.told, origin)
        size = file.seek(0, os.SEEK_END)
        yield document.with_extra(n_pages=n_pages, size_bytes=size)
    elif not found.n_bad:
        yield fault(origin, "empty", _SCANNED)
    if found.n_bad:
        damage = f"{found.n_bad} of its {n_pages} pages are damaged: fetch it again"
        yield fault(origin, "truncated", damage, number=1)


def _document(text: str, told: dict[str, str], origin: Origin) -> Document:
    title = _line(told.get("Title", ""))
    n_replaced = text.count("\ufffd")
    return Document(
        id=origin.id(),
        text=text,
        source=origin.source,
        title="" if _NO_TITLE.fullmatch(title) else title,
        created=_created(told.get("CreationDate", "")),
        n_chars=len(text),
        sha256=text_hash(text),
        metadata=Metadata(
            path=origin.shown,
            media_type=MEDIA_TYPE,
            author=_line(told.get("Author", "")),
            extra=dump_extra({"n_replaced": n_replaced} if n_replaced else {}),
        ),
    )


def _line(value: str) -> str:
    return " ".join(well_formed(value).split())


def _created(value: str) -> str:
    """The date of a property such as `D:20240325100700+09'00'`."""
    match = _DATE.match(value)
    if not match:
        return ""
    year, month, day, hour, minute, second, rest = match.groups()
    date = f"{year}-{month or '01'}-{day or '01'}"
    if not hour:
        return to_created(date)
    zone = _ZONE.match(rest)
    offset = f"{zone[1]}:{zone[2] or '00'}" if zone else "Z"
    return to_created(f"{date}T{hour}:{minute}:{second or '00'}{offset}")
