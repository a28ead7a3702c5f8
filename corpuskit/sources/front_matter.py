"""YAML front matter at the head of a text: taken off, and put into fields."""

import re
from dataclasses import dataclass, field
from typing import Any

from corpuskit.document import Document
from corpuskit.sources.flat_yaml import load_flat

MAX_CHARS = 1 << 16
"""Longest front matter; what does not close by then is text."""

_OPENING = re.compile(r"\ufeff?\s{0,200}?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.M)
_LINE = r"([^\W\d][\w .\-]{0,60}?)[ \t]*:(?:[ \t]+(.*))?"

_TITLES = ("title", "headline")
_AUTHORS = ("author", "authors", "byline", "creator")
_SITES = ("site", "site_name", "sitename", "publisher")
_URLS = ("url", "source_url", "original_url", "canonical", "permalink", "link")
_DATES = ("date", "created", "published", "pubdate", "publish_date", "date_published",
          "datepublished", "published_at", "created_at", "publishdate")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stood at the head of a text, and the text without it."""

    body: str
    values: dict[str, Any] = field(default_factory=dict)


def split_front_matter(text: str) -> FrontMatter:
    """The front matter of a text; without one, or a closed one, the whole text.

    What is no valid YAML is read line by line as `key: value`; where that fails too,
    the text keeps it.
    """
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(
        text, opening.end(), opening.end() + MAX_CHARS
    )
    if not opening or not closing:
        return FrontMatter(text)
    block = text[opening.end() : closing.start()]
    values = _values_of(block)
    if not values:
        return FrontMatter(text)
    return FrontMatter(text[closing.end() :].lstrip("\r\n"), values)


def _values_of(block: str) -> dict[str, Any]:
    flat = load_flat(block)
    if flat:
        return flat
    from corpuskit.sources.yaml_values import YamlProblem, load_mapping

    try:
        return load_mapping(block)
    except YamlProblem:
        return _plain_lines(block)


def _plain_lines(block: str) -> dict[str, Any]:
    """`key: value` lines as strings; {} unless nearly every line is one of them."""
    values: dict[str, Any] = {}
    lines = [line for line in block.splitlines() if line.strip()]
    strange = 0
    for line in lines:
        match = re.fullmatch(_LINE, line.rstrip())
        if match:
            values[match[1]] = (match[2] or "").strip().strip("'\"")
        elif not line.startswith((" ", "\t", "-", "#")):
            strange += 1
    return values if values and strange * 4 <= len(lines) else {}


def with_front_matter(document: Document, values: dict[str, Any]) -> Document:
    """The document with title, author, site, URL and date from its front matter.

    All but the first four goes to `extra["front_matter"]`; the date as written too.
    """
    from msgspec.structs import replace

    from corpuskit.dates import to_created

    rest = dict(values)
    document = replace(
        document,
        title=document.title or _take(rest, _TITLES),
        url=document.url or _take_url(rest),
        created=document.created or _created(rest, to_created),
    )
    document = document.with_metadata(
        author=document.metadata.author or _take(rest, _AUTHORS),
        site=document.metadata.site or _take(rest, _SITES),
    )
    return document.with_extra(front_matter=rest) if rest else document


def _take(values: dict[str, Any], names: tuple[str, ...]) -> str:
    for key in list(values):
        if key.lower() in names:
            shown = _line(values[key])
            if shown:
                del values[key]
                return shown
    return ""


def _line(value: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(filter(None, map(_line, value)))
    return str(value) if type(value) is int else ""


def _take_url(values: dict[str, Any]) -> str:
    for key in list(values):
        value = values[key]
        is_url = isinstance(value, str) and value.startswith(("http://", "https://"))
        if key.lower() in _URLS and is_url:
            del values[key]
            return str(value)
    return ""


def _created(values: dict[str, Any], to_created: Any) -> str:  # noqa: ANN401
    by_name = {key.lower(): value for key, value in values.items()}
    for name in _DATES:
        value = by_name.get(name)
        if isinstance(value, str) and (created := to_created(value)):
            return str(created)
    return ""
