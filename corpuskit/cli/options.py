"""The options that mean the same in every command, and the values they give."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from corpuskit.cli.sizes import to_size

if TYPE_CHECKING:
    from corpuskit.sources import ReadOptions

FORMATS = ("table", "jsonl", "json", "csv", "tsv")
STDIN = "-"


class Common(NamedTuple):
    """What the shared options were set to; see the help of each."""

    paths: tuple[str, ...]
    format: str | None
    output: str | None
    jobs: int | None
    encoding: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    text_key: str
    id_key: str
    limit: int | None
    quiet: bool
    verbose: bool
    no_color: bool
    progress: bool | None
    max_document_size: int | None
    max_unpacked: int | None
    max_depth: int | None
    max_files: int | None
    max_pages: int | None

    def read_options(self, skip: tuple[str, ...] = ()) -> "ReadOptions":
        """How to read; `skip` are the places this run writes to."""
        from corpuskit.sources import ReadOptions

        return ReadOptions(
            encoding=self.encoding,
            include=self.include,
            exclude=self.exclude,
            text_key=self.text_key,
            id_key=self.id_key,
            skip=skip,
            **self._limits(),
        )

    def _limits(self) -> dict[str, int]:
        """The limits that were set; a size to unpack to counts at any ratio."""
        limits = {
            "max_document_bytes": self.max_document_size,
            "max_unpacked_bytes": self.max_unpacked,
            "max_ratio": self.max_unpacked,
            "max_nesting": self.max_depth,
            "max_members": self.max_files,
            "max_pages": self.max_pages,
        }
        return {name: value for name, value in limits.items() if value is not None}

    def shown_format(self) -> str:
        """The format asked for, else a table on a terminal and JSONL into a pipe."""
        if self.format is not None:
            return self.format
        if self.output not in (None, STDIN):
            return "jsonl"
        return "table" if sys.stdout.isatty() else "jsonl"

    def to_dict(self) -> dict[str, Any]:
        """The options for the manifest: those that change what comes out."""
        looks = {"quiet", "verbose", "no_color", "progress", "jobs", "format", "output"}
        return {key: value for key, value in self._asdict().items() if key not in looks}


_UNSET = Common(
    paths=(),
    format=None,
    output=None,
    jobs=None,
    encoding="",
    include=(),
    exclude=(),
    text_key="",
    id_key="",
    limit=None,
    quiet=False,
    verbose=False,
    no_color=False,
    progress=None,
    max_document_size=None,
    max_unpacked=None,
    max_depth=None,
    max_files=None,
    max_pages=None,
)._asdict()

_COMMON = (
    click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]..."),
    click.option(
        "--format",
        "format",
        type=click.Choice(FORMATS),
        help="How to write to standard output: a table on a terminal, else JSONL.",
    ),
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to this file; its suffix says how (- is standard output).",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to use (default: one a core, one for small input).",
    ),
    click.option(
        "--encoding",
        default="",
        metavar="NAME",
        help="Read all text as this charset instead of finding out.",
    ),
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="In folders and archives read only names like this; may be repeated.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Do not read names like this; may be repeated.",
    ),
    click.option(
        "--text-key", default="", metavar="KEY", help="Key of the text in JSONL rows."
    ),
    click.option(
        "--id-key", default="", metavar="KEY", help="Key of the id in JSONL rows."
    ),
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help="Read only the first N documents.",
    ),
    click.option(
        "--max-document-size",
        callback=to_size,
        metavar="SIZE",
        help="Leave out larger documents: pages, rows (default: 32M).",
    ),
    click.option(
        "--max-unpacked",
        callback=to_size,
        metavar="SIZE",
        help="Most that one packed input may unpack to (default: 64G, and 500 times "
        "its size once over 64M).",
    ),
    click.option(
        "--max-depth",
        type=click.IntRange(min=0),
        metavar="N",
        help="Most archives one inside the other (default: 3).",
    ),
    click.option(
        "--max-files",
        type=click.IntRange(min=1),
        metavar="N",
        help="Most files in one archive (default: 1000000).",
    ),
    click.option(
        "--max-pages",
        type=click.IntRange(min=1),
        metavar="N",
        help="Most pages of a PDF file (default: 20000).",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No notes, only errors."),
    click.option("-v", "--verbose", is_flag=True, help="More notes; full tracebacks."),
    click.option("--no-color", is_flag=True, help="No colours (also NO_COLOR=1)."),
    click.option(
        "--progress/--no-progress",
        default=None,
        help="Progress bars on standard error (default: on a terminal).",
    ),
)

raw_option = click.option(
    "--raw",
    is_flag=True,
    help="Take pages as found; do not clean them first. Plain text in rows of JSONL, "
    "CSV and Parquet is taken as found in any case.",
)


def common_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the shared options; the command gets them as one `common` value."""
    return _with_options(function, _COMMON, {})


def view_options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds some of the shared options, by name; the others keep their defaults.

    For commands that look at finished runs and take no paths to read.
    """
    chosen = tuple(option for option in _COMMON if _name_of(option) in names)
    left_out = {name: value for name, value in _UNSET.items() if name not in names}

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        return _with_options(function, chosen, left_out)

    return add


def _with_options(
    function: Callable[..., Any],
    options: tuple[Callable[..., Any], ...],
    fixed: dict[str, Any],
) -> Callable[..., Any]:
    def call(**values: Any) -> Any:  # noqa: ANN401 - click's own values
        names = [name for name in Common._fields if name not in fixed]
        common = Common(**fixed, **{name: values.pop(name) for name in names})
        if not (fixed or common.limit):
            from corpuskit.cli.ahead import prepare

            prepare(input_paths(common), common.jobs)
        return function(common=common, **values)

    call.__doc__ = function.__doc__
    for option in reversed(options):
        call = option(call)
    return call


def _name_of(option: Callable[..., Any]) -> str:
    """The name under which an option's value comes."""

    def probe() -> None:
        """Takes the option."""

    (parameter,) = option(probe).__click_params__
    name: str = parameter.name
    return name


def input_paths(common: Common) -> tuple[str, ...]:
    """The paths to read: those given, else ./seeds, else the current folder."""
    if common.paths:
        return common.paths
    return ("seeds",) if Path("seeds").is_dir() else (".",)


def unread_pipe(paths: tuple[str, ...]) -> bool:
    """Whether something is piped in that nobody asked to read."""
    if STDIN in paths:
        return False
    try:
        status = os.fstat(sys.stdin.fileno())
    except (AttributeError, OSError, ValueError):
        return False
    is_file = stat.S_ISREG(status.st_mode) and status.st_size > 0
    return is_file or stat.S_ISFIFO(status.st_mode)


def example(text: str) -> str:
    """The `Example:` that ends a command's help, kept line by line."""
    return "\b\nExample:\n" + "\n".join(_indented(text))


def _indented(text: str) -> Iterator[str]:
    for line in text.strip().splitlines():
        yield f"  {line.strip()}"
