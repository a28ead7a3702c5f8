"""The same rows for machines: JSONL, JSON, CSV, TSV."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from corpuskit.write.separated import separated_line

if TYPE_CHECKING:
    from corpuskit.stats.summary import Stats

FORMATS: Final = ("table", "jsonl", "json", "csv", "tsv")
"""What `--format` takes; `table` is for people, the others are for machines."""

Row = Mapping[str, Any]


def rows_as(rows: Iterable[Row], file_format: str) -> Iterator[bytes]:
    r"""The rows in UTF-8, a piece a row: `jsonl`, `json` (an array), `csv` or `tsv`.

    CSV and TSV take their columns from the first row; nested values become JSON. CSV
    quotes line breaks; TSV writes them as `\n`, so that a line is always a row.

    Raises:
        ValueError: no such format.
    """
    if file_format == "jsonl":
        return (_json(row) + b"\n" for row in rows)
    if file_format == "json":
        return _array(rows)
    if file_format in ("csv", "tsv"):
        return _separated(rows, tabs=file_format == "tsv")
    raise ValueError(f"no format {file_format!r} for rows")


def stats_as(stats: "Stats", file_format: str) -> Iterator[bytes]:
    """The numbers of a corpus in UTF-8: an object, or rows of section, name, value.

    `jsonl` puts the object on one line, `json` on many. The counts of single lengths
    give way to a histogram.
    """
    values = stats.to_dict()
    lengths = values["lengths"]
    del lengths["counts"]
    lengths["histogram"] = [
        {"from": low, "below": high, "documents": n}
        for low, high, n in stats.lengths.histogram()
    ]
    if file_format == "jsonl":
        return iter([_json(values) + b"\n"])
    if file_format == "json":
        return iter([_json(values, indent=2) + b"\n"])
    return rows_as(_flat(values), file_format)


def _json(value: object, indent: int | None = None) -> bytes:
    # A lone surrogate, which UTF-8 does not have, stays the JSON escape that it is.
    return json.dumps(value, ensure_ascii=False, indent=indent).encode(
        "utf-8", "backslashreplace"
    )


def _array(rows: Iterable[Row]) -> Iterator[bytes]:
    before = b"[\n"
    for row in rows:
        yield before + _json(row)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _separated(rows: Iterable[Row], *, tabs: bool) -> Iterator[bytes]:
    columns: list[str] = []
    for row in rows:
        if not columns:
            columns = list(row)
            yield separated_line(columns, tabs=tabs)
        yield separated_line((row.get(column) for column in columns), tabs=tabs)


def _flat(values: Row, section: str = "corpus") -> Iterator[Row]:
    nested: list[tuple[str, Row]] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            nested.append((name, value))
        elif isinstance(value, list):
            nested.append((name, {str(b["from"]): b["documents"] for b in value}))
        else:
            yield {"section": section, "name": name, "value": value}
    for name, inner in nested:
        path = name if section == "corpus" else f"{section}.{name}"
        yield from _flat(inner, path)
