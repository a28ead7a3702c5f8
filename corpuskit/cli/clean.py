"""`corpuskit clean`: pages and texts -> a corpus."""

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, common_options, example
from corpuskit.cli.why import Explained
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.cli.execute import Work
    from corpuskit.document import Document
    from corpuskit.run.pipeline import DecidingSurvey, Report
    from corpuskit.run.steps import Step
    from corpuskit.write.corpus import Sink

_MOST_ROWS = 50


@dataclass(slots=True)
class Cleaned:
    """The first documents of a run, for the table on a terminal."""

    rows: list[Any] = field(default_factory=list)
    more: int = 0

    def add(self, document: "Document") -> None:
        """Takes the row of a document; after the first ones only their number."""
        from corpuskit.render import row_of

        if len(self.rows) < _MOST_ROWS:
            self.rows.append(row_of(document))
        else:
            self.more += 1

    def merge(self, other: "Cleaned") -> None:
        """Adds the documents that come next."""
        room = _MOST_ROWS - len(self.rows)
        self.more += other.more + len(other.rows[room:])
        self.rows += other.rows[:room]


@click.command(
    "clean",
    epilog=example(
        """
        corpuskit clean pages/ --dedup --out corpus/
        corpuskit clean pages/ --mode precision | jq -r .text
        """
    ),
)
@click.option(
    "--out",
    metavar="DIR|FILE",
    help="Write a corpus: a folder of texts with documents.jsonl, dropped.jsonl and "
    "manifest.json, or one .jsonl[.gz|.zst], .csv, .tsv or .parquet file.",
)
@click.option("--dedup", is_flag=True, help="Also drop exact and near duplicates.")
@click.option(
    "--learn-boilerplate/--no-learn-boilerplate",
    default=True,
    show_default=True,
    help="Cut lines that the pages of one site share at head or tail, from three pages "
    "of a site on. Output waits for the last page.",
)
@click.option(
    "--form",
    type=click.Choice(["nfc", "nfkc", "nfd", "none"]),
    default="nfc",
    show_default=True,
    help="Unicode form; nfkc also folds fractions, powers and Chinese punctuation.",
)
@click.option(
    "--width",
    type=click.Choice(["letters", "punctuation", "keep"]),
    default="letters",
    show_default=True,
    help="Full-width signs to make half-width: letters and digits, punctuation too, "
    "or none.",
)
@click.option(
    "--quotes",
    type=click.Choice(["keep", "straight"]),
    default="keep",
    show_default=True,
    help="Typographic quotes.",
)
@click.option(
    "--join-hyphens", is_flag=True, help="Join words broken by a hyphen at a line end."
)
@click.option(
    "--script",
    type=click.Choice(["keep", "simplified", "traditional"]),
    default="keep",
    show_default=True,
    help="Convert Chinese text to one script.",
)
@click.option(
    "--redact",
    default="",
    metavar="KINDS",
    help="Replace email, phone, ip, id, card or all of them by tokens.",
)
@click.option("--no-detect", is_flag=True, help="Leave the language as it is.")
@click.option(
    "--mode",
    type=click.Choice(["precision", "balanced", "recall"]),
    default="balanced",
    show_default=True,
    help="How much of a doubtful page is kept.",
)
@click.option(
    "--parser",
    type=click.Choice(["lexbor", "bs4"]),
    default="lexbor",
    show_default=True,
    help="The HTML tree; bs4 is slower and works everywhere.",
)
@click.option(
    "--markdown",
    is_flag=True,
    help="Write headings, lists, quotes, code and tables of pages as Markdown.",
)
@click.option(
    "--keep",
    default="",
    metavar="NAMES",
    help="Of pages keep besides: tables, links, comments, images; with commas between.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Tell each removed span with its rule: in explained.jsonl beside the records "
    "of --out, on a terminal, else in the extra metadata.",
)
@common_options
def clean_command(common: Common, out: str | None, **options: Any) -> int:  # noqa: ANN401
    """Clean pages and texts: main content, fields, language, reasons."""
    from corpuskit.cli.execute import execute, exit_code

    if out is not None and common.output is not None:
        raise UsageError("--out and --output both say where to write: give one")
    report = execute(
        "clean",
        common,
        _work(options, shown=_is_table(common, out)),
        _sink(common, out, explained=options["explain"]),
        written=out or "",
        options=options,
    )
    _show(common, out, report)
    return exit_code(report)


