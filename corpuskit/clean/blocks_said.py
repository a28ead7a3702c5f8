"""What a page tells of itself: an article, a forum, a product; whose, from when, where.

Addresses tell much: those of articles end with a long name, a date or a number.
"""

import re

from corpuskit.clean.meta import Fields

_ARTICLES = frozenset(("og:article", "og:news", "og:blog", "og:post"))
_LINKED_ARTICLES = ("article", "blogposting")
_FORUMS = ("discussionforum", "qapage", "forum", "og:forum", "socialmediaposting")
_PRODUCTS = ("product", "og:product")
_NUMBER = re.compile(r"[0-9]{5}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[/_-]?[0-9]{2}")
_FILES = (".html", ".htm", ".shtml")

SAYS = (
    *("says_article", "says_site", "says_forum", "says_product", "says_some"),
    *("title_chars", "title_words", "has_date", "has_author", "has_site"),
    *("has_url", "url_is_root", "url_depth", "url_hyphens", "url_number", "url_date"),
    *("url_last", "url_query", "url_file"),
)
"""What `says` gives."""


def says(fields: Fields) -> tuple[float, ...]:
    """What a page says of itself, as numbers."""
    address, _, query = fields.url.partition("?")
    _, is_known, place = address.partition("://")
    path = place.partition("/")[2]
    parts = [part for part in path.split("/") if part]
    last = parts[-1] if parts else ""
    return (
        *_kinds(fields.kinds),
        float(len(fields.title)),
        float(len(fields.title.split())),
        float(fields.created != ""),
        float(fields.author != ""),
        float(fields.site != ""),
        float(bool(is_known)),
        float(bool(is_known) and not parts),
        float(len(parts)),
        float(last.count("-") + last.count("_")),
        float(_NUMBER.search(last) is not None),
        float(_DATE.search(path) is not None),
        float(len(last)),
        float(query != ""),
        float(last.endswith(_FILES)),
    )


def _kinds(kinds: tuple[str, ...]) -> tuple[float, ...]:
    """What the types say that a page gives itself; `kinds` as in `meta.Fields`."""
    linked = is_forum = is_product = False
    for kind in kinds:
        linked |= kind.endswith(_LINKED_ARTICLES) and not kind.startswith("og:")
        is_forum |= kind.startswith(_FORUMS)
        is_product |= kind.startswith(_PRODUCTS)
    is_article = (not _ARTICLES.isdisjoint(kinds), linked, "published" in kinds)
    return (
        float(sum(is_article)),
        float("og:website" in kinds),
        float(is_forum),
        float(is_product),
        float(bool(kinds)),
    )
