"""Index: the kept documents of earlier runs in one file, to compare new ones with.

The file begins with one line of text that names the format and its version, filled up
with spaces to 64 bytes. Then come segments, one for each call of `add`. All numbers are
little-endian; every section is filled up with zeros to a multiple of 8 bytes. A segment
has

- a head: `CKHEAD02`, then as 64-bit numbers how many entries and how many signatures,
  the sizes of the nine sections, and a CRC-32 of all that;
- entries, 88 bytes a document (`tables.ENTRY`; places of codes and ids are counted from
  the begin of those sections);
- the first 8 bytes of the content hashes, sorted, and the entry of each (32 bits);
- the entry of each signature (32 bits): texts of 64 key codes and more have one;
- the 64 bands, one after the other: the keys (32 bits) of all signatures, sorted; then
  for each band the signatures that they are of (32 bits);
- the signatures: 192 numbers of 16 bits each;
- the key codes of all documents (16 bits); their ids in UTF-8;
- a tail: `CKTAIL02` and a CRC-32 of the sections.

A segment is written and synced before its tail is: a run that is killed leaves an
index that opens with its last good state, and the next `add` writes over the rest.
Where there are more than 16 segments the small ones are made one, in a new file that
takes the place of the old one when it is whole.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from corpuskit.dedup.compaction import compact, first_to_join
from corpuskit.dedup.lookup import Batch
from corpuskit.dedup.marks import Marks
from corpuskit.dedup.options import DedupOptions
from corpuskit.dedup.segment import (
    Kept,
    Segment,
    append_segment,
    blocks_of,
    read_segment,
    texts_of,
)
from corpuskit.dedup.sketch import N_BINS
from corpuskit.dedup.summary import Summary, signatures
from corpuskit.dedup.tables import (
    N_BANDS,
    all_entries,
    has_signature,
    write_table,
)
from corpuskit.errors import OutputError, ReadError

FORMAT = "corpuskit-index/2"
_MOST_SEGMENTS = 16
_FIRST_LINE = f"{FORMAT} bins={N_BINS} bands={N_BANDS}".ljust(63).encode() + b"\n"


class Index:
    """The kept documents of earlier runs; not for two writers at a time.

    Raises:
        ReadError: the file is no index, or one of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._segments: list[Segment] = []
        self._end = 0
        if path.exists():
            with path.open("rb") as file:
                self._segments, self._end = _open(file, path)

    @property
    def n_documents(self) -> int:
        """How many documents the index holds."""
        return sum(segment.n_entries for segment in self._segments)

    def check(self) -> None:
        """Reads everything and compares it with its checksums.

        Raises:
            ReadError: a segment is damaged.
        """
        if not all(segment.is_whole() for segment in self._segments):
            raise ReadError(f"{self.path}: damaged index", rule="truncated")

    def relevant(
        self, summaries: Sequence[Summary], options: DedupOptions | None = None
    ) -> list[Summary]:
        """Summaries of the documents that something in a batch may be a copy of.

        Args:
            summaries: the batch, as the survey summed it up; more scratch files go
                beside theirs.
            options: those of the survey.
        """
        if not (self._segments and summaries):
            return []
        batch = Batch(summaries, (options or DedupOptions()).threshold)
        path = summaries[0].path.with_suffix(".known")
        with path.open("wb") as file:
            return [_pick(file, path, one, batch) for one in self._segments]

    def add(self, summaries: Sequence[Summary], marks: Marks) -> int:
        """Adds the documents that the marks leave; gives how many.

        Raises:
            OutputError: the file cannot be written.
        """
        kept = [_kept(summary, marks, at) for at, summary in enumerate(summaries)]
        n_added = sum(len(entries) for entries, _ in kept)
        if not n_added:
            return 0
        try:
            with self.path.open("r+b" if self.path.exists() else "w+b") as file:
                if not self._end:
                    file.write(_FIRST_LINE)
                    self._end = len(_FIRST_LINE)
                segment = append_segment(
                    file, self.path, self._end, summaries=summaries, kept=kept
                )
            self._segments.append(segment)
            self._end = segment.end
            self._join_small()
        except OSError as error:
            raise OutputError(f"{self.path}: {error.strerror}") from error
        return n_added

    def _join_small(self) -> None:
        """Makes one of the small segments, where there are many."""
        if len(self._segments) <= _MOST_SEGMENTS:
            return
        first = first_to_join([segment.n_entries for segment in self._segments])
        if first < len(self._segments) - 1:
            compact(self.path, self._segments, first)
            with self.path.open("rb") as file:
                self._segments, self._end = _open(file, self.path)


def _open(file: BinaryIO, path: Path) -> tuple[list[Segment], int]:
    """The whole segments of an index, and where the last one ends."""
    line = file.read(len(_FIRST_LINE))
    if _FIRST_LINE.startswith(line) and len(line) < len(_FIRST_LINE):
        return [], 0
    if line != _FIRST_LINE:
        raise ReadError(
            f"{path}: no index of the version {FORMAT}: make a new one", rule="version"
        )
    segments: list[Segment] = []
    end = len(_FIRST_LINE)
    while (segment := read_segment(file, path, end)) is not None:
        segments.append(segment)
        end = segment.end
    return segments, end


def _pick(file: BinaryIO, path: Path, segment: Segment, batch: Batch) -> Summary:
    """A summary of the documents of a segment that the batch may be copies of."""
    alike = segment.signed()[batch.likely(segment)]
    chosen = np.union1d(batch.same(segment), alike)
    entries = np.array(segment.entries()[chosen])
    rows = np.searchsorted(segment.signed(), chosen[has_signature(entries)])
    entries["codes_at"] += segment.codes_at
    entries["id_at"] += segment.ids_at
    table = write_table(file, path, entries, segment.signatures()[rows])
    return Summary(segment.path, 0, (table,))


def _kept(summary: Summary, marks: Marks, split_index: int) -> Kept:
    """Entries and signatures of the documents of a split that the marks leave."""
    dropped = [at for at, mark in marks.of(split_index).items() if mark.reason]
    entries, rows = [all_entries(())], [np.zeros((0, N_BINS), np.uint16)]
    for table in summary.tables:
        own = table.entries
        stays = ~np.isin(own["position"], dropped)
        signed = has_signature(own)
        entries.append(own[stays])
        if table.n_signed:
            rows.append(np.array(table.signatures()[stays[signed]]))
        elif signed.any():
            rows += _made(summary, own[stays & signed])
    return np.concatenate(entries), np.concatenate(rows)


def _made(summary: Summary, entries: np.ndarray) -> list[np.ndarray]:
    """Signatures for a split where only exact copies were looked for."""
    return [signatures(texts_of(summary, part).read()) for part in blocks_of(entries)]
