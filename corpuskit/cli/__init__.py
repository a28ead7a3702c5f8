"""The command line: options -> steps -> run -> render."""

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and gives back its exit code."""
    import os

    # Nothing here multiplies matrices so large that threads would help, and numpy
    # starts them when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from corpuskit.cli.main import run_command

    return run_command(arguments)
