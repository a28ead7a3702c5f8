"""Where results go: a stream, a file, or tables for people."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import STDIN, Common
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.write.corpus import Rows, Sink


def output_sink(common: Common, rows: "Rows | None" = None) -> "Sink":
    """The sink that `--output` and `--format` ask for.

    A table has no records: there the sink keeps nothing. With `rows` a listing of the
    documents is written in place of whole records.
    """
    from corpuskit.write.corpus import FileSink, NullSink, StreamSink

    if common.output not in (None, STDIN):
        return FileSink(Path(str(common.output)), rows=rows)
    shown = common.shown_format()
    if shown == "table":
        return NullSink()
    return StreamSink(sys.stdout.buffer, shown, rows)


def output_pieces(
    common: Common, pieces_as: "Callable[[str], Iterable[bytes]]"
) -> None:
    """Writes a listing, given piece by piece in a format, to where `--output` says.

    Raises:
        UsageError: the file's suffix names no format for listings.
    """
    if common.output not in (None, STDIN):
        write_listing(str(common.output), pieces_as)
        return
    for piece in pieces_as(common.shown_format()):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def write_listing(name: str, pieces_as: "Callable[[str], Iterable[bytes]]") -> None:
    """Writes a listing to a file whose suffix says its format.

    Raises:
        UsageError: the suffix names no format for listings.
    """
    from corpuskit.write.atomic import write_file
    from corpuskit.write.formats import LINE_FORMATS, format_of

    path = Path(name)
    found, compression = format_of(path)
    if found not in LINE_FORMATS or compression:
        raise UsageError(f"cannot write a listing to {path}: use .jsonl, .csv or .tsv")
    write_file(path, b"".join(pieces_as(found)))


def show(common: Common, *renderables: Any, stderr: bool = False) -> None:  # noqa: ANN401 - anything rich prints
    """Prints tables for people."""
    from corpuskit.render import make_console

    console = make_console(stderr=stderr, no_color=common.no_color)
    for renderable in renderables:
        console.print(renderable)


def page(common: Common, renderable: Any) -> None:  # noqa: ANN401 - anything rich prints
    """Shows something long on a terminal: in a pager, where it does not fit."""
    from corpuskit.render import make_console

    console = make_console(no_color=common.no_color)
    with console.capture() as captured:
        console.print(renderable)
    # less ends at once where all fits, and leaves what it showed on the screen.
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(captured.get(), color=True)
