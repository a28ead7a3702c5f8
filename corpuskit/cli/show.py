"""`corpuskit show`: the text of one document."""

import sys
from typing import TYPE_CHECKING

import click

from corpuskit.cli.options import Common, example, view_options

if TYPE_CHECKING:
    from corpuskit.document import Document


@click.command(
    "show",
    epilog=example(
        """
        corpuskit show seeds/004 corpus/
        corpuskit show pages/a.html pages/ | less
        """
    ),
)
@click.argument("document_id", metavar="ID")
@click.argument("run", default="", metavar="[RUN]")
@view_options("verbose", "no_color")
def show_command(common: Common, document_id: str, run: str) -> int:
    """Show the text of one document.

    A terminal pages it ($PAGER, else less); a pipe gets the text alone. ID may be the
    beginning of an id, or a part that only one id has. RUN is a finished run or any
    folder or file of documents: ./corpus, or the current folder if it is a run, where
    it is left out.
    """
    from corpuskit.run.finished import open_run

    document = open_run(run).find(document_id)
    if sys.stdout.isatty():
        click.echo_via_pager(_page(document), color=not common.no_color)
    else:
        sys.stdout.buffer.write(document.text.encode("utf-8") + b"\n")
    return 0


def _page(document: "Document") -> str:
    """The text below its title and its date, with nothing that a terminal obeys."""
    from corpuskit.dates import show
    from corpuskit.render.words import visible

    day = show(document.created) if document.created else ""
    place = document.url or document.metadata.path
    about = "  ".join(filter(None, (day, document.metadata.author, place)))
    head = [line for line in (document.title, about) if line]
    lines = [*head, "", *document.text.expandtabs(4).split("\n")]
    return "\n".join(map(visible, lines)) + "\n"
