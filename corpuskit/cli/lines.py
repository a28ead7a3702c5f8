"""`corpuskit detect --per-line`: the language of every line of every document."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpuskit.document import Document
    from corpuskit.language import DetectOptions
    from corpuskit.write.formats import Encoder

COLUMNS = ("id", "line", "text", "language", "script", "score", "margin")


def lines_encoder(options: "DetectOptions", name: str) -> "Encoder":
    """The function that makes the rows of a document's lines in this format."""
    if name in ("csv", "tsv"):
        return partial(_separated, options, name == "tsv")
    return partial(_json, options)


def _json(options: "DetectOptions", document: "Document") -> bytes:
    from msgspec.json import encode

    return b"".join(encode(row) + b"\n" for row in _rows(document, options))


def _separated(options: "DetectOptions", tabs: bool, document: "Document") -> bytes:
    from corpuskit.write.separated import separated_line

    rows = _rows(document, options)
    return b"".join(separated_line(row.values(), tabs=tabs) for row in rows)


def _rows(document: "Document", options: "DetectOptions") -> Iterator[dict[str, Any]]:
    """One row for each line that is not blank; lines are counted from 1."""
    from corpuskit.language import detect

    for number, line in enumerate(document.text.split("\n"), 1):
        if line.strip():
            found = detect(line, options)
            numbers = (round(found.score, 4), round(found.margin, 4))
            row = (document.id, number, line, found.language, found.script, *numbers)
            yield dict(zip(COLUMNS, row, strict=True))
