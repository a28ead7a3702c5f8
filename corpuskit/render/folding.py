"""Lines of text folded to a width: at blanks, and between wide characters.

rich folds at blanks alone, so that a Chinese or Japanese sentence would start a new
line after the first Latin word. Closing marks do not begin a line, opening ones do not
end it.
"""

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from rich.text import Text

_CLOSING: Final = frozenset("，。、；：？！）》」』】〉〕…％ー々,.;:?!)]}%”’·")
_OPENING: Final = frozenset("（《「『【〈〔([{“‘")


def folded(text: Text, width: int) -> list[Text]:
    """The lines of a text without line ends, each at most so many columns wide.

    Styles stay; blanks at the end of a line go. A width under 2 counts as 2.
    """
    if cell_len(text.plain) <= width:
        return [text]
    lines = list(text.divide(breaks(text.plain, max(width, 2))))
    for line in lines:
        line.rstrip()
    return lines


def breaks(text: str, width: int) -> Iterator[int]:
    """Where the lines of a text after the first one begin."""
    start = used = best = 0
    for i, character in enumerate(text):
        size = cell_len(character)
        if size == 2 and _may_part(text, i):
            best = i
        while used + size > width and i > start and character != " ":
            start = best if best > start else i
            yield start
            used = cell_len(text[start:i])
        used += size
        if character == " " or (size == 2 and _may_part(text, i + 1)):
            best = i + 1


def _may_part(text: str, i: int) -> bool:
    """Whether a line may end before a character next to a wide one."""
    if not 0 < i < len(text):
        return False
    return text[i] not in _CLOSING and text[i - 1] not in _OPENING
