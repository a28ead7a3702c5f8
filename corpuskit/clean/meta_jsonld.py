"""Fields from JSON-LD: what a page tells search engines about its article."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

_ARTICLES = ("article", "posting", "report", "review", "recipe", "techarticle")
_PAGES = (
    "webpage",
    "itempage",
    "qapage",
    "question",
    "videoobject",
    "product",
    "event",
)
_MAX_CHARS = 1_000_000
_DECODER = json.JSONDecoder(strict=False)


def read_jsonld(scripts: list[str]) -> dict[str, str]:
    """Title, date, author, site and url as written in the best item of the scripts."""
    best: dict[str, Any] = {}
    best_rank = 0
    kinds: list[str] = []
    for script in scripts:
        for item in _items(_decode(script)):
            names = _kinds(item)
            kinds += names
            rank = _rank(names, item)
            if rank > best_rank:
                best, best_rank = item, rank
    fields = {
        "kinds": " ".join(kinds),
        "title": _text(best.get("headline")) or _text(best.get("name")),
        "created": _text(best.get("datePublished"))
        or _text(best.get("uploadDate"))
        or _text(best.get("dateCreated")),
        "author": _names(best.get("author") or best.get("creator")),
        "site": _names(best.get("publisher")),
        "url": _text(best.get("url")) or _text(best.get("mainEntityOfPage")),
    }
    return {name: value for name, value in fields.items() if value}


def _decode(script: str) -> Any:  # noqa: ANN401 - any JSON value
    """The value of a script; None where it is no JSON."""
    text = script.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip("; \n")
    text = text.removeprefix("<!--").removesuffix("-->")
    if len(text) > _MAX_CHARS:
        return None
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        pass  # it may hold control characters, which only the other decoder forgives
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _items(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON value
    """The typed objects of a value: of a list, of a graph, and main entities."""
    waiting, seen = [value], 0
    while waiting and seen < 200:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield value
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                if isinstance(value.get(key), list | dict):
                    waiting.append(value[key])


def _kinds(item: dict[str, Any]) -> list[str]:
    """The types of an item, in lower case."""
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return [name.lower() for name in names if isinstance(name, str)]


def _rank(lower: list[str], item: dict[str, Any]) -> int:
    """How well an item stands for the page: articles first, then pages; 0 for none."""
    if any(name.endswith(_ARTICLES) for name in lower):
        return 3 if item.get("datePublished") or item.get("author") else 2
    return 1 if any(name.endswith(_PAGES) for name in lower) else 0


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A string value, or the id, name or first string inside one."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """The names of people or organisations, joined with commas, each once."""
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        name = _text(name)
        if name and not name.startswith("http") and name not in names:
            names.append(name)
    return ", ".join(names[:10])
