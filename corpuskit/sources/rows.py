"""A row of somebody else's table as a Document: which key is the text, which the id."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from corpuskit.document import Document, dump_extra, well_formed
from corpuskit.errors import ReadError
from corpuskit.sources.faults import Origin
from corpuskit.sources.kinds import HEAD_BYTES, media_type_of
from corpuskit.sources.options import ReadOptions

TEXT_KEYS = ("text", "content", "raw_content", "body")
ID_KEYS = ("id", "doc_id", "_id", "uuid")
_TITLE_KEYS = ("title", "headline")
_URL_KEYS = ("url", "uri", "source_url", "link")
_DATE_KEYS = ("created", "date", "published", "date_published", "publish_date")
_AUTHOR_KEYS = ("author", "authors", "byline")
_SITE_KEYS = ("site", "site_name", "sitename", "source_domain")


def document_of(
    row: Mapping[str, Any], origin: Origin, number: int, *, options: ReadOptions
) -> Document:
    """The document of a row; keys that no field takes go to its extra metadata.

    Raises:
        ReadError: the row has no text.
    """
    rest = dict(row)
    text = _take_text(rest, options)
    document = origin.document(number)
    own_id = _take_id(rest, options)
    if own_id:
        document = replace(document, id=own_id)
    nested = rest.get("metadata")
    more = nested if isinstance(nested, dict) else {}
    document = replace(
        document,
        title=_take(rest, more, _TITLE_KEYS),
        url=_take(rest, more, _URL_KEYS),
        created=_created(rest, more),
    )
    document = document.with_text(text).with_metadata(
        media_type=_media_type(text),
        author=_take(rest, more, _AUTHOR_KEYS),
        site=_take(rest, more, _SITE_KEYS),
    )
    # Not by keyword: a row may have any keys, `self` too.
    return document.with_metadata(extra=dump_extra(rest))


def _take_text(row: dict[str, Any], options: ReadOptions) -> str:
    keys = (options.text_key,) if options.text_key else TEXT_KEYS
    key = next((k for k in keys if isinstance(row.get(k), str)), "")
    if key:
        return str(row.pop(key))
    found = next((k for k in keys if k in row), "")
    if found:
        kind = "null" if row[found] is None else type(row[found]).__name__
        raise ReadError(f"{found!r} is {kind}, not text: fix the row", rule="json")
    wanted = options.text_key or ", ".join(TEXT_KEYS)
    raise ReadError(f"no text under {wanted}: name the key (--text-key)", rule="json")


def _take_id(row: dict[str, Any], options: ReadOptions) -> str:
    for key in (options.id_key,) if options.id_key else ID_KEYS:
        value = row.get(key)
        if isinstance(value, str) and value:
            return well_formed(str(row.pop(key)))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(row.pop(key))
    return ""


def _take(row: dict[str, Any], more: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        if isinstance(row.get(key), str):
            return well_formed(str(row.pop(key)))
        if isinstance(more.get(key), str):
            return well_formed(str(more[key]))
    return ""


def _created(row: dict[str, Any], more: dict[str, Any]) -> str:
    from corpuskit.dates import to_created

    for key in _DATE_KEYS:
        value = row.get(key) or more.get(key)
        if isinstance(value, str) and (created := to_created(value)):
            return str(created)
    return ""


def _media_type(text: str) -> str:
    if "<" not in text[:HEAD_BYTES]:
        return "text/plain"
    head = text[:HEAD_BYTES].encode("utf-8", "replace")
    return media_type_of(head, "")
