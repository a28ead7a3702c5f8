"""A page as a list of blocks: pieces of text between two breaks in its layout.

One walk over the tree cuts the text at every element that is not inline, and at `br`.
A `pre` is one block and keeps its lines. Each block knows the element that holds it,
each element its parent and the blocks inside it; that is all the later stages see.
"""

from dataclasses import dataclass, field

from corpuskit.clean.blocks_hints import (
    MOST_CHARS,
    PLACED,
    TAG_PLACES,
    hint_bits,
    place_bits,
)
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
_Row = tuple[str, int, int, int, int]  # as `Blocks` has it: text, owner, n_linked, ...
_MARKS: dict[int, _Mark] = {}
_N_NUMBERED = 256
_BLANKS = "\n\t\r\f"


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and the elements around them, as parallel lists.

    `owner[i]` is the element of block i; `n_breaks[i]` the number of `br` before it
    since the block before, -1 where an element begins or ends between the two.
    `names` are the classes of each element that holds any block, as written but cut.
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
    blocks = Blocks()
    if body is not None:
        rows, preformatted, ids = _walk(body, blocks)
        _fill(blocks, rows, preformatted)
        _name(blocks, ids)
    return blocks


def _mark(node: Node) -> _Mark:
    """What a node is by its tag, which is remembered where the number is its own."""
    tag = node.tag
    mark = _KINDS.get(tag, _BLOCK), tag or "", TAG_PLACES.get(tag or "", 0)
    if 0 < node.tag_id < _N_NUMBERED:
        _MARKS[node.tag_id] = mark
    return mark


def _walk(  # noqa: C901
    body: Node, blocks: Blocks
) -> tuple[list[_Row], list[int], dict[int, str]]:
    """Visits every node below the body, in order, without recursion.

    Fills all that `blocks` says of elements but their hints.

    Returns:
        A row for each block; the numbers of those that keep their lines; ids of
        elements.
    """
    # In one piece, with local names: it runs for every node of every page, and calls
    # for what it does there would take a fifth of the time again.
    tags, parents, classes = blocks.tag, blocks.parent, blocks.names
    firsts, lasts, places = blocks.first, blocks.last, blocks.place
    parts: list[str] = []
    rows: list[_Row] = []
    preformatted: list[int] = []
    ids: dict[int, str] = {}
    element = in_link = link_start = n_linked = n_links = 0
    gap = -1
    stack: list[tuple[Node, int]] = [(body, _BLOCK)]
    push, pop, marks = stack.append, stack.pop, _MARKS
    node = body.first_child
    while True:
        if node is None:
            node, kind = pop()
            if kind == _BLOCK:
                if parts:
                    if in_link:
                        n_linked += _length(parts[link_start:])
                        link_start = 0
                    rows.append(("".join(parts), element, n_linked, n_links, gap))
                    parts.clear()
                    n_linked, n_links = 0, in_link
                gap = -1
                lasts[element] = len(rows)
                if firsts[element] == len(rows):
                    classes[element] = ""  # as nobody asks what holds no block
                if not stack:
                    return rows, preformatted, ids
                element = parents[element]
            elif kind == _LINK:
                in_link -= 1
                if not in_link:
                    for part in parts[link_start:]:
                        n_linked += len(part.strip())
                    link_start = 0
            node = node.next
            continue
        number = node.tag_id
        if number == TEXT_ID:
            if parts or not node.is_empty_text_node:
                value = node.text_content
                if value and (parts or not value.isspace()):
                    parts.append(value)
            node = node.next
            continue
        try:
            kind, tag, place = marks[number]
        except KeyError:
            kind, tag, place = _mark(node)
        if kind > _LINK:
            if parts:
                if in_link:
                    n_linked += _length(parts[link_start:])
                    link_start = 0
                rows.append(("".join(parts), element, n_linked, n_links, gap))
                parts.clear()
                n_linked, n_links, gap = 0, in_link, 0
            if kind == _BREAK:
                n_linked, n_links = 0, in_link
                gap += gap >= 0
                node = node.next
                continue
            gap = -1
            place |= places[element]
            names = ""
            if attributes := node.attributes:
                names = attributes.get("class") or ""
                if len(names) > MOST_CHARS:
                    names = names[:MOST_CHARS]
                if len(attributes) > 1 or not names:
                    if not PLACED.isdisjoint(attributes):
                        place |= place_bits(attributes)
                    if name := attributes.get("id"):
                        ids[len(tags)] = name
            parents.append(element)
            element = len(tags)
            tags.append(tag)
            firsts.append(len(rows))
            lasts.append(0)
            places.append(place)
            classes.append(names)
            if kind == _PRE:
                lines = _Lines(in_link)
                lines.read(node)
                n_linked, n_links = lines.n_linked, lines.n_links
                if lines.parts:
                    preformatted.append(len(rows))
                    rows.append(("".join(lines.parts), element, n_linked, n_links, -1))
                    n_linked, n_links = 0, in_link
                else:
                    classes[element] = ""
                lasts[element] = len(rows)
                element = parents[element]
                node = node.next
                continue
        elif kind == _LINK:
            if not in_link:
                link_start = len(parts)
            in_link += 1
            n_links += 1
        elif not kind:
            node = node.next
            continue
        child = node.first_child
        if child is not None:
            push((node, kind))
            node = child
            continue
        if kind == _BLOCK:
            lasts[element] = len(rows)
            classes[element] = ""
            element = parents[element]
        elif kind == _LINK:
            in_link -= 1
        node = node.next


