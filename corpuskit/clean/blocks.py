"""A page as a list of blocks: pieces of text between two breaks in its layout.

One walk over the tree cuts the text at every element that is not inline, and at `br`.
A `pre` is one block and keeps its lines. Each block knows the element that holds it,
each element its parent and the blocks inside it; that is all the later stages see.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from corpuskit.clean.blocks_hints import PLACED, TAG_PLACES, hint_bits, place_bits
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
_N_KINDS = 6
_SKIP, _FLOW, _LINK, _BREAK, _PRE, _BLOCK = range(_N_KINDS)
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


_Enter = Callable[[Node, str], None]
_Leave = Callable[[], None]


def to_blocks(body: Node | None) -> Blocks:
    """The blocks of a page from its body; none without one."""
    walk = _Walk()
    if body is not None:
        walk.run(body)
    return walk.result()


class _Walk:
    """The state of one walk over a tree.

    `enter` and `leave` hold, by kind, what to do where an element starts and ends;
    inside a `pre` other things are done.
    """

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.parts: list[str] = []
        self.element = 0
        self.gap = -1
        self.in_link = 0
        self.in_pre = 0
        self.n_linked = 0
        self.n_links = 0
        self.link_start = 0
        self.enter: list[_Enter | None] = [None] * _N_KINDS
        self.leave: list[_Leave | None] = [None] * _N_KINDS
        self.enter[_LINK], self.leave[_LINK] = self.open_link, self.close_link
        self.leave_pre()

    def run(self, body: Node) -> None:
        """Visits every node below the body, in order, without recursion."""
        parts, enter, leave, kind_of = self.parts, self.enter, self.leave, _KINDS.get
        stack: list[tuple[Node, _Leave | None]] = []
        node = body.first_child
        while node is not None or stack:
            if node is None:
                node, end = stack.pop()
                if end:
                    end()
                node = node.next
                continue
            tag = node.tag
            if tag == TEXT:
                value = node.text_content
                if value and (parts or not value.isspace()):
                    parts.append(value)
                node = node.next
                continue
            kind = kind_of(tag, _BLOCK)
            if start := enter[kind]:
                start(node, tag or "")
            child = node.first_child if kind else None
            if child is not None:
                stack.append((node, leave[kind]))
                node = child
                continue
            if end := leave[kind]:
                end()
            node = node.next

    def result(self) -> Blocks:
        """The blocks."""
        self.flush()
        self.blocks.last[0] = len(self.blocks.text)
        return self.blocks

    def open(self, node: Node, tag: str) -> None:
        """Adds an element below the innermost one."""
        if self.parts:
            self.flush()
        self.gap = -1
        blocks = self.blocks
        place, hint, names = blocks.place[self.element], 0, None
        if tag in TAG_PLACES:
            place |= TAG_PLACES[tag]
        if attributes := node.attributes:
            names = attributes.get("class")
            if names:
                hint = hint_bits(names)
            if len(attributes) > 1 or not names:
                if not PLACED.isdisjoint(attributes):
                    place |= place_bits(attributes)
                if name := attributes.get("id"):
                    hint |= hint_bits(name)
        blocks.tag.append(tag)
        blocks.parent.append(self.element)
        blocks.first.append(len(blocks.text))
        blocks.last.append(0)
        blocks.place.append(place)
        blocks.hint.append(hint)
        blocks.names.append(names or "")
        self.element = len(blocks.tag) - 1

    def close(self) -> None:
        """Ends the innermost element."""
        if self.parts:
            self.flush()
        self.gap = -1
        blocks, element = self.blocks, self.element
        blocks.last[element] = len(blocks.text)
        self.element = blocks.parent[element]

    def break_line(self, _: Node, __: str) -> None:
        """Ends the block at a `br`."""
        self.flush()
        self.gap += self.gap >= 0

    def open_link(self, _: Node, __: str) -> None:
        """Begins to count the text of a link."""
        if not self.in_link:
            self.link_start = len(self.parts)
        self.in_link += 1
        self.n_links += 1

    def close_link(self) -> None:
        """Ends a link."""
        self.in_link -= 1
        if not self.in_link:
            self.count_linked()

    def open_pre(self, node: Node, tag: str) -> None:
        """Begins a `pre`, or another one inside it: all of it is one block."""
        if self.in_pre:
            self.new_line()
        else:
            self.flush()
            self.open(node, tag)
            self.enter[_BREAK] = self.enter[_BLOCK] = self.begin_line
            self.leave[_BLOCK] = self.new_line
        self.in_pre += 1

    def close_pre(self) -> None:
        """Ends a `pre`."""
        if self.in_pre == 1:
            self.close()
            self.leave_pre()
        else:
            self.new_line()
        self.in_pre -= 1

    def leave_pre(self) -> None:
        """What elements do outside of a `pre`."""
        self.enter[_BREAK], self.enter[_BLOCK] = self.break_line, self.open
        self.enter[_PRE], self.leave[_PRE] = self.open_pre, self.close_pre
        self.leave[_BLOCK] = self.close

    def begin_line(self, _: Node, __: str) -> None:
        """Ends the line at an element inside a `pre`."""
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
            n_linked = min(self.n_linked, len(text)) if self.n_linked else 0
            blocks = self.blocks
            blocks.text.append(text)
            blocks.owner.append(self.element)
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
