"""The one place that makes a console."""

import io
import os
import sys
from typing import Final

from rich.console import Console

_PIPE_WIDTH: Final = 100


def make_console(
    *, stderr: bool = False, no_color: bool = False, width: int | None = None
) -> Console:
    """A console on standard output or error that shows text as it is.

    No markup, no emoji codes, no guessed highlights: what looks like them in a file
    name stays what it is. NO_COLOR (not empty) and `no_color` take colours away, a
    pipe or file gets none. Where the width is not given, a terminal knows its own; a
    pipe or file takes COLUMNS, else 100. What an output that is not UTF-8 cannot hold
    is written as an escape.
    """
    stream = sys.stderr if stderr else sys.stdout
    if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="backslashreplace")
    if not stream.isatty() and width is None and not os.environ.get("COLUMNS"):
        width = _PIPE_WIDTH
    return Console(
        stderr=stderr,
        no_color=no_color or bool(os.environ.get("NO_COLOR")),
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
    )
