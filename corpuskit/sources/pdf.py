"""PDF files to Documents: the text of all pages, and what the properties say."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

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

_PASSWORD = 4
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
    import pypdfium2

    try:
        check_streams(file, options.max_document_bytes, budget)
        file.seek(0)
        book = pypdfium2.PdfDocument(file)
    except ReadError as error:
        yield fault_of(origin, error)
        return
    except pypdfium2.PdfiumError as error:
        yield fault_of(origin, _unopened(error))
        return
    try:
        yield from _documents(book, file.seek(0, 2), origin, options)
    finally:
        book.close()


def _unopened(error: Any) -> ReadError:  # noqa: ANN401 - a PdfiumError
    if error.err_code == _PASSWORD:
        return ReadError("encrypted: remove its password", rule="encrypted")
    return ReadError("damaged PDF: fetch it again", rule="truncated")


def _documents(
    book: Any,  # noqa: ANN401 - a PdfDocument
    size: int,
    origin: Origin,
    options: ReadOptions,
) -> Iterator[Document]:
    try:
        pages, n_bad = _pages(book, options)
    except ReadError as error:
        yield fault_of(origin, error)
        return
    text = well_formed(PAGE_BREAK.join(pages).replace(_HYPHEN, ""))
    if text and not text.isspace():
        yield _document(text, book, origin).with_extra(size_bytes=size)
    elif not n_bad:
        yield fault(origin, "empty", _SCANNED)
    if n_bad:
        damage = f"{n_bad} of its {len(book)} pages are damaged: fetch it again"
        yield fault(origin, "truncated", damage, number=1)


def _pages(book: Any, options: ReadOptions) -> tuple[list[str], int]:  # noqa: ANN401
    """The texts of the pages that can be read, and how many cannot.

    Raises:
        ReadError: there are more pages or characters than the limits.
    """
    import pypdfium2

    if len(book) > options.max_pages:
        limit = f"more than {options.max_pages:,} pages: raise --max-pages"
        raise ReadError(limit, rule="limit")
    texts: list[str] = []
    left, n_bad = options.max_document_bytes, 0
    for number in range(len(book)):
        try:
            texts.append(_text_of(book, number, left))
        except pypdfium2.PdfiumError:
            n_bad += 1
            continue
        left -= len(texts[-1])
    return texts, n_bad


def _text_of(book: Any, number: int, most: int) -> str:  # noqa: ANN401
    """The text of a page, one line each as they stand on it.

    Raises:
        ReadError: it has more characters than that.
    """
    page = book[number]
    try:
        letters = page.get_textpage()
        try:
            n_chars = letters.count_chars()
            if n_chars > most:
                raise ReadError(
                    "more text than the limit: raise --max-document-size", rule="limit"
                )
            return str(letters.get_text_range(0, n_chars)) if n_chars else ""
        finally:
            letters.close()
    finally:
        page.close()


def _document(text: str, book: Any, origin: Origin) -> Document:  # noqa: ANN401
    told = book.get_metadata_dict()
    extra = {"n_pages": len(book)}
    n_replaced = text.count("\ufffd")
    if n_replaced:
        extra["n_replaced"] = n_replaced
    return Document(
        id=origin.id(),
        text=text,
        source=origin.source,
        title="" if _NO_TITLE.fullmatch(told["Title"]) else _line(told["Title"]),
        created=_created(told["CreationDate"]),
        n_chars=len(text),
        sha256=text_hash(text),
        metadata=Metadata(
            path=origin.shown,
            media_type=MEDIA_TYPE,
            author=_line(told["Author"]),
            extra=dump_extra(extra),
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
