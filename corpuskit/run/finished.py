"""A finished run, read again: its records, what it dropped and what it removed."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from corpuskit.clean.removed import Removed, removed_from
from corpuskit.document import Document, decode_record
from corpuskit.errors import EmptyError, ReadError, UsageError
from corpuskit.sources.own_output import is_own_output
from corpuskit.write.atomic import MANIFEST
from corpuskit.write.corpus import DROPPED, EXPLAINED, RECORDS
from corpuskit.write.formats import stem_of

_FOLDER: Final = "corpus"
_JSONL: Final = re.compile(r"\.(?:jsonl|ndjson)(?:\.(gz|zst))?$", re.IGNORECASE)
_OWN: Final = re.compile(rb'"version"\s*:\s*"corpuskit/')
_NAMED: Final = 5


class Key(msgspec.Struct, frozen=True):
    """What tells one document of a run from another without its text."""

    id: str
    keep: bool = True
    reason: str = ""
    cluster: str = ""
    sha256: str = ""
    n_chars: int = 0
    title: str = ""
    created: str = ""
    url: str = ""
    language: str = ""
    metadata: msgspec.Raw = msgspec.Raw(b"{}")


class Row(NamedTuple):
    """A document of a run that is decoded when it is asked for."""

    key: Key
    record: bytes | Document

    def document(self) -> Document:
        """The whole document."""
        if isinstance(self.record, Document):
            return self.record
        return decode_record(self.record)


class FinishedRun(NamedTuple):
    """The files of a run; those that it did not write are None.

    Attributes:
        shown: the run as it was named.
        paths: its records, the kept ones first.
    """

    shown: str
    paths: tuple[Path, ...]
    explained: Path | None = None
    manifest: Path | None = None

    def rows(self) -> Iterator[Row]:
        """All documents of the run, kept ones first."""
        for path in self.paths:
            yield from _rows(path)

    def find(self, wanted: str) -> Document:
        """The document of an id, or of the only id that begins or goes on like it.

        Raises:
            UsageError: several ids begin like that.
            EmptyError: none does.
        """
        starting, inside = _Some(), _Some()
        for row in self.rows():
            document_id = row.key.id
            if document_id in (wanted, f"{wanted}#0"):
                return row.document()
            if document_id.startswith(wanted):
                starting.add(row)
            elif wanted.casefold() in document_id.casefold():
                inside.add(row)
        found = starting if starting.n else inside
        if found.n == 1:
            return found.rows[0].document()
        if found.n:
            raise UsageError(
                f"{found.n} ids in {self.shown} are like {wanted!r}: {found.names()}; "
                "give more of the one you mean"
            )
        raise EmptyError(
            f"no document {wanted!r} in {self.shown}: "
            f"corpuskit list {self.shown} names them"
        )

    def get(self, document_id: str) -> Document | None:
        """The document of exactly this id, if the run has it."""
        for row in self.rows():
            if row.key.id == document_id:
                return row.document()
        return None

    def members(self, cluster: str) -> Iterator[Row]:
        """The documents that were found to say the same as the one of this id."""
        for row in self.rows():
            if row.key.cluster == cluster != row.key.id:
                yield row

    def removed(self, document: Document) -> list[Removed] | None:
        """What was removed from a document; None where the run does not tell."""
        carried = removed_from(document)
        if carried is not None or self.explained is None:
            return carried
        return list(_spans(self.explained, document.id))

    def options(self) -> dict[str, Any]:
        """The options of the run, from its manifest; none where it has no such file."""
        if self.manifest is None:
            return {}
        try:
            content = self.manifest.read_bytes()
            return msgspec.json.decode(content, type=_Manifest).options
        except (OSError, msgspec.MsgspecError) as error:
            raise ReadError(f"{self.manifest}: {error}", rule="json") from error


class _Manifest(msgspec.Struct):
    """What is read of a manifest."""

    options: dict[str, Any] = {}


class _Some:
    """The first of some rows, and how many there are."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.n = 0

    def add(self, row: Row) -> None:
        """Takes one more."""
        self.n += 1
        if len(self.rows) < _NAMED:
            self.rows.append(row)

    def names(self) -> str:
        """The ids of the first ones."""
        more = [f"and {self.n - _NAMED} more"] if self.n > _NAMED else []
        return ", ".join([row.key.id for row in self.rows] + more)


