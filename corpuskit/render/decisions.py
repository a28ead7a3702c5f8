"""What `corpuskit why` shows: all that was decided about one document."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Column, Table
from rich.text import Text

from corpuskit.clean.removed import Removed
from corpuskit.dates import show
from corpuskit.document import Document
from corpuskit.render.folding import folded
from corpuskit.render.listing import Listing
from corpuskit.render.shapes import name_text
from corpuskit.render.shares import Section, Shares, ranked
from corpuskit.render.side_by_side import Side, SideBySide
from corpuskit.render.words import counted
from corpuskit.render.woven import Woven

_MEMBERS: Final = 10


@dataclass(frozen=True, slots=True)
class Twin:
    """A document that says the same; its similarity to the other, 0.0 to 1.0."""

    id: str
    reason: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided about a document.

    Attributes:
        document: as the run wrote it.
        removed: what was taken off its text; None where the run does not tell.
        again: whether that was found by cleaning the input once more.
        matched: the document that was kept in its place, if the run has it.
        twins: those that were dropped because they say the same as this one.
    """

    document: Document
    removed: Sequence[Removed] | None = None
    again: bool = False
    matched: Document | None = None
    twins: Sequence[Twin] = ()


def similarity_of(document: Document) -> float:
    """How alike a duplicate and the kept document are; 1.0 where it is not told."""
    value = document.extra().get("similarity", 1.0)
    return float(value) if isinstance(value, int | float) else 1.0


def decisions_view(told: Decisions) -> RenderableType:
    """The document's fields, what became of it and why, and its text."""
    document = told.document
    parts: list[RenderableType] = [name_text(document.id, "bold cyan"), _fields(told)]
    if told.twins:
        entries = [
            (f"{twin.similarity:.2f}  {twin.reason}", name_text(twin.id))
            for twin in told.twins[:_MEMBERS]
        ]
        n_more = len(told.twins) - len(entries)
        parts += [Text(), Text("says the same as", style="bold")]
        parts.append(Listing(entries, n_more=n_more))
    if told.removed:
        sizes: Counter[str] = Counter()
        for span in told.removed:
            sizes[span.rule] += len(span.text)
        parts += [Text(), Shares(Section("characters removed, by rule", ranked(sizes)))]
    if told.matched is not None:
        parts.append(Text())
        left = Side(document.id, document.text)
        parts.append(SideBySide(left, Side(told.matched.id, told.matched.text)))
        if not told.removed:
            return Group(*parts)
        parts += [Text(), Text("as it was cleaned", style="bold")]
    if told.removed and not told.removed[0].at:
        parts.append(Text())
    parts.append(Woven(document.text, told.removed or ()))
    return Group(*parts)


def _fields(told: Decisions) -> Table:
    table = Table.grid(
        Column(style="bold", no_wrap=True),
        Column(overflow="fold"),
        padding=(0, 2, 0, 0),
    )
    for label, value in _rows(told):
        if value:
            table.add_row(label, name_text(value))
    return table


def _rows(told: Decisions) -> Iterator[tuple[str, str]]:
    document = told.document
    yield "kept" if document.keep else "dropped", _outcome(document)
    yield "error", str(document.extra().get("error", ""))
    if document.cluster and document.cluster != document.id:
        missing = "" if told.matched else ", which this run does not hold"
        alike = f"{similarity_of(document):.2f} alike"
        yield "matched", f"{document.cluster}, {alike}{missing}"
    yield "title", document.title
    yield "date", show(document.created) if document.created else ""
    yield "language", _language(document)
    yield "found in", document.metadata.path
    if document.reason.startswith("read."):
        return
    if told.removed is None:
        yield "removed", "not told: run clean with --explain"
        return
    n_removed = sum(len(span.text) for span in told.removed)
    spans = counted(len(told.removed), "span")
    again = ", found by cleaning it again" if told.again else ""
    yield "removed", f"{spans}, {counted(n_removed, 'character')}{again}"


def _outcome(document: Document) -> str:
    if not document.keep:
        return document.reason
    marked = f", marked {document.reason}" if document.reason else ""
    return f"{counted(document.n_chars, 'character')}{marked}"


def _language(document: Document) -> str:
    if document.language == "und":
        return ""
    return f"{document.language}, score {document.language_score:.2f}"


def document_view(document: Document) -> RenderableType:
    """The text of a document below its title, its date and where it is from."""
    day = show(document.created) if document.created else ""
    metadata = document.metadata
    about = (day, metadata.author, document.url or metadata.path)
    parts = [
        name_text(document.title, "bold"),
        name_text("  ".join(filter(None, about)), "dim"),
    ]
    return Group(*(part for part in parts if part), Text(), Plain(document.text))


class Plain:
    """A text as it is, its lines folded."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """The lines of the text."""
        for line in self.text.expandtabs(4).split("\n"):
            yield from folded(name_text(line), options.max_width)
