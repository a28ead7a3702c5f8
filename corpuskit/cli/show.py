"""`corpuskit show`: the text of one document."""

import sys

import click

from corpuskit.cli.options import Common, example, view_options


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
        from corpuskit.cli.output import page
        from corpuskit.render import document_view

        page(common, document_view(document))
    else:
        sys.stdout.buffer.write(document.text.encode("utf-8") + b"\n")
    return 0
