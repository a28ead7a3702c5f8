"""`corpuskit diff`: what changed between two runs."""

from functools import partial

import click

from corpuskit.cli.options import Common, example, view_options

FOUND = 1


@click.command(
    "diff",
    epilog=example(
        """
        corpuskit diff corpus-old/ corpus/
        corpuskit diff corpus-old/ corpus/ | jq -r 'select(.change == "removed").id'
        """
    ),
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--check", is_flag=True, help="End with code 1 if anything differs.")
@view_options("format", "output", "verbose", "no_color")
def diff_command(common: Common, before: str, after: str, check: bool) -> int:
    """Show which documents were added, changed and removed between two runs.

    A and B are folders or files that clean --out wrote, or any documents. A document
    is told by its id, and counts as there when it was kept.
    """
    from corpuskit.run.differences import Differences
    from corpuskit.run.finished import open_run

    found = Differences(open_run(before), open_run(after))
    if common.shown_format() == "table":
        from corpuskit.cli.output import show
        from corpuskit.render import Changes, changes_table

        show(common, changes_table(Changes().take(found)))
    else:
        from corpuskit.cli.output import output_pieces
        from corpuskit.render import rows_as

        rows = (change.to_dict() for change in found)
        output_pieces(common, partial(rows_as, rows))
    return FOUND if check and found.n else 0
