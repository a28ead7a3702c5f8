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
_BOXES = ("div", "span", "section", "article", "blockquote", "ul", "ol", "dl", "table")
_LOOKS = ("font", "center", "small", "big", "strong", "em", "b", "i", "u")
_NESTING = frozenset((*_BOXES, *_LOOKS))
_STEPS = {"": 1, "/": -1}
_START = pattern("<([A-Za-z]+)")


def parse(source: str | bytes, parser: str = "lexbor") -> Node | None:
    """The body of a page or of a fragment of one; None where there is no element.

    Bytes are UTF-8.

    Raises:
        UsageError: no parser of this name.
    """
    page = source.encode("utf-8", "replace") if isinstance(source, str) else source
    if parser == "lexbor":
        return _lexbor(page)
    if parser == "bs4":
        from corpuskit.clean.tree_bs4 import parse_bs4

        return parse_bs4(page.decode("utf-8", "replace"))
    raise UsageError(f"no parser {parser!r}: take one of {', '.join(PARSERS)}")


def _lexbor(page: bytes) -> Node | None:
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    if not page:
        return None
    if _n_unended(page) > _DEEPEST:
        source = page.decode("utf-8", "replace")
        page = without_deep_nests(source).encode("utf-8", "replace")
    tree = LexborHTMLParser(page, options=LexborDocumentOptions.WO_EVENTS)
    body: Node | None = tree.body or tree.root
    return body


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
    """The page with a line break in place of tags that nest absurdly deep.

    The time to parse grows with the square of the depth; the text is kept.
    """
    counts = Counter(map(str.lower, _START.findall(source)))
    for name in sorted(_NESTING & {name for name, n in counts.items() if n > _DEEPEST}):
        # Letters in both cases, not IGNORECASE: the scan then jumps from "<" to "<".
        tag = "".join(f"[{letter}{letter.upper()}]" for letter in name) + r"\b"
        steps = map(_STEPS.__getitem__, re.findall(f"<(/?){tag}", source))
        if max(accumulate(steps), default=0) > _DEEPEST:
            source = re.sub(f"</?{tag}[^<>]*>", "<br>", source)
    return source
