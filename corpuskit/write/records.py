"""Files of encoded records: JSONL, CSV and TSV, plain or compressed, and Parquet."""

import contextlib
import io
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Protocol, cast

from corpuskit.errors import MissingExtraError, UsageError
from corpuskit.write.atomic import AtomicFile, output_errors
from corpuskit.write.formats import COLUMNS, format_of, header


class RecordFile(Protocol):
    """A file that takes encoded records and appears when it is committed."""

    format: str

    def write(self, records: bytes) -> None:
        """Adds whole encoded records."""

    def commit(self) -> None:
        """Puts the finished file in its place."""

    def discard(self) -> None:
        """Removes what was written."""


def open_records(path: Path, columns: Sequence[str] = COLUMNS) -> RecordFile:
    """A record file whose suffix says its format.

    Args:
        path: where it goes.
        columns: the columns of CSV and TSV lines; Parquet holds whole records only.

    Raises:
        UsageError: the suffix names no format.
        OutputError: the place cannot be written.
        MissingExtraError: Parquet without pyarrow.
    """
    name, compression = format_of(path)
    if name != "parquet":
        return LineFile(path, name, compression, columns)
    if columns is not COLUMNS:
        raise UsageError(f"cannot write a listing to {path}: use .jsonl, .csv or .tsv")
    return ParquetFile(path)


class LineFile:
    """Records one after another, behind a header for CSV and TSV."""

    def __init__(
        self,
        path: Path,
        name: str,
        compression: str = "",
        columns: Sequence[str] = COLUMNS,
    ) -> None:
        self.format = name
        self._target = AtomicFile(path)
        self._stream = _compressed(self._target.file, compression)
        self.write(header(name, columns))

    def write(self, records: bytes) -> None:
        """Adds whole encoded records."""
        with output_errors(self._target.path):
            self._stream.write(records)

    def commit(self) -> None:
        """Puts the finished file in its place."""
        with output_errors(self._target.path):
            if self._stream is not self._target.file:
                self._stream.close()
        self._target.commit()

    def discard(self) -> None:
        """Removes what was written."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.close()
        self._target.discard()


class ParquetFile:
    """Records as Parquet row groups; takes them encoded as JSONL.

    The columns and their types are those of the record, whatever values come first.
    """

    format = "jsonl"
    _ROW_GROUP_BYTES = 32 << 20

    def __init__(self, path: Path) -> None:
        parquet = _pyarrow("pyarrow.parquet")
        self._schema = _arrow_schema(_pyarrow("pyarrow"))
        self._target = AtomicFile(path)
        self._writer = parquet.ParquetWriter(
            self._target.file, self._schema, compression="zstd"
        )
        self._pending = io.BytesIO()

    def write(self, records: bytes) -> None:
        """Adds whole encoded records; a row group is written when enough are there."""
        self._pending.write(records)
        if self._pending.tell() >= self._ROW_GROUP_BYTES:
            self._flush()

    def commit(self) -> None:
        """Puts the finished file in its place."""
        self._flush()
        with output_errors(self._target.path):
            self._writer.close()
        self._target.commit()

    def discard(self) -> None:
        """Removes what was written."""
        self._target.discard()

    def _flush(self) -> None:
        lines = self._pending.getvalue()
        self._pending = io.BytesIO()
        if not lines:
            return
        json = _pyarrow("pyarrow.json")
        table = json.read_json(
            io.BytesIO(lines),
            read_options=json.ReadOptions(block_size=len(lines) + 1),
            parse_options=json.ParseOptions(
                explicit_schema=self._schema, unexpected_field_behavior="error"
            ),
        )
        with output_errors(self._target.path):
            self._writer.write_table(table)


def _compressed(file: IO[bytes], compression: str) -> IO[bytes]:
    if compression == "gz":
        import gzip

        return cast(IO[bytes], gzip.GzipFile("", "wb", 6, file, 0))
    if compression == "zst":
        from corpuskit._zstd import zstd

        return cast(IO[bytes], zstd.ZstdFile(file, "wb"))
    return file


def _pyarrow(module: str) -> Any:  # noqa: ANN401 - pyarrow has no types
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError("parquet", "writing Parquet") from error


def _arrow_schema(arrow: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """The Arrow schema of a record, from the types of the Document's fields."""
    import msgspec

    from corpuskit.document import Document, Metadata

    types = {str: arrow.string(), float: arrow.float64(), int: arrow.int64()}
    types[bool] = arrow.bool_()
    fields = []
    for field in msgspec.structs.fields(Document):
        if field.type is Metadata:
            members = [(name, arrow.string()) for name in Metadata.__struct_fields__]
            fields.append((field.name, arrow.struct(members)))
        else:
            fields.append((field.name, types[field.type]))
    return arrow.schema(fields)