def _is_table(common: Common, out: str | None) -> bool:
    """Whether people are shown the documents, and nothing is written."""
    return out is None and common.shown_format() == "table"


def _work(options: dict[str, Any], *, shown: bool) -> "Work":
    from corpuskit.cli.execute import Work

    steps, survey = _steps(options), _survey(options)
    if shown and options["explain"]:
        return Work(steps, survey, collector=Explained)
    return Work(steps, survey, collector=Cleaned)


def _survey(options: dict[str, Any]) -> "DecidingSurvey | None":
    """What has to see all documents before any is written."""
    survey: DecidingSurvey | None = None
    if options["dedup"]:
        from corpuskit.dedup import DedupOptions
        from corpuskit.run.duplicates import Duplicates

        # Needed once the workers are done; now they start, and there is time.
        import_module("corpuskit.dedup.near")
        survey = Duplicates(DedupOptions())
    if options["learn_boilerplate"]:
        from corpuskit.run.boilerplate import Boilerplate

        import_module("corpuskit.clean.boilerplate")
        survey = Boilerplate(survey)
    return survey


def _steps(options: dict[str, Any]) -> "tuple[Step, ...]":
    from corpuskit.clean import CleanOptions
    from corpuskit.run.steps import Clean, Identify

    form = options["form"]
    cleaning = CleanOptions(
        mode=options["mode"],
        parser=options["parser"],
        markdown=options["markdown"],
        keep=_wanted(options["keep"]),
        explain=options["explain"],
        form=form if form == "none" else form.upper(),
        width=options["width"],
        quotes=options["quotes"],
        join_hyphens=options["join_hyphens"],
    )
    steps: tuple[Step, ...] = (Clean(cleaning),)
    if not options["no_detect"]:
        from corpuskit.language import DetectOptions

        steps = (*steps, Identify(DetectOptions()))
    if options["script"] != "keep":
        steps = (*steps, _convert(options["script"]))
    if options["redact"]:
        steps = (*steps, _redact(options["redact"]))
    return steps


def _convert(script: str) -> "Step":
    from corpuskit.clean import check_script
    from corpuskit.run.steps import ConvertScript

    check_script()
    return ConvertScript(script)


def _redact(kinds: str) -> "Step":
    from corpuskit.cli.redact import redact_options
    from corpuskit.run.steps import Redact

    return Redact(redact_options("" if kinds.lower() == "all" else kinds, ""))


def _wanted(names: str) -> tuple[str, ...]:
    """What `--keep` names.

    Raises:
        UsageError: it names something else.
    """
    wanted = tuple(name.strip().lower() for name in names.split(",") if name.strip())
    if wanted:
        from corpuskit.clean.page_wanted import check_wanted

        check_wanted(wanted)
    return wanted


def _sink(common: Common, out: str | None, *, explained: bool) -> "Sink":
    from corpuskit.cli.output import output_sink
    from corpuskit.write.corpus import FileSink, FolderSink
    from corpuskit.write.formats import is_record_file

    if out is None:
        return output_sink(common)
    path = Path(out)
    if is_record_file(path):
        return FileSink(path, corpus=True, explained=explained)
    return FolderSink(path, explained=explained)


def _show(common: Common, out: str | None, report: "Report") -> None:
    """What became of the run: the documents if they are few, then the counts."""
    from corpuskit.cli.output import show

    table = _is_table(common, out)
    if common.quiet or not (table or out):
        return
    from corpuskit.language import name
    from corpuskit.render import documents_table, run_summary

    cleaned = report.collected
    if isinstance(cleaned, Explained):
        cleaned.show(common)
    elif isinstance(cleaned, Cleaned) and (table or not cleaned.more):
        show(common, documents_table(cleaned.rows), stderr=not table)
    written = (out,) if out else ()
    show(common, run_summary(report, written=written, name=name), stderr=True)
