"""A row of somebody else's table as a Document: which key is the text, which the id."""

from collections.abc import Mapping
from typing import Any

import msgspec

from corpuskit.dates import to_created
from corpuskit.document import Document, Metadata, dump_extra, sealed, well_formed
from corpuskit.errors import ReadError
from corpuskit.sources.faults import Origin
from corpuskit.sources.kinds import HEAD_BYTES, media_type_of
from corpuskit.sources.options import ReadOptions

TEXT_KEYS = ("text", "content", "raw_content", "body")
ID_KEYS = ("id", "doc_id", "_id", "uuid")
_FIELD_KEYS = {
    "title": ("title", "headline"),
    "url": ("url", "uri", "source_url", "link"),
    "author": ("author", "authors", "byline"),
    "site": ("site", "site_name", "sitename", "source_domain"),
}
_DATE_KEYS = ("created", "date", "published", "date_published", "publish_date")
_KNOWN = frozenset(_DATE_KEYS).union(*_FIELD_KEYS.values())
_BEFORE_MARKUP = "\ufeff \t\n\r\f\v"


class Row(msgspec.Struct, frozen=True):
    """A row of a table.

    Attributes:
        values: its keys and values.
        number: its place in the file, from 0.
        encoding: codec of the file.
        n_replaced: bytes of it that could not be decoded.
    """

    values: Mapping[str, Any]
    number: int
    encoding: str = "utf-8"
    n_replaced: int = 0


def document_of(row: Row, origin: Origin, options: ReadOptions) -> Document:
    """The document of a row; keys that no field takes go to its extra metadata.

    Title, URL, author, site and date are also looked for under a key `metadata`.

    Raises:
        ReadError: the row has no text.
    """
    rest = dict(row.values)
    text, digest = sealed(_take_text(rest, options))
    own_id = _take_id(rest, options)
    fields = _take_fields(rest)
    if row.n_replaced:
        rest["n_replaced"] = row.n_replaced
    return Document(
        id=own_id or origin.id(row.number),
        text=text,
        source=origin.source,
        created=fields.get("created", ""),
        url=fields.get("url", ""),
        title=fields.get("title", ""),
        n_chars=len(text),
        sha256=digest,
        metadata=Metadata(
            path=origin.shown,
            media_type=_media_type(text),
            encoding=row.encoding,
            site=fields.get("site", ""),
            author=fields.get("author", ""),
            extra=dump_extra(rest),
        ),
    )


def _take_text(row: dict[str, Any], options: ReadOptions) -> str:
    keys = (options.text_key,) if options.text_key else TEXT_KEYS
    for key in keys:
        if isinstance(row.get(key), str):
            return str(row.pop(key))
    found = next((key for key in keys if key in row), "")
    if found:
        kind = "null" if row[found] is None else type(row[found]).__name__
        raise ReadError(f"{found!r} is {kind}, not text: fix the row", rule="json")
    wanted = " or ".join(keys)
    raise ReadError(f"no text under {wanted}: name the key (text_key)", rule="json")


def _take_id(row: dict[str, Any], options: ReadOptions) -> str:
    for key in (options.id_key,) if options.id_key else ID_KEYS:
        value = row.get(key)
        if isinstance(value, str) and value:
            return well_formed(row.pop(key))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(row.pop(key))
    return ""


def _take_fields(row: dict[str, Any]) -> dict[str, str]:
    nested = row.get("metadata")
    more = nested if isinstance(nested, dict) else {}
    if _KNOWN.isdisjoint(row) and _KNOWN.isdisjoint(more):
        return {}
    fields = {name: _take(row, more, keys) for name, keys in _FIELD_KEYS.items()}
    for key in _DATE_KEYS:
        value = row.get(key) or more.get(key)
        if isinstance(value, str) and (created := to_created(value)):
            return {**fields, "created": created}
    return fields


def _take(row: dict[str, Any], more: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        if isinstance(row.get(key), str):
            return well_formed(row.pop(key))
        if isinstance(more.get(key), str):
            return well_formed(more[key])
    return ""


def _media_type(text: str) -> str:
    # Markup without a file name shows in how it begins.
    if not text.lstrip(_BEFORE_MARKUP).startswith("<"):
        return "text/plain"
    return media_type_of(text[:HEAD_BYTES].encode("utf-8"), "")