def open_run(path: str = "") -> FinishedRun:
    """The run that a folder or a file of records holds.

    Without a path the run in `corpus`, or the one that the current folder is. Folders
    and files that corpuskit did not write are read as documents are found.

    Raises:
        UsageError: no path, and no run here.
        ReadError: there is no such file or folder.
    """
    if not path:
        for folder in (_FOLDER, "."):
            if is_own_output(folder):
                return open_run(folder)
        raise UsageError(
            f"no run here: name the folder or file that clean wrote, such as {_FOLDER}/"
        )
    place = Path(path)
    if not place.exists():
        raise ReadError(f"{path}: no such file or folder", rule="missing")
    if place.is_dir() and not is_own_output(path):
        return FinishedRun(path, (place,))
    names = (DROPPED, EXPLAINED, MANIFEST)
    dropped, explained, manifest = (_side_file(place, name) for name in names)
    records = place / RECORDS if place.is_dir() else place
    paths = (records, dropped) if dropped else (records,)
    return FinishedRun(path, paths, explained, manifest)


def dropped_of(path: str) -> str:
    """The file of what a run dropped, if the path is a run that dropped any."""
    place = Path(path)
    if place.is_dir() and not is_own_output(path):
        return ""
    dropped = _side_file(place, DROPPED)
    return str(dropped) if dropped and dropped.stat().st_size else ""


def _side_file(place: Path, name: str) -> Path | None:
    """A file of a run beside its records, if it was written."""
    if place.is_dir():
        found = place / name
    else:
        found = place.with_name(f"{stem_of(place)}.{name}")
        if (
            not found.exists()
            and place.name == RECORDS
            and is_own_output(str(place.parent))
        ):
            found = place.with_name(name)
    return found if found.is_file() else None


def _rows(path: Path) -> Iterator[Row]:
    """The documents of a folder or file; of corpuskit's own lines only the keys."""
    if path.is_file() and _JSONL.search(path.name):
        lines = _lines(path)
        first = next(lines, b"")
        if _OWN.search(first) or not first:
            yield from _own_rows(path, chain([first] if first else [], lines))
            return
    from corpuskit.sources import read

    for document in read([path]):
        values = {name: getattr(document, name) for name in Key.__struct_fields__}
        values["metadata"] = msgspec.Raw(msgspec.json.encode(document.metadata))
        yield Row(Key(**values), document)


def _own_rows(path: Path, lines: Iterable[bytes]) -> Iterator[Row]:
    decode = msgspec.json.Decoder(Key).decode
    for number, line in enumerate(lines, 1):
        try:
            yield Row(decode(line), line)
        except msgspec.MsgspecError as error:
            raise ReadError(f"{path}: line {number}: {error}", rule="json") from error


def _lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, unpacked.

    Raises:
        ReadError: it cannot be read.
    """
    from corpuskit._zstd import zstd

    found = _JSONL.search(path.name)
    packing = (found[1] or "").lower() if found else ""
    openers = {"gz": gzip.open, "zst": zstd.open, "": open}
    try:
        with openers[packing](path, "rb") as file:
            yield from file
    except (OSError, EOFError, zlib.error, zstd.ZstdError) as error:
        raise ReadError(f"{path}: cannot be read: {error}", rule="io") from error


def _spans(path: Path, document_id: str) -> Iterator[Removed]:
    """The spans of one document; its lines follow each other."""
    decode = msgspec.json.Decoder(Removed).decode
    for row in _own_rows(path, _lines(path)):
        if row.key.id != document_id or not isinstance(row.record, bytes):
            continue
        try:
            yield decode(row.record)
        except msgspec.MsgspecError as error:
            raise ReadError(f"{path}: {document_id}: {error}", rule="json") from error
