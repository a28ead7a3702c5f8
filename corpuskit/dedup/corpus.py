"""All splits together: distinct contents, and which documents have each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.reader import Texts, read_ids
from corpuskit.dedup.signed import Signed
from corpuskit.dedup.summary import Summary
from corpuskit.dedup.tables import Entries, Table, all_entries, has_signature

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of all splits and their distinct contents.

    Contents are numbered from the longest to the shortest key text and by their hash:
    the same numbers for any order of the documents.

    Attributes:
        entries: the documents that may be duplicates, in input order.
        splits: the split of each of them.
        contents: the content of each of them.
        owners: one document for each content.
        paths: the file of texts and ids of each split.
        tables: the tables of all splits.
    """

    entries: Entries
    splits: Numbers
    contents: Numbers
    owners: Numbers
    paths: tuple[Path, ...]
    tables: tuple[Table, ...]

    @property
    def n_contents(self) -> int:
        """How many distinct contents there are."""
        return len(self.owners)

    @property
    def n_splits(self) -> int:
        """How many splits there are."""
        return len(self.paths)

    def read_ids(self, documents: Numbers) -> list[str]:
        """The ids of these documents."""
        return read_ids(self.paths, self.splits[documents], self.entries[documents])

    def texts(self, contents: Numbers) -> Texts:
        """Where the key texts of these contents lie."""
        owners = self.owners[contents]
        entries = self.entries[owners]
        return Texts(
            self.paths, self.splits[owners], entries["codes_at"], entries["n_codes"]
        )

    def signed(self, file: Path, memory: int) -> Signed:
        """The signatures of the contents, with scratch files for their order."""
        contents = self.contents[has_signature(self.entries)]
        return Signed(self.tables, contents, file, memory)


def gather(summaries: Sequence[Summary]) -> Corpus:
    """The documents of all splits, in the order of the splits."""
    tables = tuple(table for summary in summaries for table in summary.tables)
    entries = all_entries(tables)
    sizes = [summary.n_entries for summary in summaries]
    order = _by_content(entries)
    content = entries["content"][order]
    changes = np.ones(len(order), np.bool_)
    changes[1:] = (content[1:] != content[:-1]).any(axis=1)
    contents = np.empty(len(order), np.int64)
    contents[order] = np.cumsum(changes) - 1
    return Corpus(
        entries,
        np.repeat(np.arange(len(sizes)), sizes),
        contents,
        order[changes],
        tuple(summary.path for summary in summaries),
        tables,
    )


def _by_content(entries: Entries) -> Numbers:
    """The order of the longest first, then by their hash, then as they came."""
    low, high = entries["content"].T
    sizes = entries["n_codes"]
    # Length and hash in one number sort much faster; equal ones are told apart after.
    rank = np.uint64(0xFFFFFFFF) - np.minimum(sizes, 0xFFFFFFFF).astype(np.uint64)
    order = np.argsort(rank << np.uint64(32) | low >> np.uint64(32), kind="stable")
    low, high, sizes = low[order], high[order], sizes[order]
    near = (low[1:] >> np.uint64(32) == low[:-1] >> np.uint64(32)) & (
        sizes[1:] == sizes[:-1]
    )
    if not (near & ((low[1:] != low[:-1]) | (high[1:] != high[:-1]))).any():
        return order
    return order[np.lexsort((high, low, -sizes))]
