"""What the reader wants kept besides the main content: its tables, the comments."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_rules import count
from corpuskit.errors import UsageError

WANTED: Final = ("tables", "links", "comments", "images")

_COMMENT: Final = int(Hint.COMMENT)
_IS_COMMENT: Final = int(Place.COMMENT)
_NO_WORDS: Final = int(
    Place.FORM | Place.BUTTON | Place.NAV | Place.HIDDEN | Place.DIALOG | Place.FOOTER
)
_LEAST_WORDS: Final = 3.0
_MOST_OF_PAGE: Final = 0.5
_MOST_LINKED: Final = 0.5


def check_wanted(names: tuple[str, ...]) -> None:
    """Raises UsageError for a name that is not one of WANTED."""
    for name in names:
        if name not in WANTED:
            known = ", ".join(WANTED)
            raise UsageError(f"cannot keep {name!r}: take some of {known}")


def with_wanted(blocks: Blocks, kept: list[int], wanted: tuple[str, ...]) -> list[int]:
    """The kept blocks, and those of the wanted kinds that were left out."""
    more: set[int] = set()
    if "tables" in wanted:
        more |= _in_tables(blocks, kept)
    if "comments" in wanted:
        more |= _in_comments(blocks, kept)
    return sorted(more.union(kept)) if more else kept


def _in_tables(blocks: Blocks, kept: list[int]) -> set[int]:
    """The blocks of data tables that stand in the main content or touch it."""
    found: set[int] = set()
    if not kept:
        return found
    stays = set(kept)
    for element, tag in enumerate(blocks.tag):
        if tag != "table" or not is_data_table(blocks, element):
            continue
        held = range(blocks.first[element], blocks.last[element])
        between = kept[0] < held.start and held.stop - 1 < kept[-1]
        touched = not stays.isdisjoint(held)
        if (between or touched) and _link_share(blocks, held) <= _MOST_LINKED:
            found.update(held)
    return found


def is_data_table(blocks: Blocks, table: int) -> bool:
    """Whether a table holds rows of cells, and not the layout of a page.

    Data tables have two rows and two columns or more, and no table, heading, list or
    code in them.
    """
    columns: dict[int, int] = {}
    for element in inside(blocks, table):
        tag = blocks.tag[element]
        if tag in ("table", "ul", "ol", "pre", "h1", "h2", "h3"):
            return False
        if tag in ("td", "th"):
            row = blocks.parent[element]
            columns[row] = columns.get(row, 0) + 1
    return len(columns) > 1 and max(columns.values()) > 1


def inside(blocks: Blocks, element: int) -> Iterator[int]:
    """The elements that lie in one, in page order."""
    # Elements are numbered in page order, so what lies in one follows it directly.
    for number in range(element + 1, len(blocks.tag)):
        if blocks.parent[number] < element:
            return
        yield number


def _link_share(blocks: Blocks, held: range) -> float:
    n_chars = sum(len(blocks.text[i]) for i in held)
    return sum(blocks.n_linked[i] for i in held) / max(n_chars, 1)


def _in_comments(blocks: Blocks, kept: list[int]) -> set[int]:
    """The blocks that readers wrote below the main content."""
    words = [0.0] * len(blocks)
    for i in kept:
        words[i] = count(blocks.text[i])
    mass = list(accumulate(words, initial=0.0))
    found: set[int] = set()
    for element in range(1, len(blocks.tag)):
        if not _holds_comments(blocks, element):
            continue
        first, last = blocks.first[element], blocks.last[element]
        # A class such as `no-comments` may stand on the main content itself.
        if mass[last] - mass[first] <= _MOST_OF_PAGE * mass[-1]:
            found.update(i for i in range(first, last) if _is_written(blocks, i))
    return found


def _holds_comments(blocks: Blocks, element: int) -> bool:
    is_comment = blocks.hint[element] & _COMMENT or blocks.place[element] & _IS_COMMENT
    return bool(is_comment)


def _is_written(blocks: Blocks, i: int) -> bool:
    """Whether a block is words of a reader, not a button or a link around them."""
    if blocks.place[blocks.owner[i]] & _NO_WORDS:
        return False
    text = blocks.text[i]
    return 2 * blocks.n_linked[i] <= len(text) and count(text) >= _LEAST_WORDS
