"""The row of `corpuskit list`, for tables and for machines."""

from typing import Any

import msgspec

from corpuskit.document import Document


class DocumentRow(msgspec.Struct, frozen=True):
    """What `list` shows of a document.

    Attributes:
        size_bytes: of the document as found, before decoding.
        created: as in the record; people are shown the day.
        n_damaged: characters that decoding could not read.
        reason: why it is not kept; "" if it is.
        error: the line that says what is wrong with an unreadable input.
    """

    id: str
    media_type: str = ""
    encoding: str = ""
    size_bytes: int = 0
    n_chars: int = 0
    created: str = ""
    title: str = ""
    language: str = ""
    author: str = ""
    site: str = ""
    n_damaged: int = 0
    reason: str = ""
    error: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON values."""
        return msgspec.structs.asdict(self)


def row_of(document: Document) -> DocumentRow:
    """The row of one document."""
    extra = document.extra()
    metadata = document.metadata
    return DocumentRow(
        id=document.id,
        media_type=metadata.media_type,
        encoding=metadata.encoding,
        size_bytes=extra.get("size_bytes", len(document.text.encode("utf-8"))),
        n_chars=document.n_chars,
        created=document.created,
        title=document.title,
        language=document.language,
        author=metadata.author,
        site=metadata.site,
        n_damaged=extra.get("n_replaced", 0),
        reason="" if document.keep else document.reason,
        error=str(extra.get("error", "")),
    )
