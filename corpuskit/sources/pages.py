"""One page or text file to one Document, as found."""

from typing import Any

from corpuskit.document import Document, Metadata, dump_extra, text_hash, well_formed
from corpuskit.errors import ReadError
from corpuskit.sources.encoding import Decoded, decode
from corpuskit.sources.faults import Origin, fault
from corpuskit.sources.front_matter import split_front_matter, with_front_matter
from corpuskit.sources.kinds import HEAD_BYTES, media_type_of
from corpuskit.sources.options import ReadOptions


def document_of_bytes(
    data: bytes, origin: Origin, name: str, *, options: ReadOptions
) -> Document:
    """The document of a whole file; empty and binary files give a record that says so.

    Args:
        data: the bytes, unpacked.
        origin: where they come from.
        name: file name, without the ending of a packing.
        options: a forced encoding.
    """
    decoded = decode(data, encoding=options.encoding)
    if decoded.encoding == "binary":
        error = "binary data, not text: exclude it or convert it to text"
        return fault(origin, "binary", error).with_extra(size_bytes=len(data))
    if not decoded.text or decoded.text.isspace():
        return fault(origin, "empty", "nothing in it: remove it or fetch it again")
    return _document(decoded, origin, name, len(data))


def _document(decoded: Decoded, origin: Origin, name: str, size: int) -> Document:
    found = split_front_matter(decoded.text)
    head = found.body[:HEAD_BYTES].encode("utf-8", "replace")
    text = well_formed(found.body)
    extra: dict[str, Any] = {"size_bytes": size}
    if decoded.n_replaced:
        extra["n_replaced"] = decoded.n_replaced
    document = Document(
        id=origin.id(),
        text=text,
        source=origin.source,
        n_chars=len(text),
        sha256=text_hash(text),
        metadata=Metadata(
            path=origin.shown,
            media_type=media_type_of(head, name),
            encoding=decoded.encoding,
            extra=dump_extra(extra),
        ),
    )
    return with_front_matter(document, found.values) if found.values else document


def over_limit(size_bytes: int, options: ReadOptions) -> ReadError:
    """The error for a document that is too large; `size_bytes` 0 where not known."""
    size = f"{size_bytes:,} bytes are" if size_bytes else "it is"
    return ReadError(
        f"{size} over the limit of {options.max_document_bytes:,} bytes for one "
        "document: split it or raise the limit",
        rule="limit",
    )
