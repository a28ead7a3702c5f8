"""`corpuskit list`: what is there, as found."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, common_options, example

if TYPE_CHECKING:
    from corpuskit.document import Document


@dataclass(frozen=True, slots=True)
class Describe:
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


@dataclass(slots=True)
class Rows:
    """The rows of the listing, in order; unreadable inputs are told elsewhere."""

    rows: list[Any] = field(default_factory=list)

    def add(self, document: "Document") -> None:
        """Adds the row of a readable document."""
        from corpuskit.render import row_of

        if document.keep:
            self.rows.append(row_of(document))

    def merge(self, other: "Rows") -> None:
        """Adds the rows of the documents that come next."""
        self.rows += other.rows


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
@common_options
def list_command(common: Common, long: bool) -> int:
    """List documents as found: type, encoding, size, date, title."""
    from corpuskit.cli.execute import (
        Work,
        execute,
        exit_code,
        output_pieces,
        show,
    )
    from corpuskit.render import documents_table, rows_as
    from corpuskit.write.corpus import NullSink

    report = execute("list", common, Work((Describe(long),), None, Rows), NullSink())
    listing = report.collected
    assert isinstance(listing, Rows)
    if common.shown_format() == "table":
        show(common, documents_table(listing.rows, long))
    else:
        rows = [row.to_dict() for row in listing.rows]
        output_pieces(common, partial(rows_as, rows))
    return exit_code(report)
