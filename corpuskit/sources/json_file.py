"""A JSON file that is one value: an object with a text, or a list of such objects."""

import json
from collections.abc import Iterator
from typing import Any

from corpuskit.document import Document, decode_record
from corpuskit.errors import ReadError
from corpuskit.sources.encoding import decode
from corpuskit.sources.faults import Origin, fault_of
from corpuskit.sources.jsonl import parse_value
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.rows import Row, document_of


def read_json(data: bytes, origin: Origin, options: ReadOptions) -> Iterator[Document]:
    """The documents of a JSON file; what is none gives a record that says so."""
    decoded = decode(data, encoding=options.encoding)
    try:
        value = parse_value(decoded.text)
    except ReadError as error:
        yield fault_of(origin, error)
        return
    rows = value if isinstance(value, list) else [value]
    if not rows:
        yield fault_of(origin, ReadError("no objects in it: exclude it", rule="empty"))
    for number, row in enumerate(rows):
        try:
            # Which rows the damage is in is not known; it is counted once.
            n_replaced = decoded.n_replaced if not number else 0
            found = Row(_object(row), number, decoded.encoding, n_replaced)
            yield _document(found, origin, options)
        except ReadError as error:
            yield fault_of(origin, error, number=number)


def _document(row: Row, origin: Origin, options: ReadOptions) -> Document:
    if str(row.values.get("version", "")).startswith("corpuskit/"):
        return decode_record(json.dumps(row.values))
    return document_of(row, origin, options)


def _object(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    if not isinstance(value, dict):
        raise ReadError("not a JSON object: give objects with a text", rule="json")
    return value
