"""One page or text file to one Document, as found."""

from typing import Any

import msgspec

from corpuskit.document import Document, Metadata, dump_extra, sealed
from corpuskit.errors import ReadError
from corpuskit.sources.encoding import Decoded, decode
from corpuskit.sources.faults import Origin, fault
from corpuskit.sources.front_matter import split_front_matter, with_front_matter
from corpuskit.sources.kinds import HEAD_BYTES, is_page, media_type_of
from corpuskit.sources.options import ReadOptions

# What most pages show themselves in.
_FIRST_CHARS = 1024


class Found(msgspec.Struct, frozen=True):
    """Where the bytes of one document were found, and what was said of them.

    Attributes:
        origin: the place.
        name: file name that tells the kind where the content does not.
        number: which document of the file it is.
        label: its encoding, as a header said.
    """

    origin: Origin
    name: str
    number: int = 0
    label: str = ""


def document_of_bytes(data: bytes, found: Found, options: ReadOptions) -> Document:
    """The document of one page or text; empty and binary ones give a record.

    Args:
        data: the bytes, unpacked.
        found: where they come from.
        options: a forced encoding.
    """
    decoded = decode(data, encoding=options.encoding, declared=found.label)
    if decoded.encoding == "binary":
        error = "binary data, not text: exclude it or convert it to text"
        record = fault(found.origin, "binary", error, number=found.number)
        return record.with_extra(size_bytes=len(data))
    if not decoded.text or decoded.text.isspace():
        error = "nothing in it: remove it or fetch it again"
        return fault(found.origin, "empty", error, number=found.number)
    return _document(decoded, found, len(data))


def _document(decoded: Decoded, found: Found, size: int) -> Document:
    parts = split_front_matter(decoded.text)
    text, digest = sealed(parts.body)
    extra: dict[str, Any] = {"size_bytes": size}
    if decoded.n_replaced:
        extra["n_replaced"] = decoded.n_replaced
    document = Document(
        id=found.origin.id(found.number),
        text=text,
        source=found.origin.source,
        n_chars=len(text),
        sha256=digest,
        metadata=Metadata(
            path=found.origin.shown,
            media_type=_media_type(parts.body, found.name),
            encoding=decoded.encoding,
            extra=dump_extra(extra),
        ),
    )
    return with_front_matter(document, parts.values) if parts.values else document


def _media_type(text: str, name: str) -> str:
    if is_page(text[:_FIRST_CHARS].encode("utf-8", "replace")):
        return "text/html"
    return media_type_of(text[:HEAD_BYTES].encode("utf-8", "replace"), name)


def over_limit(size_bytes: int, options: ReadOptions) -> ReadError:
    """The error for a document that is too large; `size_bytes` 0 where not known."""
    size = f"{size_bytes:,} bytes are" if size_bytes else "it is"
    return ReadError(
        f"{size} over the limit of {options.max_document_bytes:,} bytes for one "
        "document: split it or raise --max-document-size",
        rule="limit",
    )
