"""What a page tells machines that it is: an article, a forum, a product."""

_ARTICLES = frozenset(("og:article", "og:news", "og:blog", "og:post"))
_LINKED_ARTICLES = ("article", "blogposting")
_FORUMS = ("discussionforum", "qapage", "forum", "og:forum", "socialmediaposting")
_PRODUCTS = ("product", "og:product")


SAYS = ("says_article", "says_site", "says_forum", "says_product")
"""What `says` gives."""


def says(kinds: tuple[str, ...]) -> tuple[float, float, float, float]:
    """What a page says that it is, as numbers; `kinds` as in `meta.Fields`."""
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
    )
