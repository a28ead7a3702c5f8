"""Trees of HTML pages: one shape of node, whichever parser made it.

A node has `tag` (lower case, `-text` for text), `first_child`, `next`, `attributes`
and `text_content`. The lexbor tree is the fast one; the bs4 tree is the portable
fallback and the independent check.
"""

import re
from collections import Counter
from itertools import accumulate

from corpuskit._patterns import pattern
from corpuskit.clean.tree_node import Node
from corpuskit.errors import UsageError

PARSERS = ("lexbor", "bs4")
_DEEPEST = 2000
_END = int.from_bytes(b"</", "little")
_NESTING = frozenset(
    (
        *("div", "span", "section", "article", "blockquote", "ul", "ol", "dl", "table"),
        *("address", "aside", "details", "dialog", "dir", "fieldset", "figcaption"),
        *("figure", "footer", "header", "hgroup", "main", "menu", "nav", "search"),
        *("summary", "pre", "listing", "form", "ruby", "rb", "rt", "rp", "rtc"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
        *("font", "center", "small", "big", "strong", "em", "b", "i", "u"),
    )
)
_FEW = 50
_STEPS = {"": 1, "/": -1}
_START = pattern("<([A-Za-z][A-Za-z0-9]*)")


def parse(source: str | bytes, parser: str = "lexbor") -> Node | None:
    """The body of a page or of a fragment of one; None where there is no element.

    Bytes are UTF-8.

    Raises:
        UsageError: no parser of this name.
    """
    if parser not in PARSERS:
        raise UsageError(f"no parser {parser!r}: take one of {', '.join(PARSERS)}")
    page = source.encode("utf-8", "replace") if isinstance(source, str) else source
    if _n_unended(page) > _DEEPEST:
        shallow = without_deep_nests(page.decode("utf-8", "replace"))
        page = shallow.encode("utf-8", "replace")
    return _lexbor(page) if parser == "lexbor" else _bs4(page)


def _lexbor(page: bytes) -> Node | None:
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    if not page:
        return None
    tree = LexborHTMLParser(page, options=LexborDocumentOptions.WO_EVENTS)
    body: Node | None = tree.body or tree.root
    return body


def _bs4(page: bytes) -> Node | None:
    from corpuskit.clean.tree_bs4 import parse_bs4

    return parse_bs4(page.decode("utf-8", "replace"))


def _n_unended(page: bytes) -> int:
    """How many more start tags than end tags a page may have at most."""
    import numpy as np  # counts dense bytes four times as fast as bytes.count

    n_tags = int(np.count_nonzero(np.frombuffer(page, np.uint8) == ord("<")))
    if n_tags <= _DEEPEST:
        return n_tags
    # In pairs of bytes, from the first one on and from the second.
    for first in (0, 1):
        pairs = np.frombuffer(page, "<u2", (len(page) - first) // 2, first)
        n_tags -= int(np.count_nonzero(pairs == _END))
    return n_tags


def without_deep_nests(source: str) -> str:
    """The page with a line break in place of tags that nest absurdly deep together.

    The time to parse grows with the square of the depth; the text is kept.
    """
    counts = Counter(map(str.lower, _START.findall(source)))
    names = sorted(name for name in _NESTING if counts[name] >= _FEW)
    depths = {name: _depth(source, name) for name in names}
    deepest_first = sorted(names, key=depths.__getitem__, reverse=True)
    left = sum(depths.values())
    for name in deepest_first:
        if left <= _DEEPEST:
            break
        source = re.sub(f"</?{_any_case(name)}[^<>]*>", "<br>", source)
        left -= depths[name]
    return source


def _depth(source: str, name: str) -> int:
    """How deep elements of a tag stand in each other at most."""
    ends = re.findall(f"<(/?){_any_case(name)}", source)
    return max(accumulate(map(_STEPS.__getitem__, ends)), default=0)


def _any_case(name: str) -> str:
    """A pattern for the name of a tag, quicker than one that ignores cases."""
    # The scan for a letter in both cases jumps from one "<" to the next.
    return "".join(f"[{letter}{letter.upper()}]" for letter in name) + r"\b"
