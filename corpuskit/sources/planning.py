"""Cut inputs into splits: small files together, large tables into ranges."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from corpuskit.errors import ReadError, UsageError
from corpuskit.sources.extras import need_extra
from corpuskit.sources.faults import explain
from corpuskit.sources.find import Finder
from corpuskit.sources.kinds import HEAD_BYTES, extra_of, kind_of
from corpuskit.sources.names import is_url
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.split import Input, Split

BATCH_FILES = 32
BATCH_BYTES = 1 << 20
RANGE_BYTES = 8 << 20
_CHUNK_BYTES = 1 << 20


def plan(
    paths: Sequence[str | os.PathLike[str]],
    options: ReadOptions | None = None,
    *,
    spooled: str | os.PathLike[str] = "",
    ranges: bool = True,
) -> list[Split]:
    """The splits of some paths: files, folders, globs, URLs, or `-` (standard input).

    Paths come in the order given, files below them in natural order. What cannot be
    found or opened is in a split too, and reads as a record that says so.

    Args:
        paths: what to read.
        options: how to read it.
        spooled: the file that standard input was copied to; needed for `-`.
        ranges: cut large tables of rows; else `in_ranges` may do it later.

    Raises:
        UsageError: `-` is given and standard input was not spooled.
        MissingExtraError: an input needs an optional package that is not there.
    """
    finder = Finder(options or ReadOptions())
    inputs: list[Input] = []
    for path in paths:
        if path == "-":
            inputs.append(_standard_input(os.fspath(spooled)))
        else:
            inputs += _find(os.fspath(path), finder)
    for extra in sorted({extra_of(item.name) for item in inputs} - {""}):
        need_extra(extra)
    splits = list(_batches(inputs))
    return in_ranges(splits) if ranges else splits


def in_ranges(splits: Sequence[Split]) -> list[Split]:
    """The splits, large tables of rows cut into ranges that can be read apart.

    Lines are counted for that, so that each row has its number.
    """
    return list(_batches(p for s in splits for item in s.inputs for p in _ranges(item)))


def _find(path: str, finder: Finder) -> list[Input]:
    if is_url(path):
        from corpuskit.sources.remote import RemoteFinder

        return RemoteFinder(finder).find(path)
    return finder.find(path)


def _standard_input(spooled: str) -> Input:
    if not spooled:
        raise UsageError("standard input was not spooled: give files or folders")
    size = Path(spooled).stat().st_size
    return Input(spooled, "-", "stdin", "-", size)


def _batches(inputs: Iterable[Input]) -> Iterator[Split]:
    batch: list[Input] = []
    size = 0
    for item in inputs:
        full = len(batch) == BATCH_FILES or size + item.size_bytes > BATCH_BYTES
        if batch and full:
            yield Split(tuple(batch))
            batch, size = [], 0
        batch.append(item)
        size += item.size_bytes
    if batch:
        yield Split(tuple(batch))


def _ranges(item: Input) -> list[Input]:
    """The input; ranges of it where it is a large table of rows."""
    if item.rule or item.size_bytes < 2 * RANGE_BYTES or is_url(item.path):
        return [item]
    try:
        with Path(item.path).open("rb") as file:
            head = file.read(HEAD_BYTES)
            kind = kind_of(head, item.name)
            file.seek(0)
            if kind == "jsonl":
                return list(_line_ranges(item, file))
            if kind in ("gzip", "warc"):
                return list(_record_ranges(item, head, file))
            return list(_group_ranges(item, file)) if kind == "parquet" else [item]
    except (OSError, ReadError) as error:
        rule, line = explain(error)
        return [replace(item, rule=rule, error=line)]


def _line_ranges(item: Input, file: BinaryIO) -> Iterator[Input]:
    start = first_row = position = rows = 0
    while chunk := file.read(min(_CHUNK_BYTES, item.size_bytes - position)):
        position += len(chunk)
        rows += chunk.count(b"\n")
        if position - start < RANGE_BYTES or position >= item.size_bytes:
            continue
        cut = chunk.rfind(b"\n") + 1
        if not cut:
            continue
        stop = position - len(chunk) + cut
        yield _range(item, start, stop, first_row)
        start, first_row = stop, rows
    yield _range(item, start, position, first_row)


def _record_ranges(item: Input, head: bytes, file: BinaryIO) -> Iterator[Input]:
    from corpuskit.sources.warc_ranges import is_warc, record_ranges

    if not is_warc(head):
        yield item
        return
    for start, stop, first_row in record_ranges(file, item.size_bytes, RANGE_BYTES):
        yield replace(_range(item, start, stop, first_row), unit="record")


def _group_ranges(item: Input, file: BinaryIO) -> Iterator[Input]:
    from corpuskit.sources.tables import row_groups

    start = size = 0
    groups = row_groups(file)
    for number, n_bytes in enumerate(groups, 1):
        size += n_bytes
        if size >= RANGE_BYTES or number == len(groups):
            part = item.size_bytes * (number - start) // len(groups)
            yield replace(item, size_bytes=part, start=start, stop=number, unit="group")
            start, size = number, 0


def _range(item: Input, start: int, stop: int, first_row: int) -> Input:
    size = stop - start
    return replace(item, size_bytes=size, start=start, stop=stop, first_row=first_row)
