"""`corpuskit dedup`: which documents say the same, and one of each."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, common_options, example, raw_option
from corpuskit.cli.sizes import to_size

if TYPE_CHECKING:
    from corpuskit.dedup.cuts import Kind
    from corpuskit.document import Document
    from corpuskit.run.pipeline import DecidingSurvey

FOUND = 1


def without_text(document: "Document") -> "Document":
    """The document as a listing needs it."""
    import msgspec

    return msgspec.structs.replace(document, text="")


@dataclass(slots=True)
class Clustered:
    """The documents with duplicates or repeats, without their texts."""

    documents: "list[Document]" = field(default_factory=list)

    def add(self, document: "Document") -> None:
        """Takes a document that has a cluster, or passages that stand elsewhere."""
        if document.cluster or '"repeated"' in document.metadata.extra:
            self.documents.append(without_text(document))

    def merge(self, other: "Clustered") -> None:
        """Adds the documents that come next."""
        self.documents += other.documents


@click.command(
    "dedup",
    epilog=example(
        """
        corpuskit dedup corpus/documents.jsonl -o unique.jsonl
        corpuskit clean pages/ | corpuskit dedup - --mark | jq .cluster
        """
    ),
)
@click.option(
    "--threshold",
    type=click.FloatRange(0.0, 1.0),
    help="Least similarity of near duplicates, 0 to 1.",
)
@click.option(
    "--keep",
    type=click.Choice(["best", "first", "longest", "newest"]),
    default="best",
    show_default=True,
    help="Which document of a cluster stays.",
)
@click.option("--exact", is_flag=True, help="Only documents with the same text.")
@click.option("--mark", is_flag=True, help="Keep all; only write cluster and reason.")
@click.option("--check", is_flag=True, help="End with code 1 if there are duplicates.")
@click.option(
    "--against",
    multiple=True,
    metavar="PATH",
    help="Also drop what is in this corpus; nothing of it is written. May be repeated.",
)
@click.option(
    "--index",
    metavar="FILE",
    help="Also drop what earlier runs kept, and add what this one keeps to the file.",
)
@click.option(
    "--pairs",
    metavar="FILE",
    help="Also write every cluster, a line each member: .jsonl, .csv or .tsv.",
)
@click.option(
    "--level",
    type=click.Choice(["document", "paragraph", "line"]),
    default="document",
    show_default=True,
    help="Drop whole documents, or cut repeated paragraphs or lines; the first stays.",
)
@click.option(
    "--substrings",
    type=click.IntRange(min=10),
    metavar="N",
    help="Cut what stands elsewhere before, N characters or more; the first stays.",
)
@click.option(
    "--per-site", is_flag=True, help="Paragraphs and lines: compare within each site."
)
@click.option(
    "--min-length",
    type=click.IntRange(min=2),
    metavar="N",
    help="Paragraphs and lines: leave shorter ones; letters and digits count, of "
    "scripts without spaces as three (default: 60).",
)
@click.option(
    "--memory",
    metavar="SIZE",
    callback=to_size,
    help="Keep comparing to this much memory, such as 500M (default: 1G).",
)
@raw_option
@common_options
def dedup_command(common: Common, **options: Any) -> int:  # noqa: ANN401 - click's own
    """Find documents that say the same and keep one of each."""
    from corpuskit.cli.execute import (
        Work,
        cleaned_first,
        execute,
        exit_code,
        tell_cleaned,
    )
    from corpuskit.cli.output import output_sink

    survey = _cuts(options) or _duplicates(options)
    steps = cleaned_first(options["raw"])
    is_asked = options["check"] or options["pairs"]
    is_shown = is_asked or common.shown_format() == "table"
    work = Work(steps, survey, options["against"], Clustered if is_shown else None)
    report = execute("dedup", common, work, output_sink(common), options=options)
    tell_cleaned(common, report)
    found = report.collected
    if isinstance(found, Clustered):
        _show(common, found, options)
        if options["check"] and found.documents:
            return FOUND
    return exit_code(report)


def _duplicates(options: dict[str, Any]) -> "DecidingSurvey":
    """The survey of whole documents."""
    from corpuskit.dedup import DedupOptions
    from corpuskit.run.duplicates import Duplicates

    given = {"threshold": options["threshold"], "memory": options["memory"]}
    settings = DedupOptions(
        keep=options["keep"],
        near=not options["exact"],
        **{name: value for name, value in given.items() if value is not None},
    )
    index = Path(options["index"]) if options["index"] else None
    return Duplicates(settings, options["mark"] or options["check"], index)


def _cuts(options: dict[str, Any]) -> "DecidingSurvey | None":
    """The survey of passages, if one was asked for.

    Raises:
        UsageError: options of documents and of passages at once.
    """
    from corpuskit.errors import UsageError

    of_passages = options["per_site"] or options["min_length"]
    if options["level"] != "document" and options["substrings"]:
        raise UsageError("--level and --substrings are two ways to cut: give one")
    if options["level"] == "document" and of_passages:
        raise UsageError("--per-site and --min-length need --level paragraph or line")
    if options["level"] == "document" and not options["substrings"]:
        return None
    if any(options[name] for name in ("exact", "threshold", "index", "pairs")):
        raise UsageError(
            "--exact, --threshold, --index and --pairs are for whole documents: "
            "leave --level and --substrings out"
        )
    from corpuskit.dedup import CutOptions
    from corpuskit.run.repeats import RepeatedPassages

    kind: Kind = "substring" if options["substrings"] else options["level"]
    given = {
        "least": options["substrings"] or options["min_length"],
        "memory": options["memory"],
    }
    settings = CutOptions(
        kind,
        per_site=options["per_site"],
        **{name: value for name, value in given.items() if value is not None},
    )
    return RepeatedPassages(settings, options["mark"] or options["check"])


def _show(common: Common, found: Clustered, options: dict[str, Any]) -> None:
    """The table on a terminal, and the file of clusters if one is wanted."""
    table = common.shown_format() == "table"
    pairs = options["pairs"]
    if options["level"] != "document" or options["substrings"]:
        if table:
            from corpuskit.cli.output import show
            from corpuskit.render.repeats import repeats_table

            show(common, repeats_table(found.documents))
        return
    if not (table or pairs):
        return
    from corpuskit.render import cluster_rows, clusters_of, clusters_table, rows_as

    clusters = clusters_of(d for d in found.documents if d.cluster)
    if pairs:
        from corpuskit.cli.output import write_listing

        rows = list(cluster_rows(clusters))
        write_listing(pairs, partial(rows_as, rows))
    if table:
        from corpuskit.cli.output import show

        show(common, clusters_table(clusters))
