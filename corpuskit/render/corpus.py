"""The tables of `corpuskit stats`: a corpus in numbers for people."""

from collections.abc import Callable, Iterator
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Column, Table
from rich.text import Text

from corpuskit.dates import show
from corpuskit.render.shapes import name_text
from corpuskit.render.shares import Section, Shares, ranked, unnamed
from corpuskit.render.words import NAMED_ROWS, counted, number, share, size, visible
from corpuskit.stats.lengths import Lengths
from corpuskit.stats.summary import Stats

_GROUPS_FROM: Final = 70
_NOTES_FROM: Final = 48
_PADDING: Final = (0, 2, 0, 0)


def stats_tables(
    stats: Stats, *, name: Callable[[str], str] | None = None
) -> RenderableType:
    """Totals, shares and lengths of a corpus, and its groups if it was grouped.

    Args:
        stats: the numbers.
        name: gives a language tag its name; without it tags stay tags.
    """
    parts: list[RenderableType] = [Totals(stats)]
    sections = list(_sections(stats, name or unnamed))
    if sections:
        parts += [Text(), Shares(*sections)]
    if stats.lengths.n:
        parts += [Text(), Percentiles(stats.lengths)]
    if stats.by:
        naming = name if name and stats.by == "language" else unnamed
        parts += [Text(), Groups(stats, naming)]
    return Group(*parts)


class Totals:
    """The totals of a corpus, with a note to each where there is room."""

    def __init__(self, stats: Stats) -> None:
        self.stats = stats

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """A row for each total."""
        table = Table.grid(
            Column(style="bold", no_wrap=True),
            Column(justify="right", no_wrap=True),
            Column(overflow="fold", style="dim"),
            padding=_PADDING,
        )
        n_columns = 3 if options.max_width >= _NOTES_FROM else 2
        table.columns = table.columns[:n_columns]
        for cells in _total_rows(self.stats):
            table.add_row(*cells[:n_columns])
        yield table


def _total_rows(stats: Stats) -> Iterator[tuple[str, str, str]]:
    dropped = f"{number(stats.dropped)} more dropped" if stats.dropped else ""
    yield "documents", number(stats.documents), dropped
    yield "characters", number(stats.characters), ""
    yield "words", number(stats.words), "one per character where no spaces are written"
    yield "bytes", number(stats.size_bytes), f"{size(stats.size_bytes)} in UTF-8"
    if stats.damaged_characters:
        where = f"in {counted(stats.damaged_documents, 'document')}"
        yield "damaged", number(stats.damaged_characters), f"characters {where}"
    if stats.duplicates or stats.clusters:
        clusters = f"dropped, in {counted(stats.clusters, 'cluster')}"
        yield "duplicates", number(stats.duplicates), clusters
    if stats.first:
        n_dated = stats.documents - stats.years[""]
        yield "dated", number(n_dated), f"{show(stats.first)} to {show(stats.last)}"


def _sections(stats: Stats, name: Callable[[str], str]) -> Iterator[Section]:
    yield Section("languages", ranked(stats.languages, name))
    yield Section("encodings", ranked(stats.encodings))
    yield Section("types", ranked(stats.media_types))
    if len(stats.sources) > 1:
        yield Section("sources", ranked(stats.sources))
    if set(stats.years) != {""}:
        years = sorted((year or "unknown", n) for year, n in stats.years.items())
        yield Section("years", years)
    if stats.reasons:
        yield Section("dropped, by reason", ranked(stats.reasons))
    bins = [(_bin(low, high), n) for low, high, n in stats.lengths.histogram()]
    yield Section("characters per document", bins, most=len(bins))


class Percentiles:
    """Lengths that so many percent do not exceed: in a row, or narrow in a column."""

    def __init__(self, lengths: Lengths) -> None:
        self.lengths = lengths

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """The percentiles between the least and the most, and the mean."""
        heading = "percentiles" if self.lengths.exact else "percentiles (within 1 %)"
        yield Text(heading, style="bold")
        cells = [(label, number(length)) for label, length in self._named()]
        right = [Column(justify="right", no_wrap=True) for _ in cells]
        row = Table.grid(*right, padding=_PADDING)
        for line in zip(*cells, strict=True):
            row.add_row(*line)
        unbound = options.update(max_width=999)
        if console.measure(row, options=unbound).maximum <= options.max_width:
            yield row
            return
        column = Table.grid(
            Column(), Column(justify="right", no_wrap=True), padding=_PADDING
        )
        for cell in cells:
            column.add_row(*cell)
        yield column

    def _named(self) -> Iterator[tuple[str, int]]:
        yield "least", self.lengths.least
        for percent, length in self.lengths.percentiles((5, 25, 50, 75, 95)).items():
            yield "median" if percent == 50 else f"{percent} %", length
        yield "most", self.lengths.most
        yield "mean", round(self.lengths.mean)


def _bin(low: int, high: int) -> str:
    return f"{number(low)} to {number(high - 1)}" if high - low > 1 else number(low)


class Groups:
    """Numbers by value of the field grouped by; on narrow outputs fewer of them."""

    def __init__(self, stats: Stats, name: Callable[[str], str]) -> None:
        self.stats = stats
        self.ranking = sorted(
            ((name(value), group) for value, group in stats.groups.items()),
            key=lambda pair: (-pair[1].characters, -pair[1].documents, pair[0]),
        )

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """A table with a row for each of the greatest groups."""
        if options.max_width < _GROUPS_FROM:
            rows = [(value, group.characters) for value, group in self.ranking]
            yield Shares(Section(f"characters by {self.stats.by}", rows))
            return
        yield self._table()
        if len(self.ranking) > NAMED_ROWS:
            rest = number(len(self.ranking) - NAMED_ROWS)
            yield Text(f"and {rest} more", style="dim")

    def _table(self) -> Table:
        titles = ("documents", "characters", "words", "dropped", "share")
        table = Table(
            Column(f"by {visible(self.stats.by)}", overflow="fold"),
            *(Column(title, justify="right", no_wrap=True) for title in titles),
            box=None,
            pad_edge=False,
            header_style="bold",
        )
        for value, group in self.ranking[:NAMED_ROWS]:
            table.add_row(
                name_text(value),
                number(group.documents),
                number(group.characters),
                number(group.words),
                number(group.dropped),
                share(group.characters, self.stats.characters),
            )
        return table
