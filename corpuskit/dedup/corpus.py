"""All splits together: distinct contents, and which documents have each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Codes
from corpuskit.dedup.reader import read_codes, read_ids
from corpuskit.dedup.sketch import N_BINS, Signatures
from corpuskit.dedup.summary import (
    ENTRY,
    Entries,
    Summary,
    has_signature,
    read_signatures,
)

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
        paths: the scratch file of each split.
        summaries: what the splits said.
    """

    entries: Entries
    splits: Numbers
    contents: Numbers
    owners: Numbers
    paths: tuple[Path, ...]
    summaries: tuple[Summary, ...]

    @property
    def n_contents(self) -> int:
        """How many distinct contents there are."""
        return len(self.owners)

    @property
    def n_splits(self) -> int:
        """How many splits there are."""
        return len(self.summaries)

    def read_ids(self, documents: Numbers) -> list[str]:
        """The ids of these documents."""
        return read_ids(self.paths, self.splits[documents], self.entries[documents])

    def read_codes(self, contents: Numbers) -> list[Codes]:
        """The key texts of these contents."""
        owners = self.owners[contents]
        return read_codes(self.paths, self.splits[owners], self.entries[owners])

    def n_signed(self) -> int:
        """How many contents have a signature: the first ones, being the longest."""
        return int(np.count_nonzero(has_signature(self.entries[self.owners])))

    def signatures(self) -> Signatures:
        """One row for each content that is long enough to have one."""
        rows = np.empty((self.n_signed(), N_BINS), np.uint16)
        signed = has_signature(self.entries)
        start = 0
        for summary in self.summaries:
            end = start + len(summary.entries)
            places = self.contents[start:end][signed[start:end]]
            done = 0
            for block in read_signatures(summary):
                part = slice(done, done + len(block))
                done += len(block)
                rows[places[part]] = block
            start = end
        return rows


def gather(summaries: Sequence[Summary]) -> Corpus:
    """The documents of all splits, in the order of the splits."""
    nothing = np.zeros(0, ENTRY)
    entries = np.concatenate([nothing, *(summary.entries for summary in summaries)])
    sizes = [len(summary.entries) for summary in summaries]
    low, high = entries["content"][:, 0], entries["content"][:, 1]
    order = np.lexsort((high, low, -entries["n_codes"]))
    low, high = low[order], high[order]
    changes = np.ones(len(order), np.bool_)
    changes[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    contents = np.empty(len(order), np.int64)
    contents[order] = np.cumsum(changes) - 1
    return Corpus(
        entries,
        np.repeat(np.arange(len(sizes)), sizes),
        contents,
        order[changes],
        tuple(summary.path for summary in summaries),
        tuple(summaries),
    )
