"""What a page tells machines that it is: an article, a forum, a product."""

_ARTICLES = frozenset(("og:article", "og:news", "og:blog", "og:post"))
_LINKED_ARTICLES = ("article", "blogposting")
_FORUMS = ("discussionforum", "qapage", "forum", "og:forum", "socialmediaposting")
_PRODUCTS = ("product", "og:product")


SAYS = ("says_article", "says_site", "says_forum", "says_product")
"""What `says` gives."""


def says(kinds: tuple[str, ...]) -> tuple[float, float, float, float]:
    """What a page says that it is, as numbers; `kinds` as in `meta.Fields`."""
    linked = [kind for kind in kinds if not kind.startswith("og:")]
    is_article = (
        not _ARTICLES.isdisjoint(kinds),
        any(kind.endswith(_LINKED_ARTICLES) for kind in linked),
        "published" in kinds,
    )
    return (
        float(sum(is_article)),
        float("og:website" in kinds),
        float(any(kind.startswith(_FORUMS) for kind in kinds)),
        float(any(kind.startswith(_PRODUCTS) for kind in kinds)),
    )
