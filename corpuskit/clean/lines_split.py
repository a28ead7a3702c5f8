"""A text as lines, and what a line shows by itself without any arithmetic."""

import re
from dataclasses import dataclass
from typing import Final

from corpuskit.clean.lines_words import find_kinds

SENTENCE_STOPS: Final = ".!?。！？…．؟।॥۔։\u104b\u17d4"
_STOPS: Final = frozenset(SENTENCE_STOPS)
_CLOSERS: Final = "'\"”’」』)）]»"
_CUT = re.compile(r"(?:\.\.\.|…|\[…\])\s?(?:[^\W\d_]+\s?){0,2}[>»›→]?$")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text that are not empty.

    Attributes:
        texts: the lines, stripped.
        gaps: how many empty lines stood before each.
        kinds: the kinds of frame words in each, and how many, as `find_kinds` gives.
    """

    texts: list[str]
    gaps: list[int]
    kinds: list[tuple[int, int]]


def split_lines(text: str) -> Lines:
    """The lines of a text."""
    texts: list[str] = []
    gaps: list[int] = []
    gap = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            texts.append(line)
            gaps.append(gap)
            gap = 0
        else:
            gap += 1
    return Lines(texts, gaps, [find_kinds(line) for line in texts])


def ends_sentence(line: str) -> bool:
    """Whether a line ends as sentences do, closing quotes and brackets aside."""
    return line[-1] in _STOPS or line.rstrip(_CLOSERS)[-1:] in _STOPS


def is_cut(line: str) -> bool:
    """Whether a line breaks off with an ellipsis, as teasers do."""
    return ("…" in line or "..." in line) and _CUT.search(line) is not None
