"""The command line: options -> steps -> run -> render."""

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and gives back its exit code."""
    from corpuskit.cli.main import run_command

    return run_command(arguments)
