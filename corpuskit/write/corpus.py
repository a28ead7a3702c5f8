"""What a run leaves behind: kept records, dropped records, texts, the manifest."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

import msgspec

from corpuskit.document import Document, encode
from corpuskit.write.atomic import MANIFEST, AtomicFolder, output_errors, write_file
from corpuskit.write.explained import part
from corpuskit.write.formats import (
    COLUMNS,
    SEPARATED,
    Encoder,
    encoder,
    header,
    stem_of,
)
from corpuskit.write.names import text_name
from corpuskit.write.records import LineFile, RecordFile, open_records

RECORDS, DROPPED = "documents.jsonl", "dropped.jsonl"
EXPLAINED = "explained.jsonl"


class Record(NamedTuple):
    """One finished document: its encoded line and, for a folder, its text file.

    Attributes:
        explained: lines for what was removed from it.
    """

    line: bytes
    keep: bool = True
    name: str = ""
    text: bytes = b""
    explained: bytes = b""


class Wants(NamedTuple):
    """What a sink needs of each document, as told to the workers.

    Attributes:
        format: of the lines.
        texts: whether the sink writes text files.
        dropped: whether it writes dropped documents.
        encode: makes the line, where it is not the whole record.
        explained: whether it writes what was removed, apart from the records.
        manifest: whether it writes a manifest, which has the hashes of all inputs.
    """

    format: str
    texts: bool = False
    dropped: bool = False
    encode: Encoder | None = None
    explained: bool = False
    manifest: bool = False

    def record(self, document: Document) -> Record:
        """The document's finished bytes; dropped records are always JSONL."""
        if not self.explained:
            return self._record(document)
        document, lines = part(document)
        return self._record(document)._replace(explained=lines)

    @property
    def takes_encoded(self) -> bool:
        """Whether records that are encoded as JSONL already need not be decoded."""
        is_json = self.encode is None and self.format not in SEPARATED
        return is_json and not self.texts and not self.explained

    def encoded(self, line: bytes, *, keep: bool) -> Record:
        """The finished bytes of a document that is encoded as JSONL already."""
        is_wanted = self.format if keep else self.dropped
        return Record(line if is_wanted else b"", keep)

    def _record(self, document: Document) -> Record:
        if not document.keep:
            return Record(encode(document) if self.dropped else b"", False)
        line = (self.encode or encoder(self.format))(document) if self.format else b""
        if not self.texts:
            return Record(line)
        name = text_name(document.id)
        return Record(line, True, name, document.text.encode("utf-8"))


class Sink(Protocol):
    """Where finished records go, in order."""

    wants: Wants

    def put(self, records: Sequence[Record]) -> None:
        """Takes the records of one split."""

    def commit(self, manifest: dict[str, Any]) -> None:
        """Finishes: everything appears in its place."""

    def discard(self) -> None:
        """Gives up: nothing appears."""


class Rows(NamedTuple):
    """A listing in place of whole records.

    Attributes:
        columns: its columns in CSV and TSV.
        encoder: gives the function that makes the line of a document in a format.
    """

    columns: Sequence[str]
    encoder: Callable[[str], Encoder]


class NullSink:
    """Takes records and keeps nothing: for runs whose result is a summary."""

    wants = Wants("")

    def put(self, records: Sequence[Record]) -> None:
        """Does nothing."""

    def commit(self, manifest: dict[str, Any]) -> None:
        """Does nothing."""

    def discard(self) -> None:
        """Does nothing."""


class StreamSink:
    """Kept records into an open stream, such as standard output.

    `json` is one array; the other formats are those of files.
    """

    def __init__(
        self, stream: IO[bytes], name: str = "jsonl", rows: Rows | None = None
    ) -> None:
        self.wants = Wants(name, encode=rows.encoder(name) if rows else None)
        self._stream = stream
        self._array = name == "json"
        columns = header(name, rows.columns) if rows else header(name)
        self._between = b"[" if self._array else columns

    def put(self, records: Sequence[Record]) -> None:
        """Writes the kept records and hands them on at once."""
        lines = [record.line for record in records if record.keep]
        if not lines:
            return
        joined = b",".join(lines) if self._array else b"".join(lines)
        self._stream.write(self._between + joined)
        self._stream.flush()
        self._between = b"," if self._array else b""

    def commit(self, manifest: dict[str, Any]) -> None:
        """Ends an array; leaves the stream open: it is not ours."""
        if self._array:
            self._stream.write(b"]\n" if self._between == b"," else b"[]\n")
            self._stream.flush()

    def discard(self) -> None:
        """Does nothing: what is written is written."""


