"""Trees of HTML pages: one shape of node, whichever parser made it.

A node has `tag` (lower case, `-text` for text), `first_child`, `next`, `attributes`
and `text_content`. The lexbor tree is the fast one; the bs4 tree is the portable
fallback and the independent check.
"""

from corpuskit.clean.tree_node import Node
from corpuskit.errors import UsageError

PARSERS = ("lexbor", "bs4")


def parse(source: str, parser: str = "lexbor") -> Node | None:
    """The body of a page or of a fragment of one; None where there is no element.

    Raises:
        UsageError: no parser of this name.
    """
    if parser == "lexbor":
        return _lexbor(source)
    if parser == "bs4":
        from corpuskit.clean.tree_bs4 import parse_bs4

        return parse_bs4(source)
    raise UsageError(f"no parser {parser!r}: take one of {', '.join(PARSERS)}")


def _lexbor(source: str) -> Node | None:
    from selectolax.lexbor import LexborHTMLParser

    if not source:
        return None
    try:
        tree = LexborHTMLParser(source)
    except UnicodeEncodeError:  # lone surrogates
        tree = LexborHTMLParser(source.encode("utf-8", "replace"))
    body: Node | None = tree.body or tree.root
    return body
