"""A page as a list of blocks: pieces of text between two breaks in its layout.

One walk over the tree cuts the text at every element that is not inline, and at `br`.
A `pre` is one block and keeps its lines. Each block knows the element that holds it,
each element its parent and the blocks inside it; that is all the later stages see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpuskit.clean.blocks_hints import PLACED, TAG_PLACES, hint_bits, place_bits
from corpuskit.clean.tree_node import TEXT_ID, Node

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
_Mark = tuple[int, str, int]  # the kind of a tag, the tag, its places
_MARKS: dict[int, _Mark] = {}
_N_NUMBERED = 256
_BLANKS = "\n\t\r\f"


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and the elements around them, as parallel lists.

    `owner[i]` is the element of block i; `n_breaks[i]` the number of `br` before it
    since the block before, -1 where an element begins or ends between the two.
    `names` are the classes of each element, as written.
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
    names: list[str] = field(default_factory=lambda: [""])

    def __len__(self) -> int:
        return len(self.text)


def to_blocks(body: Node | None) -> Blocks:
    """The blocks of a page from its body; none without one."""
    walk = _Walk()
    if body is not None:
        walk.run(body)
    return walk.blocks


def _mark(node: Node) -> _Mark:
    """What a node is by its tag, which is remembered where the number is its own."""
    tag = node.tag
    mark = _KINDS.get(tag, _BLOCK), tag or "", TAG_PLACES.get(tag or "", 0)
    if 0 < node.tag_id < _N_NUMBERED:
        _MARKS[node.tag_id] = mark
    return mark


def _more(
    attributes: Mapping[str, str | None], hint: int, place: int
) -> tuple[int, int]:
    """Hint and place bits with those of all attributes but the classes."""
    if not PLACED.isdisjoint(attributes):
        place |= place_bits(attributes)
    if name := attributes.get("id"):
        hint |= hint_bits(name)
    return hint, place


class _Walk:
    """The state of one walk over a tree."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.parts: list[str] = []
        self.gap = -1
        self.in_link = 0
        self.in_pre = False
        self.n_linked = 0
        self.n_links = 0
        self.link_start = 0

    def run(self, body: Node) -> None:  # noqa: C901
        """Visits every node below the body, in order, without recursion."""
        # In one piece, with local names: it runs for every node of every page, and
        # calls for what it does there would take a third of the time again.
        parts, blocks, flush, known = self.parts, self.blocks, self.flush, _MARKS.get
        tags, parents, firsts = blocks.tag, blocks.parent, blocks.first
        places, lasts, texts = blocks.place, blocks.last, blocks.text
        hints, classes, element = blocks.hint, blocks.names, 0
        stack: list[tuple[Node, int]] = []
        push, pop = stack.append, stack.pop
        node = body.first_child
        while True:
            if node is None:
                if not stack:
                    break
                node, kind = pop()
                if kind == _BLOCK:
                    if parts:
                        flush(element)
                    self.gap = -1
                    lasts[element] = len(texts)
                    element = parents[element]
                elif kind == _LINK:
                    self.in_link -= 1
                    if not self.in_link:
                        self.count_linked()
                node = node.next
                continue
            number = node.tag_id
            if number == TEXT_ID:
                value = node.text_content
                if value and (parts or not value.isspace()):
                    parts.append(value)
                node = node.next
                continue
            kind, tag, place = known(number) or _mark(node)
            if kind == _BLOCK:
                if parts:
                    flush(element)
                self.gap = -1
                place |= places[element]
                hint, names = 0, ""
                if attributes := node.attributes:
                    if names := attributes.get("class") or "":
                        hint = hint_bits(names)
                    if len(attributes) > 1 or not names:
                        hint, place = _more(attributes, hint, place)
                parents.append(element)
                element = len(tags)
                tags.append(tag)
                firsts.append(len(texts))
                lasts.append(0)
                places.append(place)
                hints.append(hint)
                classes.append(names)
            elif kind == _LINK:
                if not self.in_link:
                    self.link_start = len(parts)
                self.in_link += 1
                self.n_links += 1
            elif kind != _FLOW:
                if kind:
                    self.read(node, kind, element)
                node = node.next
                continue
            child = node.first_child
            if child is not None:
                push((node, kind))
                node = child
                continue
            if kind == _BLOCK:
                lasts[element] = len(texts)
                element = parents[element]
            elif kind == _LINK:
                self.in_link -= 1
            node = node.next
        flush(0)
        lasts[0] = len(texts)

    def read(self, node: Node, kind: int, element: int) -> None:
        """Ends the block at a `br`, or reads a `pre`."""
        self.flush(element)
        if kind == _BREAK:
            self.gap += self.gap >= 0
        else:
            self.read_pre(node, element)

    def read_pre(self, top: Node, around: int) -> None:
        """Reads a `pre`: all of it is one block, with others inside it."""
        blocks = self.blocks
        element = len(blocks.tag)
        names = top.attributes.get("class") or ""
        hint, place = _more(top.attributes, hint_bits(names), blocks.place[around])
        blocks.tag.append(top.tag or "")
        blocks.parent.append(around)
        blocks.first.append(len(blocks.text))
        blocks.place.append(place)
        blocks.hint.append(hint)
        blocks.names.append(names)
        self.gap, self.in_pre = -1, True
        self.read_lines(top)
        if self.parts:
            self.flush(element)
        self.gap, self.in_pre = -1, False
        blocks.last.append(len(blocks.text))

    def read_lines(self, top: Node) -> None:
        """Visits every node inside a `pre`."""
        parts, known = self.parts, _MARKS.get
        stack: list[tuple[Node, int]] = []
        node = top.first_child
        while node is not None or stack:
            if node is None:
                node, kind = stack.pop()
                if kind != _FLOW:
                    self.end_inside(kind)
                node = node.next
                continue
            number = node.tag_id
            if number == TEXT_ID:
                value = node.text_content
                if value and (parts or not value.isspace()):
                    parts.append(value)
                node = node.next
                continue
            kind = (known(number) or _mark(node))[0]
            if kind > _FLOW:
                self.begin_inside(kind)
            child = node.first_child if kind else None
            if child is not None:
                stack.append((node, kind))
                node = child
                continue
            if kind > _FLOW:
                self.end_inside(kind)
            node = node.next

    def begin_inside(self, kind: int) -> None:
        """Begins a link inside a `pre`, or a line."""
        if kind == _LINK:
            if not self.in_link:
                self.link_start = len(self.parts)
            self.in_link += 1
            self.n_links += 1
        else:
            self.new_line()

    def end_inside(self, kind: int) -> None:
        """Ends a link inside a `pre`, or a line."""
        if kind == _LINK:
            self.in_link -= 1
            if not self.in_link:
                self.count_linked()
        elif kind != _BREAK:
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

    def flush(self, element: int) -> None:
        """Ends the block: what text there is becomes one."""
        if self.in_link:
            self.count_linked()
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        if self.in_pre:
            text = text.strip("\n") if not text.isspace() else ""
        elif text.isprintable() and "  " not in text:
            text = text.strip()
        else:
            text = _on_one_line(text)
        if text:
            n_linked, blocks = self.n_linked, self.blocks
            if n_linked > len(text):
                n_linked = len(text)
            blocks.text.append(text)
            blocks.owner.append(element)
            blocks.n_linked.append(n_linked)
            blocks.n_links.append(self.n_links)
            blocks.n_breaks.append(self.gap)
            self.gap = 0
        self.n_linked = 0
        self.n_links = self.in_link


def _on_one_line(text: str) -> str:
    """The text with runs of HTML's blanks as one space; other blanks stay inside."""
    if text.isascii():
        return " ".join(text.split())
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()
