"""The group of all commands, and what happens when one ends early."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from corpuskit import _interrupts
from corpuskit._version import VERSION
from corpuskit.errors import CorpuskitError, describe

INTERRUPTED = 130
_ALIASES = {"lang": "detect"}
# Name -> the first line of its help; the modules are loaded when a command is used.
_COMMANDS = {
    "list": "List documents as found: type, encoding, size, date, title.",
    "clean": "Clean pages and texts: main content, fields, language, reasons.",
    "detect": "Detect the language and script of each document (also: lang).",
    "redact": "Replace e-mail addresses, phone and other numbers by tokens.",
    "dedup": "Find documents that say the same and keep one of each.",
    "decontaminate": "Find documents that hold parts of test sets and drop them.",
    "stats": "Count documents, characters, words, languages, lengths, drops.",
    "why": "Show what was decided about one document, and the reasons.",
    "show": "Show the text of one document.",
    "diff": "Show which documents were added, changed and removed between two runs.",
}


class Commands(click.Group):
    """The commands, in the order of the work; `lang` is another word for `detect`."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what commands give
        """Runs the command; a pipe that nobody reads on is a way to end, not a fault.

        click itself would end with code 1.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            if not _reader_is_gone():
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name or alias."""
        name = _ALIASES.get(cmd_name, cmd_name)
        if name not in _COMMANDS:
            return None
        module = import_module(f"corpuskit.cli.{name}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Writes the names and first lines without loading the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Example:
  corpuskit clean pages/ --dedup --out corpus/
  corpuskit clean pages/ | corpuskit dedup - | corpuskit stats -
""",
)
@click.version_option(VERSION, prog_name="corpuskit")
def corpuskit() -> None:
    """Turn a folder of scraped pages into a clean, deduplicated text corpus."""


def _reader_is_gone() -> bool:
    """Whether nobody reads standard output any more; taken for granted on Windows."""
    import select

    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return bool(poll.poll(0))


def run_command(arguments: list[str] | None = None) -> int:
    """Runs one command line; every way out has its exit code and no traceback."""
    words = sys.argv[1:] if arguments is None else arguments
    with _interrupts.noted() as seen:
        code = _run(words)
        is_cut_short = code == INTERRUPTED or (seen and code)
    if is_cut_short:
        click.echo("corpuskit: interrupted; nothing was left half written", err=True)
        return INTERRUPTED
    return code


def _run(words: list[str]) -> int:
    try:
        code = corpuskit.main(words, prog_name="corpuskit", standalone_mode=False)
        return int(code or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except CorpuskitError as error:
        return _failed(error, str(error), error.exit_code)
    except Exception as error:
        # The last place that can turn a fault of corpuskit into a clear line.
        message = f"internal error: {describe(error)}"
        return _failed(error, message, CorpuskitError.exit_code)


def _failed(error: Exception, message: str, code: int) -> int:
    """Says what went wrong; where `-v` was given, with the way there."""
    import traceback

    if {"-v", "--verbose"} & set(sys.argv):
        traceback.print_exception(error)
    click.echo(f"corpuskit: {message}", err=True)
    return code
