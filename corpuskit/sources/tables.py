"""Tables to Documents: CSV and TSV as they stream, Parquet by row groups."""

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpuskit.document import Document
from corpuskit.errors import ReadError
from corpuskit.sources.decoded import MARKING, decode_with, unmarked
from corpuskit.sources.encoding import decode
from corpuskit.sources.extras import need_extra
from corpuskit.sources.faults import Origin, fault_of
from corpuskit.sources.kinds import HEAD_BYTES
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.rows import Row, document_of
from corpuskit.sources.unpack import Reader

_BATCH_ROWS = 256


def read_csv(
    stream: Reader, origin: Origin, name: str, options: ReadOptions
) -> Iterator[Document]:
    """The documents of the rows of a CSV or TSV file; the first row names the columns.

    The encoding is that of the file's first 64 KiB.
    """
    head = decode(stream.peek(HEAD_BYTES)[:HEAD_BYTES], encoding=options.encoding)
    if head.encoding == "binary":
        error = ReadError("binary data, not a table: exclude it", rule="binary")
        yield fault_of(origin, error)
        return
    lines = io.TextIOWrapper(stream, head.encoding, errors=MARKING, newline="")
    csv.field_size_limit(options.max_document_bytes)
    rows = csv.DictReader(lines, delimiter=_delimiter(head.text, name), restkey="more")
    number = -1
    try:
        for number, values in enumerate(rows):
            encoding = head.encoding.removesuffix("-sig")
            cells, n_replaced = _named(values)
            row = Row(cells, number, encoding, n_replaced)
            yield _document(row, origin, options)
    except csv.Error as error:
        problem = ReadError(f"row {number + 3}: {error}: mend the table", rule="table")
        yield fault_of(origin, problem, number=number + 1)
    if number < 0:
        yield fault_of(origin, ReadError("no rows in it: exclude it", rule="empty"))


def _delimiter(head: str, name: str) -> str:
    if name.lower().endswith(".tsv"):
        return "\t"
    first = head.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _named(values: dict[str | Any, Any]) -> tuple[dict[str, Any], int]:
    """The cells that are there, and how many of their bytes could not be decoded.

    A short row has no text rather than a null.
    """
    cells: dict[str, Any] = {}
    n_replaced = 0
    for key, value in values.items():
        name = unmarked(str(key))[0].lstrip("\ufeff")
        if isinstance(value, str):
            cells[name], n_bad = unmarked(value)
            n_replaced += n_bad
        elif value is not None:  # the cells that no column names
            pairs = list(map(unmarked, value))
            cells[name] = [text for text, _ in pairs]
            n_replaced += sum(n_bad for _, n_bad in pairs)
    return cells, n_replaced


def _document(row: Row, origin: Origin, options: ReadOptions) -> Document:
    try:
        return document_of(row, origin, options)
    except ReadError as error:
        return fault_of(origin, error, number=row.number)


def row_groups(stream: BinaryIO) -> list[int]:
    """Size in bytes of each row group of a Parquet file.

    Raises:
        MissingExtraError: pyarrow is not installed.
        ReadError: the file is damaged.
    """
    need_extra("parquet")
    import pyarrow
    import pyarrow.parquet

    try:
        metadata = pyarrow.parquet.read_metadata(stream)
    except _faults() as error:
        raise _damaged(error) from error
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    return [group.total_byte_size for group in groups]


def read_parquet(
    stream: BinaryIO, origin: Origin, options: ReadOptions, groups: range | None = None
) -> Iterator[Document]:
    """The documents of the rows of a Parquet file, or of some of its row groups.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    need_extra("parquet")
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(stream)
        chosen = range(table.num_row_groups) if groups is None else groups
        before = range(chosen.start)
        number = sum(table.metadata.row_group(n).num_rows for n in before)
        for batch in table.iter_batches(_BATCH_ROWS, row_groups=list(chosen)):
            for values in batch.to_pylist():
                cells, n_replaced = _plain(values)
                row = Row(cells, number, n_replaced=n_replaced)
                yield _document(row, origin, options)
                number += 1
    except _faults() as error:
        yield fault_of(origin, _damaged(error))


def _faults() -> tuple[type[Exception], ...]:
    """What pyarrow raises for damaged files, texts and dates."""
    import pyarrow

    return (pyarrow.ArrowException, OSError, ValueError, OverflowError)


def _plain(values: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The row with dates, times and bytes as text, and how many bytes were bad."""
    n_bad: list[int] = []
    cells = {key: _plain_value(value, n_bad) for key, value in values.items()}
    return cells, sum(n_bad)


def _plain_value(value: Any, n_bad: list[int]) -> Any:  # noqa: ANN401 - any cell
    """The value as JSON knows it; the bytes in it that are no text go to `n_bad`."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, bytes):
        decoded = decode_with(value, "utf-8")
        n_bad.append(decoded.n_replaced)
        return decoded.text
    if isinstance(value, list):
        return [_plain_value(item, n_bad) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain_value(item, n_bad) for key, item in value.items()}
    return str(value)


def _damaged(error: Exception) -> ReadError:
    what = str(error).partition("\n")[0]
    return ReadError(f"damaged table ({what}): fetch it again", rule="truncated")
