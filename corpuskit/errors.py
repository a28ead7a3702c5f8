"""The one tree of errors; each class knows the exit code of the command line.

CorpuskitError (4)
├── UsageError (2)      an option or argument makes no sense
├── ReadError (3)       an input cannot be read; carries a `read.*` rule
├── OutputError (4)     an output cannot be written
├── MissingExtraError (4)  an optional package is not installed
└── EmptyError (5)      nothing came in, or nothing came out

A message is one line: what happened, to which input, what to do now.
"""

from typing import ClassVar


class CorpuskitError(Exception):
    """Anything corpuskit reports by itself."""

    exit_code: ClassVar[int] = 4


class UsageError(CorpuskitError):
    """An option or an argument that makes no sense."""

    exit_code = 2


class ReadError(CorpuskitError):
    """An input that cannot be read.

    Attributes:
        rule: what is wrong in one word, as in the reason `read.<rule>`.
    """

    exit_code = 3

    def __init__(self, message: str, *, rule: str = "error") -> None:
        super().__init__(message)
        self.rule = rule


class OutputError(CorpuskitError):
    """An output that cannot be written."""


class MissingExtraError(CorpuskitError):
    """An optional package that is not installed; names the extra to install."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs: pip install 'corpuskit[{extra}]'")
        self.extra = extra
        self.purpose = purpose

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.extra, self.purpose)


class EmptyError(CorpuskitError):
    """Nothing came in, or nothing came out."""

    exit_code = 5


def describe(error: BaseException) -> str:
    """An unexpected error in one line: kind, words and place."""
    import traceback
    from pathlib import Path

    last = traceback.extract_tb(error.__traceback__)[-1]
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words} ({Path(last.filename).name}:{last.lineno})"