def _name(blocks: Blocks, ids: dict[int, str]) -> None:
    """Adds what classes and ids suggest of elements that hold any block."""
    ids = {
        element: name[:MOST_CHARS]
        for element, name in ids.items()
        if blocks.first[element] < blocks.last[element]
    }
    n = len(blocks.names)
    hints = hint_bits([*blocks.names, *ids.values()])
    blocks.hint = hints[:n]
    for element, bits in zip(ids, hints[n:], strict=True):
        blocks.hint[element] |= bits


def _length(parts: list[str]) -> int:
    """The characters of texts without the blanks around them."""
    return sum([len(part.strip()) for part in parts])


class _Lines:
    """The text inside a `pre`, with what of it is linked."""

    def __init__(self, in_link: int) -> None:
        self.parts: list[str] = []
        self.in_link = in_link
        self.n_links = in_link
        self.n_linked = 0
        self.link_start = 0

    def read(self, top: Node) -> None:
        """Visits every node inside a `pre`."""
        parts, known = self.parts, _MARKS.get
        stack: list[tuple[Node, int]] = []
        node = top.first_child
        while node is not None or stack:
            if node is None:
                node, kind = stack.pop()
                if kind != _FLOW:
                    self.end(kind)
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
                self.begin(kind)
            child = node.first_child if kind else None
            if child is not None:
                stack.append((node, kind))
                node = child
                continue
            if kind > _FLOW:
                self.end(kind)
            node = node.next
        if self.in_link:
            self.count_linked()

    def begin(self, kind: int) -> None:
        """Begins a link, or a line."""
        if kind == _LINK:
            if not self.in_link:
                self.link_start = len(self.parts)
            self.in_link += 1
            self.n_links += 1
        else:
            self.new_line()

    def end(self, kind: int) -> None:
        """Ends a link, or a line."""
        if kind == _LINK:
            self.in_link -= 1
            if not self.in_link:
                self.count_linked()
        elif kind != _BREAK:
            self.new_line()

    def new_line(self) -> None:
        """Ends the line, once."""
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def count_linked(self) -> None:
        """Adds the text of the link that ends here."""
        self.n_linked += _length(self.parts[self.link_start :])


def _fill(blocks: Blocks, rows: list[_Row], preformatted: list[int]) -> None:
    """Puts what each row says of a block into its list, the text on one line."""
    if not rows:
        return
    texts, owner, n_linked, n_links, n_breaks = zip(*rows, strict=True)
    blocks.text = [
        text if text.isprintable() and "  " not in text else _on_one_line(text)
        for text in map(str.strip, texts)
    ]
    for block in preformatted:
        blocks.text[block] = texts[block].strip("\n")
    sizes = map(len, blocks.text)
    blocks.n_linked = [n and min(n, s) for n, s in zip(n_linked, sizes, strict=True)]
    blocks.owner, blocks.n_links = list(owner), list(n_links)
    blocks.n_breaks = list(n_breaks)


def _on_one_line(text: str) -> str:
    """The text with runs of HTML's blanks as one space; other blanks stay inside."""
    if text.isascii():
        return " ".join(text.split())
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()
