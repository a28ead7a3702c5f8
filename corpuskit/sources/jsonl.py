"""JSON Lines to Documents: corpuskit's own records, and other people's rows."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from corpuskit.document import Document, decode_record
from corpuskit.errors import ReadError
from corpuskit.sources.encoding import decode
from corpuskit.sources.faults import Origin, fault
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.rows import Row, document_of

_OWN = re.compile(rb'"version"\s*:\s*"corpuskit/')
_BOM = b"\xef\xbb\xbf"
_decode_value = msgspec.json.Decoder().decode


def read_jsonl(
    stream: BinaryIO,
    origin: Origin,
    options: ReadOptions,
    *,
    stop: int = -1,
    first_row: int = 0,
) -> Iterator[Document]:
    """The documents of the lines of a stream; a bad line gives a record that says so.

    Args:
        stream: lines of JSON.
        origin: where they come from.
        options: keys of text and id; the limit of one line.
        stop: bytes to read; -1 for all.
        first_row: number of the first line.
    """
    left = stop
    for number, line in enumerate(_lines(stream, options, left), first_row):
        if len(line) > options.max_document_bytes:
            error = "line over the size limit: raise --max-document-size to read it"
            yield _bad_line(origin, number, "limit", error)
        elif line.lstrip(b" \t\r\n"):
            yield _row(line, origin, number, options)


def _lines(stream: BinaryIO, options: ReadOptions, left: int) -> Iterator[bytes]:
    """Lines of at most one byte over the limit; the rest of a longer one is passed."""
    bound = options.max_document_bytes + 1
    while left != 0:
        line = stream.readline(bound)
        if not line:
            return
        left -= len(line) if left > 0 else 0
        yield line
        while len(line) == bound and not line.endswith(b"\n"):
            line = stream.readline(bound)
            left -= len(line) if left > 0 else 0


def _row(line: bytes, origin: Origin, number: int, options: ReadOptions) -> Document:
    if not number:
        line = line.removeprefix(_BOM)
    try:
        if _OWN.search(line):
            return _own_record(line)
        row = _plain_row(line, number) if not options.encoding else None
        return document_of(row or _any_row(line, number, options), origin, options)
    except ReadError as error:
        return _bad_line(origin, number, error.rule, str(error))


def _plain_row(line: bytes, number: int) -> Row | None:
    """The row of a line in valid UTF-8 and strict JSON, as nearly all are.

    Such a line holds no control characters; what is left are the encodings that write
    everything in printable ASCII.
    """
    if line[:1] != b"{" or (line.isascii() and (b"~{" in line or b"+" in line)):
        return None
    try:
        values = _decode_value(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return Row(values, number) if isinstance(values, dict) else None


def _any_row(line: bytes, number: int, options: ReadOptions) -> Row:
    """The row of a line in any encoding.

    Raises:
        ReadError: it is no JSON object.
    """
    decoded = decode(line, encoding=options.encoding)
    values = parse_value(decoded.text)
    if not isinstance(values, dict):
        raise ReadError("not a JSON object: write one object a line", rule="json")
    return Row(values, number, decoded.encoding, decoded.n_replaced)


def _own_record(line: bytes) -> Document:
    try:
        return decode_record(line)
    except ReadError as error:
        if not isinstance(error.__cause__, UnicodeDecodeError):
            raise
        decoded = decode(line)  # damaged on its way here
    return decode_record(decoded.text).with_extra(n_replaced=decoded.n_replaced)


def _bad_line(origin: Origin, number: int, rule: str, error: str) -> Document:
    return fault(origin, rule, f"line {number + 1}: {error}", number=number)


def parse_value(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value that can be written again as UTF-8 JSON.

    Raises:
        ReadError: it is no JSON, or nested too deeply.
    """
    try:
        return _decode_value(text)
    except RecursionError as error:
        raise ReadError("nested too deeply: flatten it", rule="json") from error
    except msgspec.MsgspecError:
        return _parse_leniently(text)


def _parse_leniently(text: str) -> Any:  # noqa: ANN401
    """JSON as Python's own parser takes it: NaN, lone surrogates, long integers."""
    import json

    try:
        value = json.loads(text, parse_int=_integer, strict=False)
        return json.loads(_plain(value), parse_constant=str)
    except RecursionError as error:
        raise ReadError("nested too deeply: flatten it", rule="json") from error
    except ValueError as error:
        raise ReadError(f"not JSON ({error}): fix or remove it", rule="json") from error


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < 19 else digits


def _plain(value: Any) -> str:  # noqa: ANN401
    """The value as JSON without lone surrogates."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
