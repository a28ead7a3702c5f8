"""Cuts: passages that stand elsewhere too, and documents without them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from corpuskit.document import Document
from corpuskit.errors import UsageError

Kind = Literal["paragraph", "line", "substring"]
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CutOptions:
    """Which repeated passages are cut; the first of each stays.

    Attributes:
        kind: `paragraph` (between empty lines), `line`, or `substring` (any run of
            characters).
        least: a shorter passage is left alone. Of paragraphs and lines letters and
            digits count, and one of a script without spaces as three; of substrings
            all characters.
        per_site: look for repeats within each site only, not for substrings.
        memory: bytes that the search should keep to.
    """

    kind: Kind = "paragraph"
    least: int = 60
    per_site: bool = False
    memory: int = 1 << 30

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise UsageError(f"kind must be one of {', '.join(get_args(Kind))}")
        if self.least < 2 or self.memory < 1:
            raise UsageError("a passage must have at least 2 characters")
        if self.per_site and self.kind == "substring":
            raise UsageError("substrings are looked for everywhere, not per site")


@dataclass(frozen=True, slots=True)
class Cuts:
    """What is cut.

    Attributes:
        spans: for each split, by position of the document, the spans of its text that
            stand elsewhere before: sorted, apart from each other.
    """

    spans: Sequence[dict[int, Spans]]

    def __len__(self) -> int:
        return sum(map(len, self.spans))

    def of(self, split_index: int) -> dict[int, Spans]:
        """The spans of one split's documents."""
        return self.spans[split_index]


def cut(document: Document, spans: Spans, kind: Kind) -> Document:
    """The document without these spans, and how much they were.

    A document that nothing but marks and spaces is left of is dropped, with its text,
    as `dedup.<kind>`.
    """
    noted = repeated(document, spans, kind)
    text = _without(document.text, spans)
    if not any(map(str.isalnum, text)):
        return noted.dropped(f"dedup.{kind}")
    return noted.with_text(text)


def repeated(document: Document, spans: Spans, kind: Kind) -> Document:
    """The document with a note of how many passages are repeats, and how long."""
    n_chars = sum(end - begin for begin, end in spans)
    note = {"kind": kind, "passages": len(spans), "characters": n_chars}
    return document.with_extra(repeated=note)


def _without(text: str, spans: Spans) -> str:
    """The text without spans; where one stood inside a line, the line breaks."""
    kept, done = [], 0
    for begin, end in spans:
        piece = text[done:begin]
        if text[end : end + 1] == "\n" and text[begin - 1 : begin] == "\n":
            end += text[end - 1] != "\n"
        elif piece and not piece.endswith("\n"):
            piece += "\n" * (text[end : end + 1] not in ("", "\n"))
        kept.append(piece)
        done = end
    return "".join([*kept, text[done:]]).strip("\n")
