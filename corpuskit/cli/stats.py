"""`corpuskit stats`: a corpus in numbers."""

from functools import partial
from typing import TYPE_CHECKING

import click

from corpuskit.cli.options import (
    STDIN,
    Common,
    common_options,
    example,
    input_paths,
    raw_option,
)

if TYPE_CHECKING:
    from corpuskit.stats import Stats


@click.command(
    "stats",
    epilog=example(
        """
        corpuskit stats corpus/ --by language
        corpuskit clean pages/ | corpuskit dedup - | corpuskit stats -
        """
    ),
)
@click.option(
    "--by",
    default="",
    metavar="FIELD",
    help="Group by language, source, site, author, year, media_type, encoding, "
    "reason or any key of the extra metadata.",
)
@raw_option
@common_options
def stats_command(common: Common, by: str, raw: bool) -> int:
    """Count documents, characters, words, languages, lengths, drops."""
    from corpuskit.cli.execute import (
        DONE,
        SOME_UNREAD,
        Work,
        cleaned_first,
        execute,
        exit_code,
        tell_cleaned,
    )
    from corpuskit.language import DetectOptions
    from corpuskit.run.steps import IdentifyUnknown
    from corpuskit.stats import Stats
    from corpuskit.write.corpus import NullSink

    common = common._replace(paths=_with_drops(input_paths(common)))
    steps = (*cleaned_first(raw), IdentifyUnknown(DetectOptions()))
    work = Work(steps, collector=partial(Stats, by=by))
    report = execute("stats", common, work, NullSink())
    tell_cleaned(common, report)
    assert isinstance(report.collected, Stats)
    _show(common, report.collected)
    unread = len(report.problems)
    if unread == report.tally.documents:
        return exit_code(report)
    return SOME_UNREAD if unread else DONE


def _with_drops(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths, and after each that is a finished run the file of its drops."""
    from corpuskit.run.finished import dropped_of

    drops = {path: dropped_of(path) for path in paths if path != STDIN}
    return tuple(p for path in paths for p in (path, drops.get(path, "")) if p)


def _show(common: Common, stats: "Stats") -> None:
    from corpuskit.cli.output import output_pieces, show
    from corpuskit.language import name
    from corpuskit.render import stats_as, stats_tables

    if common.shown_format() == "table":
        show(common, stats_tables(stats, name=name))
    else:
        output_pieces(common, partial(stats_as, stats))
