"""A page as a list of blocks: pieces of text between two breaks in its layout.

One walk over the tree cuts the text at every element that is not inline, and at `br`.
A `pre` is one block and keeps its lines. Each block knows the element that holds it,
each element its parent and the blocks inside it; that is all the later stages see.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from corpuskit.clean.blocks_hints import TAG_PLACES, hint_bits, place_bits
from corpuskit.clean.tree_node import TEXT, Node

_SKIPPED = (
    "script style svg head title template iframe object canvas audio video map select "
    "option datalist textarea input img -comment -document -cdata math applet embed rp "
    "rt frame frameset meta link base param source track area col colgroup"
)
_INLINE = (
    "abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd mark "
    "meter nobr output progress q rb ruby s samp small span strike strong sub sup time "
    "tt u var wbr label picture slot"
)
_SKIP, _FLOW, _LINK, _BREAK, _PRE, _BLOCK = range(6)
_KINDS: dict[str | None, int] = {
    **dict.fromkeys(_SKIPPED.split(), _SKIP),
    **dict.fromkeys(_INLINE.split(), _FLOW),
    "a": _LINK,
    "br": _BREAK,
    "pre": _PRE,
    "listing": _PRE,
    "xmp": _PRE,
    "plaintext": _PRE,
}
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and the elements around them, as parallel lists.

    `owner[i]` is the element of block i; `n_breaks[i]` the number of `br` before it
    since the block before, -1 where an element begins or ends between the two.
    Lengths are in characters. Element 0 is the body, its own parent.
    """

    text: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    n_linked: list[int] = field(default_factory=list)
    n_links: list[int] = field(default_factory=list)
    n_breaks: list[int] = field(default_factory=list)
    tag: list[str] = field(default_factory=lambda: ["body"])
    parent: list[int] = field(default_factory=lambda: [0])
    first: list[int] = field(default_factory=lambda: [0])
    last: list[int] = field(default_factory=lambda: [0])
    place: list[int] = field(default_factory=lambda: [0])
    hint: list[int] = field(default_factory=lambda: [0])

    def __len__(self) -> int:
        return len(self.text)


_PARENT, _LAST, _PLACE = 1, 3, 4
_Element = list[Any]  # tag, parent, first block, block after the last, places, hints


def to_blocks(body: Node | None) -> Blocks:
    """The blocks of a page from its body; none without one."""
    walk = _Walk()
    if body is not None:
        walk.run(body)
    return walk.result()


class _Walk:
    """The state of one walk over a tree."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.elements: list[_Element] = [["body", 0, 0, 0, 0, 0]]
        self.parts: list[str] = []
        self.element = 0
        self.gap = -1
        self.in_link = 0
        self.in_pre = 0
        self.n_linked = 0
        self.n_links = 0
        self.link_start = 0

    def run(self, body: Node) -> None:
        """Visits every node below the body, in order, without recursion."""
        parts = self.parts
        stack: list[tuple[Node, int]] = []
        node = body.first_child
        while node is not None or stack:
            if node is None:
                node, kind = stack.pop()
                if kind > _FLOW:
                    self.leave(kind)
                node = node.next
                continue
            tag = node.tag
            if tag == TEXT:
                value = node.text_content
                if value and (parts or not value.isspace()):
                    parts.append(value)
                node = node.next
                continue
            kind = _KINDS.get(tag, _BLOCK)
            if kind > _FLOW:
                self.enter(kind, tag or "", node)
            child = node.first_child if kind else None
            if child is not None:
                stack.append((node, kind))
                node = child
                continue
            if kind > _FLOW:
                self.leave(kind)
            node = node.next
        self.flush()
        self.elements[0][_LAST] = len(self.blocks)

    def result(self) -> Blocks:
        """The blocks, with the elements as parallel lists."""
        blocks = self.blocks
        columns = [list(values) for values in zip(*self.elements, strict=True)]
        blocks.tag, blocks.parent, blocks.first = columns[:_LAST]
        blocks.last, blocks.place, blocks.hint = columns[_LAST:]
        return blocks

    def enter(self, kind: int, tag: str, node: Node) -> None:
        """What the start of an element that is not plain flow changes."""
        if kind == _BLOCK and not self.in_pre:
            if self.parts:
                self.flush()
            self.gap = -1
            self.open(tag, node)
        elif kind == _LINK:
            if not self.in_link:
                self.link_start = len(self.parts)
            self.in_link += 1
            self.n_links += 1
        elif self.in_pre:
            self.in_pre += kind == _PRE
            self.new_line()
        elif kind == _BREAK:
            self.flush()
            self.gap += self.gap >= 0
        else:
            self.flush()
            self.gap = -1
            self.open(tag, node)
            self.in_pre = 1

    def open(self, tag: str, node: Node) -> None:
        """Adds an element below the innermost one."""
        parent = self.element
        place, hint = TAG_PLACES.get(tag, 0) | self.elements[parent][_PLACE], 0
        if attributes := node.attributes:
            if names := attributes.get("class"):
                hint = hint_bits(names)
            if len(attributes) > 1 or not names:
                place |= place_bits(attributes)
                if names := attributes.get("id"):
                    hint |= hint_bits(names)
        self.element = len(self.elements)
        first = len(self.blocks.text)
        self.elements.append([tag, parent, first, 0, place, hint])

    def leave(self, kind: int) -> None:
        """What the end of such an element changes."""
        if kind == _LINK:
            self.in_link -= 1
            if not self.in_link:
                self.count_linked()
        elif not self.in_pre or (self.in_pre == 1 and kind == _PRE):
            if kind == _BREAK:
                return
            if self.parts:
                self.flush()
            self.gap = -1
            self.in_pre = 0
            element = self.elements[self.element]
            element[_LAST] = len(self.blocks.text)
            self.element = element[_PARENT]
        else:
            self.in_pre -= kind == _PRE
            if kind != _BREAK:
                self.new_line()

    def new_line(self) -> None:
        """Ends the line inside a `pre`, once."""
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def count_linked(self) -> None:
        """Adds the text of the link that ends here, or goes on in the next block."""
        for part in self.parts[self.link_start :]:
            self.n_linked += len(part.strip())
        self.link_start = 0

    def flush(self) -> None:
        """Ends the block: what text there is becomes one."""
        if self.in_link:
            self.count_linked()
        text = "".join(self.parts)
        self.parts.clear()
        if self.in_pre:
            text = text.strip("\n") if not text.isspace() else ""
        elif text.isascii():
            text = " ".join(text.split())
        else:
            text = _SPACES.sub(" ", text).strip()
        if text:
            blocks = self.blocks
            blocks.text.append(text)
            blocks.owner.append(self.element)
            blocks.n_linked.append(min(self.n_linked, len(text)))
            blocks.n_links.append(self.n_links)
            blocks.n_breaks.append(self.gap)
            self.gap = 0
        self.n_linked = 0
        self.n_links = self.in_link
