"""`corpuskit detect`: the language and script of each document."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, common_options, example, raw_option

if TYPE_CHECKING:
    from corpuskit.document import Document

_UNCERTAIN = 0.5
_MOST_UNCERTAIN = 1000


@dataclass(slots=True)
class Languages:
    """Documents by language, and the ones whose language is a guess."""

    counts: Counter[str] = field(default_factory=Counter)
    uncertain: list[tuple[str, str, float]] = field(default_factory=list)

    def add(self, document: "Document") -> None:
        """Counts a kept document."""
        if not document.keep:
            return
        self.counts[document.language] += 1
        if document.language_score < _UNCERTAIN:
            row = (document.id, document.language, document.language_score)
            self.uncertain.append(row)

    def merge(self, other: "Languages") -> None:
        """Adds the counts of the documents that come next."""
        self.counts += other.counts
        self.uncertain = (self.uncertain + other.uncertain)[:_MOST_UNCERTAIN]


@click.command(
    "detect",
    epilog=example(
        """
        corpuskit detect corpus/ | jq -r '[.id, .language] | @tsv'
        corpuskit detect pages/ --only zh,ja --min-score 0.8 -o east.jsonl
        """
    ),
)
@click.option(
    "--only",
    default="",
    metavar="TAGS",
    help="Keep only these languages, such as zh,ja; zh also means zh-Hans and zh-Hant.",
)
@click.option(
    "--not",
    "without",
    default="",
    metavar="TAGS",
    help="Drop these languages.",
)
@click.option(
    "--min-score",
    type=click.FloatRange(0.0, 1.0),
    default=0.0,
    metavar="SCORE",
    help="Drop documents whose language is less sure than this, 0 to 1.",
)
@raw_option
@common_options
def detect_command(common: Common, raw: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Detect the language and script of each document (also: lang)."""
    from corpuskit.cli.execute import (
        Work,
        cleaned_first,
        execute,
        exit_code,
        tell_cleaned,
    )
    from corpuskit.cli.output import output_sink
    from corpuskit.language import DetectOptions
    from corpuskit.run.steps import Identify, SelectLanguages

    select = SelectLanguages(
        _tags(wanted["only"]), _tags(wanted["without"]), wanted["min_score"]
    )
    steps = (*cleaned_first(raw), Identify(DetectOptions()), select)
    work = Work(steps, None, Languages)
    report = execute("detect", common, work, output_sink(common), options=wanted)
    tell_cleaned(common, report)
    found = report.collected
    if common.shown_format() == "table" and isinstance(found, Languages):
        from corpuskit.cli.output import show
        from corpuskit.language import name
        from corpuskit.render import Uncertain, languages_table

        rows = [Uncertain(*row) for row in found.uncertain]
        show(common, languages_table(found.counts, uncertain=rows, name=name))
    return exit_code(report)


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip().lower() for tag in text.split(",") if tag.strip())
