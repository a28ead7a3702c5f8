"""Summary: what one split says about its documents, nearly all of it in scratch files.

The first file of a split holds the key codes and ids of its documents, the second one
their tables; the Summary knows the places.
"""

import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Keys, make_keys
from corpuskit.dedup.shingles import Shingler
from corpuskit.dedup.sketch import N_BINS, Signatures, sketch
from corpuskit.dedup.tables import (
    ENTRY,
    MIN_CODES,
    Entries,
    Table,
    all_entries,
    write_table,
)
from corpuskit.document import Document

_EXACT_CODES = 24
_BLOCK_CHARS = 1 << 18
_BLOCK_DOCUMENTS = 2048
_FREED_BYTES = 1 << 23
# So many documents make a table: what a split holds in memory has a bound.
_TABLE_DOCUMENTS = 1 << 15


@dataclass(frozen=True, slots=True)
class Summary:
    """What a split says about its documents.

    Attributes:
        path: the file of key codes and ids.
        n_documents: how many documents the split has.
        tables: of those that may be duplicates.
    """

    path: Path
    n_documents: int
    tables: tuple[Table, ...]

    @property
    def n_entries(self) -> int:
        """How many documents may be duplicates."""
        return sum(table.n_entries for table in self.tables)

    @property
    def entries(self) -> Entries:
        """All entries, read anew each time."""
        return all_entries(self.tables)


def summarize(documents: Iterable[Document], scratch: Path, *, near: bool) -> Summary:
    """Sums up the documents of one split; dropped and empty ones only count."""
    _keep_freed_memory()
    handle, name = tempfile.mkstemp(suffix=".texts", dir=scratch)
    path = Path(name)
    counter = _Counter()
    with (
        os.fdopen(handle, "wb") as file,
        path.with_suffix(".tables").open("wb") as tables,
    ):
        writer = _Writer(file, tables, Shingler() if near else None)
        for block in _blocks(documents, counter):
            writer.write(block)
        writer.end_table()
    return Summary(path, counter.n_documents, tuple(writer.tables))


@cache
def _keep_freed_memory() -> None:
    """Has glibc keep freed memory of this size for later: no page is mapped twice.

    It goes by the largest block that was ever freed. Elsewhere this does nothing.
    """
    np.empty(_FREED_BYTES, np.uint8)


@dataclass(slots=True)
class _Counter:
    n_documents: int = 0


_Block = list[tuple[int, Document]]


def _blocks(documents: Iterable[Document], counter: _Counter) -> Iterator[_Block]:
    block: _Block = []
    n_chars = 0
    for document in documents:
        if document.keep and document.text:
            block.append((counter.n_documents, document))
            n_chars += len(document.text)
        counter.n_documents += 1
        if n_chars >= _BLOCK_CHARS or len(block) >= _BLOCK_DOCUMENTS:
            yield block
            block, n_chars = [], 0
    if block:
        yield block


@dataclass(slots=True)
class _Writer:
    """Writes blocks of documents into the files of a split."""

    file: BinaryIO
    table_file: BinaryIO
    shingler: Shingler | None
    tables: list[Table] = field(default_factory=list)
    entries: list[Entries] = field(default_factory=list)
    rows: list[Signatures] = field(default_factory=list)

    def write(self, block: _Block) -> None:
        """Writes the texts and ids of a block; its entries wait for their table."""
        entries = np.zeros(len(block), ENTRY)
        keys = make_keys([document.text for _, document in block])
        ids = [document.id.encode("utf-8", "surrogatepass") for _, document in block]
        entries["position"] = [position for position, _ in block]
        entries["n_chars"] = [len(document.text) for _, document in block]
        entries["created"] = [_moment(document.created) for _, document in block]
        entries["fields"] = [bool(d.created) + bool(d.title) for _, d in block]
        entries["n_codes"] = keys.counts
        ends = np.cumsum(keys.counts)
        entries["codes_at"] = self.file.tell() + 2 * (ends - keys.counts)
        entries["content"] = _contents(keys, ends, [d.text for _, d in block])
        self.file.write(keys.codes.data)
        sizes = np.fromiter(map(len, ids), np.int64, len(ids))
        entries["id_at"] = self.file.tell() + np.cumsum(sizes) - sizes
        entries["id_size"] = sizes
        self.file.write(b"".join(ids))
        self.entries.append(entries)
        if self.shingler is not None:
            self.rows.append(signatures(keys, self.shingler))
        if sum(map(len, self.entries)) >= _TABLE_DOCUMENTS:
            self.end_table()

    def end_table(self) -> None:
        """Writes the table of what has been waiting, if anything has."""
        if not self.entries:
            return
        entries = np.concatenate(self.entries)
        rows = np.concatenate([np.zeros((0, N_BINS), np.uint16), *self.rows])
        path = Path(self.table_file.name)
        self.tables.append(write_table(self.table_file, path, entries, rows))
        self.entries.clear()
        self.rows.clear()


def signatures(keys: Keys, shingler: Shingler | None = None) -> Signatures:
    """One row for each key text that is long enough to have a signature."""
    shingler = shingler or Shingler()
    long = keys.counts >= MIN_CODES
    if not long.all():
        keys = Keys(keys.codes[np.repeat(long, keys.counts)], keys.counts[long])
    return sketch(shingler.hashes(keys), keys.counts)


def _contents(
    keys: Keys, ends: npt.NDArray[np.int64], texts: list[str]
) -> npt.NDArray[np.uint64]:
    codes = keys.codes.data.cast("B")
    digests = [
        sha256(
            codes[2 * (end - count) : 2 * end]
            if count >= _EXACT_CODES
            else _plain(text),
        ).digest()[:16]
        for end, count, text in zip(
            ends.tolist(), keys.counts.tolist(), texts, strict=True
        )
    ]
    return np.frombuffer(b"".join(digests), "<u8").reshape(-1, 2)


def _plain(text: str) -> bytes:
    """A short text as it is compared: marks count, width, case and spaces do not."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return b"=" + " ".join(folded.split()).encode("utf-8", "surrogatepass")


def _moment(created: str) -> int:
    if not created:
        return 0
    digits = created[:8] + created[9:15]
    return int(digits) if digits.isdecimal() else 0
