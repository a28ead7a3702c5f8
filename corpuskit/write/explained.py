"""The reasons of a run as rows of their own: one for each span that was removed."""

from typing import Any

import msgspec

from corpuskit.document import REMOVED_SPANS, Document, dump_extra

_encode = msgspec.json.Encoder().encode


def part(document: Document) -> tuple[Document, bytes]:
    """The document without the spans that it carries, and these as JSON lines.

    A line has the id of the document, then what is known of the span.
    """
    extra = document.extra()
    spans = extra.pop(REMOVED_SPANS, None)
    if not isinstance(spans, list):
        return document, b""
    rows = (_row(document.id, span) for span in spans if isinstance(span, dict))
    return document.with_metadata(extra=dump_extra(extra)), b"".join(rows)


def _row(document_id: str, span: dict[str, Any]) -> bytes:
    return _encode({"id": document_id, **span}) + b"\n"
