"""Tables: entries, signatures and band keys of documents, as they lie in files."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.sketch import N_BINS, Signatures

N_ROWS = 3
N_BANDS = N_BINS // N_ROWS
_MULTIPLIERS = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35], np.uint32)

Numbers = npt.NDArray[np.int64]
BandKeys = npt.NDArray[np.uint32]

# Rows whose keys are made together, so that they stay in the processor's cache.
_CHUNK = 512

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
# Texts of fewer key codes are only ever exact duplicates.
MIN_CODES = 64


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table lies: entries, then signatures, then keys band after band.

    Attributes:
        path: the file.
        place: where the table begins in it.
        n_entries: one `ENTRY` for each document that may be a duplicate.
        n_signed: signatures; of the entries that are long enough, in their order.
    """

    path: Path
    place: int
    n_entries: int
    n_signed: int

    @property
    def entries(self) -> Entries:
        """All entries, read anew each time."""
        return self._read(0, ENTRY, self.n_entries)

    def keys(self, band: int) -> BandKeys:
        """The keys of one band, one for each signature."""
        keys: BandKeys = self.keys_of(range(band, band + 1))[0]
        return keys

    def keys_of(self, bands: range) -> BandKeys:
        """The keys of neighbouring bands, in the shape (bands, signatures)."""
        rows_size = self.n_signed * N_BINS * 2
        begin = self.n_entries * ENTRY.itemsize + rows_size
        begin += bands.start * self.n_signed * 4
        found = self._read(begin, np.dtype("<u4"), len(bands) * self.n_signed)
        return np.asarray(found).reshape(len(bands), self.n_signed)

    def signatures(self) -> Signatures:
        """The signatures, mapped from the file: only what is used is read."""
        if not self.n_signed:
            return np.zeros((0, N_BINS), np.uint16)
        return np.memmap(
            self.path,
            np.dtype("<u2"),
            "r",
            self.place + self.n_entries * ENTRY.itemsize,
            (self.n_signed, N_BINS),
        )

    def _read(self, begin: int, kind: np.dtype[Any], n_items: int) -> npt.NDArray[Any]:
        return np.fromfile(self.path, kind, n_items, offset=self.place + begin)


def write_table(
    file: BinaryIO, path: Path, entries: Entries, rows: Signatures
) -> Table:
    """Writes a table at the end of an open file."""
    table = Table(path, file.tell(), len(entries), len(rows))
    file.write(entries.tobytes())
    file.write(np.ascontiguousarray(rows, "<u2").data)
    file.write(band_keys(rows).data)
    return table


def band_keys(rows: Signatures) -> BandKeys:
    """The key of each signature in each band, in the shape (bands, rows)."""
    keys = np.empty((N_BANDS, len(rows)), "<u4")
    for start in range(0, len(rows), _CHUNK):
        part = slice(start, start + _CHUNK)
        columns = rows[part].T.astype(np.uint32, order="C")
        own = columns[0::N_ROWS]
        for row, multiplier in enumerate(_MULTIPLIERS, 1):
            own *= multiplier
            own ^= own >> np.uint32(15)
            if row < N_ROWS:
                own ^= columns[row::N_ROWS]
        keys[:, part] = own
    return keys


def has_signature(entries: Entries) -> npt.NDArray[np.bool_]:
    """Which entries are long enough for near duplicates."""
    return np.asarray(entries["n_codes"] >= MIN_CODES)


def all_entries(tables: Iterable[Table]) -> Entries:
    """The entries of all these tables."""
    return np.concatenate([np.zeros(0, ENTRY), *(table.entries for table in tables)])
