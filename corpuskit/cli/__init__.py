"""The command line: options -> steps -> run -> render."""

__all__ = ["main"]

_GARBAGE = 50_000


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and gives back its exit code."""
    import gc
    import os

    # Nothing here multiplies matrices so large that threads would help, and numpy
    # starts them when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Documents and what is imported make no cycles, and are looked through for them
    # each time that so many more are there.
    gc.set_threshold(_GARBAGE)
    from corpuskit.cli.main import run_command

    return run_command(arguments)
