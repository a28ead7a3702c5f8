"""Documents as bytes: one encoder a format, used by the workers."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from corpuskit.document import Document, Metadata, encode
from corpuskit.errors import UsageError
from corpuskit.write.separated import separated_line

Encoder = Callable[[Document], bytes]

SEPARATED = ("csv", "tsv")
LINE_FORMATS = ("jsonl", *SEPARATED)
_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
_COMPRESSIONS = {".gz": "gz", ".zst": "zst"}
_FIELDS = tuple(name for name in Document.__struct_fields__ if name != "metadata")
_METADATA = Metadata.__struct_fields__
COLUMNS = (*_FIELDS, *(f"metadata.{key}" for key in _METADATA))
"""Columns of a record where there are no objects: CSV and TSV."""
_encode_json = msgspec.json.Encoder().encode


def format_of(path: Path) -> tuple[str, str]:
    """Format and compression that a file name asks for, such as ("jsonl", "gz").

    Raises:
        UsageError: the suffix names no format corpuskit writes.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    compression = _COMPRESSIONS.get(suffixes[-1], "") if suffixes else ""
    if compression:
        suffixes.pop()
    name = _SUFFIXES.get(suffixes[-1], "") if suffixes else ""
    if not name or (compression and name == "parquet"):
        raise UsageError(
            f"cannot tell the format of {path}: end its name in .jsonl, .jsonl.gz, "
            ".jsonl.zst, .csv, .tsv or .parquet"
        )
    return name, compression


def is_record_file(path: Path) -> bool:
    """Whether the name asks for one file of records, not for a folder."""
    try:
        format_of(path)
    except UsageError:
        return False
    return True


def stem_of(path: Path) -> str:
    """The file name without its format and compression: `a.b.jsonl.gz` gives `a.b`."""
    name = path.name
    for suffixes in (_COMPRESSIONS, _SUFFIXES):
        for suffix in suffixes:
            if name.lower().endswith(suffix):
                name = name[: -len(suffix)]
                break
    return name


def encoder(name: str) -> Encoder:
    """The function that turns one document into the bytes of one record."""
    return {"csv": _csv_row, "tsv": _tsv_row}.get(name, encode)


def header(name: str, columns: Sequence[str] = COLUMNS) -> bytes:
    """The bytes before the first record: column names for CSV and TSV."""
    if name not in SEPARATED:
        return b""
    return separated_line(columns, tabs=name == "tsv")


def with_id(record: bytes, name: str, old: str, new: str) -> bytes:
    """The encoded record under another id; the rest of it is not looked at.

    Empty records, which nobody wants written, stay empty.
    """
    if name in SEPARATED:
        lines = (separated_line([i, ""], tabs=name == "tsv") for i in (old, new))
        before, after = (line[:-1] for line in lines)
    else:
        before, after = (b'{"id":' + _encode_json(value) for value in (old, new))
    return after + record[len(before) :] if record.startswith(before) else record


def _csv_row(document: Document) -> bytes:
    return separated_line(_values(document), tabs=False)


def _tsv_row(document: Document) -> bytes:
    return separated_line(_values(document), tabs=True)


def _values(document: Document) -> list[object]:
    values = [getattr(document, name) for name in _FIELDS]
    return values + [getattr(document.metadata, name) for name in _METADATA]
