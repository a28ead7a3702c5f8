"""The values of a document's field, for grouping by any of them."""

import json
from collections.abc import Mapping
from typing import Any, Final

from corpuskit.document import Document, Metadata

_FRONT_MATTER: Final = "front_matter"
_OWN: Final = frozenset(Document.__struct_fields__) - {"metadata"}
_METADATA: Final = frozenset(Metadata.__struct_fields__) - {"extra"}


def values_of(document: Document, field: str) -> tuple[str, ...]:
    """The values of a field as strings, never none: ("",) stands for unknown.

    A field is a key of the record or of its metadata, `year` (of `created`), or a key
    of the extra metadata or the front matter; `front_matter.tags` names one inside
    another. A list gives each of its values once.
    """
    if field == "year":
        return (document.created[:4],)
    if field in _OWN:
        return _strings(getattr(document, field))
    if field in _METADATA:
        return (getattr(document.metadata, field),)
    return _strings(_extra_value(document.extra(), field))


def _extra_value(extra: Mapping[str, Any], field: str) -> object:
    for place in (extra, extra.get(_FRONT_MATTER)):
        if isinstance(place, dict) and field in place:
            return place[field]
    outer, dot, inner = field.partition(".")
    within = extra.get(outer)
    if dot and isinstance(within, dict):
        return _extra_value(within, inner)
    return ""


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(dict.fromkeys(_string(item) for item in value)) or ("",)
    return (_string(value),)


def _string(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
