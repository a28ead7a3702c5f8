"""Main text of plain text: the lines that are article, without what stood around it."""

from corpuskit.clean.head_lines import Head, head_of


def main_lines(text: str) -> tuple[str, Head]:
    """The main text of a normalised plain text, and what its head says."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return text, head_of(lines)
