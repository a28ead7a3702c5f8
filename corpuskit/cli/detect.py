"""`corpuskit detect`: the language and script of each document."""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.lines import COLUMNS, lines_encoder
from corpuskit.cli.options import Common, common_options, example, raw_option
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.document import Document
    from corpuskit.language import DetectOptions
    from corpuskit.run.steps import Step

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
@click.option(
    "--engine",
    type=click.Choice(["vote", "profiles", "langdetect", "lingua", "fasttext"]),
    default="vote",
    show_default=True,
    help="Who decides where the script alone does not.",
)
@click.option(
    "--model", default="", metavar="FILE", help="Model file for --engine fasttext."
)
@click.option(
    "--tags",
    type=click.Choice(["bcp47", "flores"]),
    default="bcp47",
    show_default=True,
    help="How languages are written: zh-Hans or zho_Hans.",
)
@click.option("--per-line", is_flag=True, help="Give a row for every line instead.")
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
    from corpuskit.write.corpus import Rows

    how = _how(wanted)
    rows = Rows(COLUMNS, partial(lines_encoder, how)) if wanted["per_line"] else None
    work = Work((*cleaned_first(raw), *_steps(how, wanted)), collector=Languages)
    sink = output_sink(common, rows)
    report = execute("detect", common, work, sink, options=wanted)
    tell_cleaned(common, report)
    found = report.collected
    if common.shown_format() == "table" and isinstance(found, Languages):
        from corpuskit.cli.output import show
        from corpuskit.language import name
        from corpuskit.render import Uncertain, languages_table

        uncertain = [Uncertain(*row) for row in found.uncertain]
        show(common, languages_table(found.counts, uncertain=uncertain, name=name))
    return exit_code(report)


def _how(wanted: dict[str, Any]) -> "DetectOptions":
    from corpuskit.language import DetectOptions

    if (wanted["engine"] == "fasttext") != bool(wanted["model"]):
        raise UsageError("--engine fasttext and --model FILE go together")
    return DetectOptions(engine=wanted["engine"], model=wanted["model"])


def _steps(how: "DetectOptions", wanted: dict[str, Any]) -> "tuple[Step, ...]":
    from corpuskit.run.steps import Identify, RetagFlores, SelectLanguages

    only, without = _tags(wanted["only"]), _tags(wanted["without"])
    select = SelectLanguages(only, without, wanted["min_score"])
    retag = (RetagFlores(),) if wanted["tags"] == "flores" else ()
    return (Identify(how), select, *retag)


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip().lower() for tag in text.split(",") if tag.strip())
