r"""Rows as CSV and TSV lines, as every part of corpuskit writes them.

CSV quotes what it must, line breaks too. TSV writes tabs and line breaks as `\t` and
`\n`, so that a line is always a row.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

_TSV_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})


def separated_line(cells: Iterable[object], *, tabs: bool) -> bytes:
    """One line of cells; what is no string is written as JSON, None as nothing."""
    words = [_cell(cell) for cell in cells]
    if tabs:
        line = "\t".join(word.translate(_TSV_ESCAPES) for word in words) + "\n"
    else:
        import csv

        written = _Line()
        csv.writer(written, lineterminator="\n").writerow(words)
        line = written.text
    # A lone surrogate, which UTF-8 does not have, is shown as its escape.
    return line.encode("utf-8", "backslashreplace")


class _Line:
    """The one line that a csv writer wrote last."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        """Takes the line."""
        self.text = text


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return "" if value is None else msgspec.json.encode(value).decode()
