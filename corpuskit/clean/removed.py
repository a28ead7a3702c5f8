"""What cleaning took off a text: spans, each with its rule and the evidence for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from corpuskit.document import REMOVED_SPANS, Document

_MAX_GAP: Final = 64
_LAST_WORDS: Final = 20


class Removed(msgspec.Struct, frozen=True):
    """One span that was removed: a block of a page or a line of a text.

    Attributes:
        at: where it stood, as an offset into the text that was kept.
        rule: what decided, as in a reason: `clean.page_model`.
        score: how likely it is main content to the model, 0 to 1; 0.0 where no model
            was asked.
        cut: the least score of what the model kept; 0.0 where it was not asked.
        link_share: share of its characters that are links, 0 to 1.
        n_words: its words, about; a character of a script without spaces is a part.
        path: the tags around it from the outside in, or `line 12` of the text found.
        signs: what else speaks: tags it is in, class names, kinds of words, form.
        text: the span itself.
    """

    at: int
    rule: str
    score: float = 0.0
    cut: float = 0.0
    link_share: float = 0.0
    n_words: float = 0.0
    path: str = ""
    signs: str = ""
    text: str = ""


Piece = str | Removed
"""A piece of a text as found: kept, as it now reads, or removed."""


def with_removed(document: Document, pieces: Iterable[Piece]) -> Document:
    """The document with the spans that were removed from it, in their places."""
    spans = list(placed(document.text, pieces))
    return document.with_extra(**{REMOVED_SPANS: spans})


def removed_from(document: Document) -> list[Removed] | None:
    """The spans that a document carries; None where it carries none."""
    if REMOVED_SPANS not in document.metadata.extra:
        return None
    try:
        return msgspec.convert(document.extra().get(REMOVED_SPANS), list[Removed])
    except msgspec.ValidationError:  # a key of this name in somebody's own data
        return None


def placed(text: str, pieces: Iterable[Piece]) -> Iterator[Removed]:
    """The removed pieces, each with its place in the text that was kept.

    A kept piece is looked for a little after the one before it, then its last words
    are; one that is not there, because it was changed later, moves nothing.
    """
    position, missing = 0, 0
    for piece in pieces:
        if isinstance(piece, Removed):
            yield msgspec.structs.replace(piece, at=position)
            continue
        end = position + missing + len(piece) + _MAX_GAP
        for known in (piece, piece[-_LAST_WORDS:]):
            found = text.find(known, position, end)
            if found >= 0:
                position, missing = found + len(known), 0
                break
        else:
            missing += len(piece)


def rounded(value: float) -> float:
    """A figure with three digits: what it was decided by, not how floats are kept."""
    return round(float(value), 3)


def as_kept(text: str, normalize: Callable[[str], str]) -> Iterator[str]:
    """The lines of a kept piece as they read in the normalised text."""
    for line in text.split("\n"):
        if clean := normalize(line).strip():
            yield clean
