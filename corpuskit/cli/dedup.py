"""`corpuskit dedup`: which documents say the same, and one of each."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, common_options, example, raw_option

if TYPE_CHECKING:
    from corpuskit.document import Document

FOUND = 1


def without_text(document: "Document") -> "Document":
    """The document as a listing needs it."""
    import msgspec

    return msgspec.structs.replace(document, text="")


@dataclass(slots=True)
class Clustered:
    """The documents that belong to a cluster, without their texts."""

    documents: "list[Document]" = field(default_factory=list)

    def add(self, document: "Document") -> None:
        """Takes a document that has a cluster."""
        if document.cluster:
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
    from corpuskit.dedup import DedupOptions
    from corpuskit.run.duplicates import Duplicates

    settings = DedupOptions(keep=options["keep"], near=not options["exact"])
    if options["threshold"] is not None:
        settings = replace(settings, threshold=options["threshold"])
    index = Path(options["index"]) if options["index"] else None
    survey = Duplicates(settings, options["mark"] or options["check"], index)
    steps = cleaned_first(options["raw"])
    work = Work(steps, survey, options["against"], Clustered)
    report = execute("dedup", common, work, output_sink(common), options=options)
    tell_cleaned(common, report)
    found = report.collected
    assert isinstance(found, Clustered)
    _show(common, found, options["pairs"])
    if options["check"] and found.documents:
        return FOUND
    return exit_code(report)


def _show(common: Common, found: Clustered, pairs: str | None) -> None:
    """The table on a terminal, and the file of clusters if one is wanted."""
    table = common.shown_format() == "table"
    if not (table or pairs):
        return
    from corpuskit.render import cluster_rows, clusters_of, clusters_table, rows_as

    clusters = clusters_of(found.documents)
    if pairs:
        from corpuskit.cli.output import write_listing

        rows = list(cluster_rows(clusters))
        write_listing(pairs, partial(rows_as, rows))
    if table:
        from corpuskit.cli.output import show

        show(common, clusters_table(clusters))
