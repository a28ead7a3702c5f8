"""`corpuskit list`: what is there, as found."""

from functools import partial
from typing import TYPE_CHECKING, Any

import click
import msgspec

from corpuskit.cli.options import Common, common_options, example

if TYPE_CHECKING:
    from corpuskit.document import Document
    from corpuskit.write.formats import Encoder


class Describe(msgspec.Struct, frozen=True):
    """Fields of a document as found; with `long` also the language of its content."""

    long: bool
    name: str = "list"

    def __call__(self, document: "Document") -> "Document":
        """The document with its fields; the text stays as found."""
        from corpuskit.run.steps import Clean, Head, Identify

        if not document.keep:
            return document
        document = Head()(document)
        if not self.long:
            return document
        from msgspec.structs import replace

        from corpuskit.clean import CleanOptions
        from corpuskit.language import DetectOptions

        content = Clean(CleanOptions())(document)
        found = Identify(DetectOptions())(content)
        return replace(
            document, language=found.language, language_score=found.language_score
        )


class Listing(msgspec.Struct):
    """The rows of the listing, in order; unreadable inputs are told elsewhere."""

    rows: list[Any] = msgspec.field(default_factory=list)

    def add(self, document: "Document") -> None:
        """Adds the row of a readable document."""
        from corpuskit.render import row_of

        if document.keep:
            self.rows.append(row_of(document))

    def merge(self, other: "Listing") -> None:
        """Adds the rows of the documents that come next."""
        self.rows += other.rows


def json_row(document: "Document") -> bytes:
    """A line of the listing as JSON."""
    from msgspec.json import encode

    from corpuskit.render import row_of

    return encode(row_of(document)) + b"\n"


def csv_row(document: "Document") -> bytes:
    """A line of the listing as CSV."""
    return _separated(document, tabs=False)


def tsv_row(document: "Document") -> bytes:
    """A line of the listing as TSV."""
    return _separated(document, tabs=True)


def row_encoder(name: str) -> "Encoder":
    """The function that makes the line of a document in this format."""
    return {"csv": csv_row, "tsv": tsv_row}.get(name, json_row)


def _separated(document: "Document", *, tabs: bool) -> bytes:
    from corpuskit.render import row_of
    from corpuskit.write.separated import separated_line

    return separated_line(row_of(document).to_dict().values(), tabs=tabs)


@click.command(
    "list",
    epilog=example(
        """
        corpuskit list pages/ --long
        corpuskit list pages/ | jq -r .title
        """
    ),
)
@click.option("-l", "--long", is_flag=True, help="Also language, author, site, damage.")
@click.option("--formats", is_flag=True, help="List what can be read, not documents.")
@common_options
def list_command(common: Common, long: bool, formats: bool) -> int:
    """List documents as found: type, encoding, size, date, title."""
    if formats:
        return _show_formats(common)
    from corpuskit.cli.execute import Work, execute, exit_code
    from corpuskit.cli.output import output_sink, show
    from corpuskit.render import DocumentRow
    from corpuskit.write.corpus import Rows

    rows = Rows(tuple(DocumentRow.__struct_fields__), row_encoder)
    table = common.shown_format() == "table"
    work = Work((Describe(long),), collector=Listing if table else None)
    report = execute("list", common, work, output_sink(common, rows))
    if isinstance(report.collected, Listing):
        from corpuskit.render import documents_table

        show(common, documents_table(report.collected.rows, long))
    return exit_code(report)


def _show_formats(common: Common) -> int:
    """The formats that can be read, and the extra that each needs."""
    from corpuskit.cli.output import output_pieces, show
    from corpuskit.render import formats_table, rows_as
    from corpuskit.sources import formats
    from corpuskit.sources.extras import has_extra

    rows = [
        {
            "format": found.name,
            "suffixes": " ".join(found.suffixes).strip(),
            "extra": found.extra,
            "readable": not found.extra or has_extra(found.extra),
        }
        for found in formats()
    ]
    if common.shown_format() == "table":
        show(common, formats_table(rows))
    else:
        output_pieces(common, partial(rows_as, rows))
    return 0
