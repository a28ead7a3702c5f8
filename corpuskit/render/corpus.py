"""The tables of `corpuskit stats`: a corpus in numbers for people."""

from collections.abc import Callable, Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Column, Table
from rich.text import Text

from corpuskit.dates import show
from corpuskit.render.shares import Section, Shares, ranked, unnamed
from corpuskit.render.words import (
    NAMED_ROWS,
    counted,
    name_text,
    number,
    share,
    size,
)
from corpuskit.stats.summary import Stats

_GROUPS_FROM = 70


def stats_tables(
    stats: Stats, *, name: Callable[[str], str] | None = None
) -> RenderableType:
    """Totals, shares and lengths of a corpus, and its groups if it was grouped.

    Args:
        stats: the numbers.
        name: gives a language tag its name; without it tags stay tags.
    """
    name = name or unnamed
    parts: list[RenderableType] = [_totals(stats)]
    if stats.documents:
        parts += [Text(), Shares(*_sections(stats, name)), Text(), _lengths(stats)]
    if stats.reasons:
        drops = Section("dropped, by reason", ranked(stats.reasons))
        parts += [Text(), Shares(drops)]
    if stats.by:
        naming = name if stats.by == "language" else unnamed
        parts += [Text(), Groups(stats, naming)]
    return Group(*parts)


def _totals(stats: Stats) -> Table:
    table = Table.grid(
        Column(style="bold", no_wrap=True),
        Column(justify="right", no_wrap=True),
        Column(overflow="fold", style="dim"),
        padding=(0, 2, 0, 0),
    )
    for label, value, note in _total_rows(stats):
        table.add_row(label, value, note)
    return table


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


def _lengths(stats: Stats) -> RenderableType:
    bins = stats.lengths.histogram()
    histogram = Shares(
        Section(
            "characters per document",
            [(_bin(low, high), n) for low, high, n in bins],
            most=len(bins),
        )
    )
    about = "" if stats.lengths.exact else " (within 1 %)"
    percentiles = stats.lengths.percentiles((5, 25, 50, 75, 95))
    line = Text("  ").append(f"least {number(stats.lengths.least)}")
    for percent, length in percentiles.items():
        label = "median" if percent == 50 else f"{percent} %"
        line.append(f"  {label} ").append(number(length))
    line.append(f"  most {number(stats.lengths.most)}")
    line.append(f"  mean {number(round(stats.lengths.mean))}{about}")
    return Group(histogram, line)


def _bin(low: int, high: int) -> str:
    return f"{number(low)} to {number(high - 1)}" if high - low > 1 else number(low)


class Groups:
    """Numbers by value of the field grouped by; on narrow outputs fewer columns."""

    def __init__(self, stats: Stats, name: Callable[[str], str]) -> None:
        self.stats = stats
        self.name = name

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """A table with a row for each of the greatest groups."""
        wide = options.max_width >= _GROUPS_FROM
        titles = (
            "documents",
            "characters",
            *(("words", "dropped", "share") if wide else ()),
        )
        table = Table(
            Column(f"by {self.stats.by}", overflow="fold"),
            *(Column(title, justify="right", no_wrap=True) for title in titles),
            box=None,
            pad_edge=False,
            header_style="bold",
        )
        ranking = sorted(
            self.stats.groups.items(),
            key=lambda pair: (-pair[1].characters, -pair[1].documents, pair[0]),
        )
        for value, group in ranking[:NAMED_ROWS]:
            cells = (
                number(group.documents),
                number(group.characters),
                number(group.words),
                number(group.dropped),
                share(group.characters, self.stats.characters),
            )
            table.add_row(name_text(self.name(value)), *cells[: len(titles)])
        yield table
        if len(ranking) > NAMED_ROWS:
            yield Text(f"and {number(len(ranking) - NAMED_ROWS)} more", style="dim")