class FileSink:
    """Kept records in one file; as a corpus with dropped ones and a manifest beside it.

    `pages.jsonl.gz` gets `pages.dropped.jsonl` and `pages.manifest.json`; where the
    run explains itself, `pages.explained.jsonl` too.
    """

    def __init__(
        self,
        path: Path,
        *,
        corpus: bool = False,
        explained: bool = False,
        rows: Rows | None = None,
    ) -> None:
        self._kept: RecordFile = open_records(path, rows.columns if rows else COLUMNS)
        name = self._kept.format
        encode = rows.encoder(name) if rows else None
        self.wants = Wants(
            name, False, corpus, encode, explained=explained, manifest=corpus
        )
        self._manifest = path.with_name(f"{stem_of(path)}.{MANIFEST}")
        self._dropped = _beside(path, DROPPED) if corpus else None
        self._explained = _beside(path, EXPLAINED) if explained else None
        self._earlier = path.with_name(f"{stem_of(path)}.{EXPLAINED}")

    def put(self, records: Sequence[Record]) -> None:
        """Writes the records of one split."""
        self._kept.write(b"".join(r.line for r in records if r.keep))
        if self._dropped is not None:
            self._dropped.write(b"".join(r.line for r in records if not r.keep))
        if self._explained is not None:
            self._explained.write(b"".join(r.explained for r in records))

    def commit(self, manifest: dict[str, Any]) -> None:
        """Puts the finished files in their places, the manifest last."""
        self._kept.commit()
        if self._dropped is not None:
            self._dropped.commit()
            self._commit_explained()
            write_manifest(self._manifest, manifest)

    def discard(self) -> None:
        """Removes what was written."""
        for file in (self._kept, self._dropped, self._explained):
            if file is not None:
                file.discard()

    def _commit_explained(self) -> None:
        """Puts the reasons in their place; those of an earlier run do not stay."""
        if self._explained is not None:
            self._explained.commit()
            return
        with output_errors(self._earlier):
            self._earlier.unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> LineFile:
    """A file of JSON lines beside a file of records, named after it."""
    return LineFile(path.with_name(f"{stem_of(path)}.{ending}"), "jsonl")


class FolderSink:
    """A corpus folder: texts under the input names, the record files, the manifest.

    Where the run explains itself, `explained.jsonl` has a line for each removed span.
    """

    def __init__(self, path: Path, *, explained: bool = False) -> None:
        from corpuskit.write.texts import TextFolder

        self.wants = Wants("jsonl", True, True, explained=explained, manifest=True)
        self._folder = AtomicFolder(path)
        staging = self._folder.staging
        self._kept = LineFile(staging / RECORDS, "jsonl")
        self._dropped = LineFile(staging / DROPPED, "jsonl")
        self._explained = LineFile(staging / EXPLAINED, "jsonl") if explained else None
        self._texts = TextFolder(staging, path)

    def put(self, records: Sequence[Record]) -> None:
        """Writes the records of one split and a text file for each kept one."""
        self._kept.write(b"".join(r.line for r in records if r.keep))
        self._dropped.write(b"".join(r.line for r in records if not r.keep))
        if self._explained is not None:
            self._explained.write(b"".join(r.explained for r in records))
        self._texts.put((r.name, r.text) for r in records if r.keep)

    def commit(self, manifest: dict[str, Any]) -> None:
        """Puts the finished folder in its place."""
        self._texts.finish()
        self._kept.commit()
        self._dropped.commit()
        if self._explained is not None:
            self._explained.commit()
        write_manifest(self._folder.staging / MANIFEST, manifest)
        self._folder.commit()

    def discard(self) -> None:
        """Removes what was written."""
        self._texts.discard()
        self._kept.discard()
        self._dropped.discard()
        if self._explained is not None:
            self._explained.discard()
        self._folder.discard()


def write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    """Writes the manifest as indented JSON, whole or not at all."""
    lines = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    write_file(path, lines + b"\n")
