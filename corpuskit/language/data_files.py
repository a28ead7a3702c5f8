"""The tables that come with the package, read as text."""

from pathlib import Path

_FOLDER = Path(__file__).with_name("data")


def read_text(name: str) -> str:
    """The text of a table."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def read_lines(name: str) -> list[str]:
    """The lines of a table, without its comments."""
    return [line for line in read_text(name).split("\n") if line[:1] != "#"]
