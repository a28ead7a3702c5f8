"""Summary: what one split says about its documents, most of it in a scratch file.

The scratch file of a split is a row of blocks; each holds the key codes of some
documents, then their signatures, then their ids. The Summary knows the places.
"""

import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Keys, make_keys
from corpuskit.dedup.shingles import Shingler
from corpuskit.dedup.sketch import N_BINS, Signatures, sketch
from corpuskit.document import Document

# Texts of fewer key codes are only ever exact duplicates.
MIN_CODES = 64
_EXACT_CODES = 24
_BLOCK_CHARS = 1 << 17
_BLOCK_DOCUMENTS = 2048

ENTRY = np.dtype(
    [
        ("content", "<u8", 2),  # hash of the key text; of short texts, of the text
        ("n_codes", "<i8"),
        ("n_chars", "<i8"),
        ("created", "<i8"),  # as a number, 0 unknown
        ("fields", "<i8"),  # how many of date and title are known
        ("codes_at", "<i8"),
        ("id_at", "<i8"),
        ("id_size", "<i8"),
        ("position", "<i8"),
    ]
)
Entries = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a split says about its documents.

    Attributes:
        path: the scratch file.
        n_documents: how many documents the split has.
        entries: one `ENTRY` for each document that may be a duplicate.
        blocks: for each block, where its signatures begin and how many there are.
        rows: the signatures themselves, instead of blocks.
    """

    path: Path
    n_documents: int
    entries: Entries
    blocks: tuple[tuple[int, int], ...]
    rows: Signatures | None = None


def summarize(documents: Iterable[Document], scratch: Path, *, near: bool) -> Summary:
    """Sums up the documents of one split; dropped and empty ones only count."""
    handle, name = tempfile.mkstemp(suffix=".keys", dir=scratch)
    entries: list[Entries] = []
    blocks: list[tuple[int, int]] = []
    counter = _Counter()
    shingler = Shingler() if near else None
    with os.fdopen(handle, "wb") as file:
        for block in _blocks(documents, counter):
            entries.append(_write_block(block, file, blocks, shingler))
    joined = np.concatenate(entries) if entries else np.zeros(0, ENTRY)
    return Summary(Path(name), counter.n_documents, joined, tuple(blocks))


def has_signature(entries: Entries) -> npt.NDArray[np.bool_]:
    """Which entries are long enough for near duplicates."""
    return np.asarray(entries["n_codes"] >= MIN_CODES)


def read_signatures(summary: Summary) -> Iterator[Signatures]:
    """The signatures of a split, block by block."""
    if summary.rows is not None:
        yield summary.rows
        return
    with summary.path.open("rb") as file:
        for place, n_rows in summary.blocks:
            file.seek(place)
            data = file.read(n_rows * N_BINS * 2)
            yield np.frombuffer(data, np.uint16).reshape(n_rows, N_BINS)


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


def _write_block(
    block: _Block,
    file: BinaryIO,
    blocks: list[tuple[int, int]],
    shingler: Shingler | None,
) -> Entries:
    entries = np.zeros(len(block), ENTRY)
    keys = make_keys([document.text for _, document in block])
    ids = [document.id.encode("utf-8", "surrogatepass") for _, document in block]
    entries["position"] = [position for position, _ in block]
    entries["n_chars"] = [len(document.text) for _, document in block]
    entries["created"] = [_moment(document.created) for _, document in block]
    entries["fields"] = [bool(d.created) + bool(d.title) for _, d in block]
    entries["n_codes"] = keys.counts
    ends = np.cumsum(keys.counts)
    entries["codes_at"] = file.tell() + 2 * (ends - keys.counts)
    entries["content"] = _contents(keys, ends, [d.text for _, d in block])
    file.write(keys.codes.data)
    rows = signatures(keys, shingler) if shingler else np.zeros((0, N_BINS), np.uint16)
    blocks.append((file.tell(), len(rows)))
    file.write(rows.data)
    sizes = np.fromiter(map(len, ids), np.int64, len(ids))
    entries["id_at"] = file.tell() + np.cumsum(sizes) - sizes
    entries["id_size"] = sizes
    file.write(b"".join(ids))
    return entries


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
    digests = [
        sha256(
            keys.codes[end - count : end].tobytes()
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
