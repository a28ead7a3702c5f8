"""The bs4 tree: the same nodes from beautifulsoup4 and the standard library's parser.

That parser leaves open what HTML closes without a word (`<p>` before a block, `<li>`
before the next one), so the elements of its tree are laid out again by those rules.
"""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpuskit.clean.tree_node import TEXT, TEXT_ID, Node

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_BLOCK_TAGS = (
    "address article aside blockquote center details dialog dir div dl fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol "
    "p pre search section summary table ul li dd dt listing xmp plaintext"
)
_CLOSES_P = frozenset(_BLOCK_TAGS.split())
_SCOPES = frozenset(("table", "td", "th", "caption", "button", "object", "applet"))
_CLOSED_BY = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr", "td", "th")), frozenset(("table",))),
    "tbody": (frozenset(("tr", "td", "th", "thead", "tbody")), frozenset(("table",))),
    "tfoot": (frozenset(("tr", "td", "th", "thead", "tbody")), frozenset(("table",))),
}
_TRANSPARENT = frozenset(("html", "head"))
_MOST_UNENDED = 1000
_BLANKS = " \t\n\f\r"


@dataclass(slots=True, eq=False)
class _Element:
    """A node that is not changed once the page is laid out."""

    tag: str | None
    attributes: Mapping[str, str | None]
    text_content: str | None = None
    first_child: "_Element | None" = None
    next: "_Element | None" = None
    final: "_Element | None" = None

    @property
    def tag_id(self) -> int:
        """The number of a text node's tag; the tags of elements have none."""
        return TEXT_ID if self.tag == TEXT else 0

    @property
    def is_empty_text_node(self) -> bool:
        """Whether a text node holds nothing but ASCII blanks."""
        return not (self.text_content or "").strip(_BLANKS)

    def add(self, node: "_Element") -> None:
        """Puts a node after the last one inside."""
        if self.final is None:
            self.first_child = node
        else:
            self.final.next = node
        self.final = node


def parse_bs4(source: str) -> Node | None:
    """The body of a page, from the tree that beautifulsoup4 makes of it."""
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

    if source.count("<!--", source.rfind("-->") + 1) > _MOST_UNENDED:
        source += "-->"  # else the parser looks for it after each of them
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(source, "html.parser")
    layout = _Layout()
    for tag, starts, text in _events(soup):
        if tag is None:
            layout.add_text(text)
        elif starts:
            layout.start(tag)
        else:
            layout.end(tag)
    return layout.body


class _Layout:
    """The tree being laid out again, with its open elements."""

    def __init__(self) -> None:
        self.body = _Element("body", {})
        self.open: list[tuple[int, _Element]] = [(0, self.body)]

    def start(self, tag: "Tag") -> None:
        """Opens an element, after closing those that its start closes."""
        if tag.name in _TRANSPARENT:
            return
        if tag.name == "body":
            del self.open[1:]
            return
        if tag.name in _CLOSES_P:
            self.close(frozenset(("p",)), _SCOPES)
        if tag.name in _CLOSED_BY:
            self.close(*_CLOSED_BY[tag.name])
        element = _Element(tag.name, _attributes(tag))
        self.open[-1][1].add(element)
        self.open.append((id(tag), element))

    def end(self, tag: "Tag") -> None:
        """Closes an element, if it is still open."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth][0] == id(tag):
                del self.open[depth:]
                return

    def close(self, tags: frozenset[str], scopes: frozenset[str]) -> None:
        """Closes the elements of these tags up to the nearest scope."""
        for depth in range(len(self.open) - 1, 0, -1):
            tag = self.open[depth][1].tag
            if tag in tags:
                del self.open[depth:]
            elif tag in scopes:
                return

    def add_text(self, text: str) -> None:
        """Adds text to the innermost open element."""
        self.open[-1][1].add(_Element(TEXT, {}, text))


def _attributes(tag: "Tag") -> dict[str, str | None]:
    return {
        name: value if isinstance(value, str) else " ".join(value)
        for name, value in tag.attrs.items()
    }


def _events(soup: "BeautifulSoup") -> Iterator[tuple["Tag | None", bool, str]]:
    """Starts and ends of the elements of a tree, and its text, in page order."""
    from bs4.element import NavigableString, Tag

    stack: list[tuple[Tag, int]] = [(soup, 0)]
    while stack:
        tag, index = stack.pop()
        if index == len(tag.contents):
            if stack:
                yield tag, False, ""
            continue
        stack.append((tag, index + 1))
        child = tag.contents[index]
        if isinstance(child, Tag):
            yield child, True, ""
            stack.append((child, 0))
        elif type(child) is NavigableString:
            yield None, True, str(child)
