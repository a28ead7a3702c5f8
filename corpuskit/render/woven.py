"""A text with what was removed from it: each span where it stood, with the reason."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from corpuskit.clean.removed import Removed
from corpuskit.render.folding import folded
from corpuskit.render.words import share, visible

KEPT, REMOVED, REASON = "  ", "- ", "# "
"""What a line begins with, so that it is told apart without colours too."""

_SHORT: Final = 24
_MOST_SIGNS: Final = 6
_STRUCK: Final = "red strike"


class Woven:
    """The lines of a text, plain, and between them the removed ones, struck through.

    Lines fold and are never cut. Short spans that one rule took stand side by side.

    Attributes:
        text: what was kept.
        spans: what was removed, in order.
    """

    def __init__(self, text: str, spans: Sequence[Removed]) -> None:
        self.text = text
        self.spans = spans

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """The lines of the text and of the removed spans."""
        width = options.max_width
        start = 0
        spans = sorted(self.spans, key=lambda span: span.at)
        for (at, _), group in groupby(spans, key=lambda span: (span.at, span.rule)):
            yield from _lines(self.text[start : max(at, 0)], width)
            start = max(at, 0)
            taken = list(group)
            for line in _grouped([span.text for span in taken]):
                yield from _folded(line, width, REMOVED, _STRUCK)
            yield from _folded(reason_of(taken), width, REASON, "dim")
        yield from _lines(self.text[start:], width)


def reason_of(spans: Sequence[Removed]) -> str:
    """The rule that took spans, and the evidence for it in a few words."""
    parts = [_scores(spans)]
    n_chars = sum(len(span.text) for span in spans)
    n_linked = round(sum(span.link_share * len(span.text) for span in spans))
    if n_linked:
        parts.append(f"{share(n_linked, n_chars)} links")
    signs = list(dict.fromkeys(s for span in spans for s in span.signs.split(", ")))
    parts += signs[:_MOST_SIGNS]
    evidence = ", ".join(part for part in parts if part)
    return f"{spans[0].rule}: {evidence}" if evidence else spans[0].rule


def _scores(spans: Sequence[Removed]) -> str:
    """How likely the spans were, where a model was asked."""
    if not spans[0].cut:
        return ""
    least, most = (choose(span.score for span in spans) for choose in (min, max))
    scores = f"{least:.2f}" if least == most else f"{least:.2f} to {most:.2f}"
    return f"score {scores}, kept from {spans[0].cut:.2f}"


def _grouped(texts: Sequence[str]) -> Iterator[str]:
    """The lines of spans; short ones that follow each other as one line."""
    for is_short, group in groupby(texts, key=lambda text: len(text) <= _SHORT):
        if is_short:
            yield " · ".join(group)
            continue
        for text in group:
            yield from text.split("\n")


def _lines(text: str, width: int) -> Iterator[Text]:
    """The lines of kept text; blank ones at its ends do not count."""
    if not text.strip():
        return
    yield Text()
    for line in text.strip("\n").split("\n"):
        yield from _folded(line, width, KEPT, "")
    yield Text()


def _folded(line: str, width: int, lead: str, style: str) -> Iterator[Text]:
    """A line folded to a width, each of its parts with the lead."""
    shown = Text(visible(line.expandtabs(4)), style=style)
    for part in folded(shown, width - len(lead)):
        yield Text.assemble((lead, "dim"), part)
