"""Contamination: runs of words that a document has in common with a test set.

A run is so many words (13 by default, as is usual for English), where one character of
a script without spaces counts as a part of a word. Case, width, marks, Unicode form and
traditional or simplified characters do not matter.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import fold
from corpuskit.document import Document

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

REASON = "dedup.contaminated"
_FIRST_WIDE = 0x2E80
_A, _B = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_INVERSE = np.uint64(pow(int(_A), -1, 1 << 64))
# Runs that more items of one set have are its own frame, such as a question's form.
_FRAME = 10
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How long a run is.

    Attributes:
        n_words: words of scripts with spaces.
        n_chars: characters of scripts without; 22 say about what 13 words say.
    """

    n_words: int = 13
    n_chars: int = 22


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a test set: its set, id, and how many runs it has."""

    set: str
    id: str
    n_runs: int


class EvalSets:
    """The runs of all items of test sets; picklable.

    Attributes:
        options: how long the runs are.
        items: the items; those shorter than a run have none.
    """

    def __init__(
        self, sets: Iterable[tuple[str, Iterable[Document]]], options: RunOptions
    ) -> None:
        self.options = options
        self.items: list[Item] = []
        hashes, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        for name, documents in sets:
            own = [
                (document.id, _runs(document.text, options)) for document in documents
            ]
            seen = Counter(h for _, runs in own for h in runs.tolist())
            frame = {run for run, n in seen.items() if n > _FRAME}
            for identity, found in own:
                runs = np.array(
                    [r for r in found.tolist() if r not in frame], np.uint64
                )
                hashes.append(runs)
                owners.append(np.full(len(runs), len(self.items)))
                self.items.append(Item(name, identity, len(runs)))
        joined = np.concatenate(hashes)
        order = np.argsort(joined, kind="stable")
        self._hashes, self._owners = joined[order], np.concatenate(owners)[order]

    def matches(self, text: str) -> dict[int, int]:
        """How many runs of which items a text has."""
        runs = _runs(text, self.options)
        if not (len(runs) and len(self._hashes)):
            return {}
        begins = np.searchsorted(self._hashes, runs)
        places = np.minimum(begins, len(self._hashes) - 1)
        here = self._hashes[places] == runs
        ends = np.searchsorted(self._hashes, runs[here], side="right")
        found: Counter[int] = Counter()
        for begin, end in zip(begins[here].tolist(), ends.tolist(), strict=True):
            found.update(self._owners[begin:end].tolist())
        return dict(sorted(found.items()))

    def check(self, document: Document) -> Document:
        """The document; dropped if it has a run of a test item, which it then names."""
        found = self.matches(document.text) if document.keep else {}
        if not found:
            return document
        ranked = sorted(found, key=lambda number: (-self.share(number, found), number))
        told = [
            {
                "set": self.items[number].set,
                "item": self.items[number].id,
                "runs": found[number],
                "share": self.share(number, found),
            }
            for number in ranked[:_MOST_TOLD]
        ]
        return document.with_extra(contaminated=told).dropped(REASON)

    def share(self, number: int, found: dict[int, int]) -> float:
        """The share of an item's runs that were found, 0 to 1."""
        return round(found[number] / max(self.items[number].n_runs, 1), 4)


def _runs(text: str, options: RunOptions) -> Hashes:
    """The hashes of all runs of a text, each once, sorted."""
    words, weights = _words(fold(text), options)
    # A run begins at each word and ends where enough has come together.
    weight = np.concatenate([[0], np.cumsum(weights)])
    needed = options.n_words * options.n_chars
    ends = np.searchsorted(weight, weight[:-1] + needed)
    begins = np.flatnonzero(ends < len(weight))
    ends = ends[begins]
    terms = words * _powers(_A, len(words))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(terms)])
    hashes = (sums[ends] - sums[begins]) * _powers(_INVERSE, len(words))[begins]
    return np.unique(_mixed(_mixed(hashes) + (ends - begins).astype(np.uint64)))


def _words(
    codes: npt.NDArray[np.uint16], options: RunOptions
) -> tuple[Hashes, Numbers]:
    """The hash of each word, and its weight: n_chars a word, n_words a character."""
    letters = np.concatenate([[False], codes > 0])
    wide = np.concatenate([[False], codes >= _FIRST_WIDE])
    begins = letters[1:] & (wide[1:] | wide[:-1] | ~letters[:-1])
    starts = np.flatnonzero(begins)
    if not len(starts):
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    lead = np.zeros(len(codes), np.int64)
    lead[starts] = starts
    inside = np.arange(len(codes)) - np.maximum.accumulate(lead)
    mixed = _mixed(codes.astype(np.uint64)) * (codes > 0)
    mixed *= _powers(_B, int(inside.max()) + 1)[inside]
    words = _mixed(np.add.reduceat(mixed, starts))
    return words, np.where(wide[1:][starts], options.n_words, options.n_chars)


def _powers(base: np.uint64, size: int) -> Hashes:
    """The powers of a number modulo 2 to the 64th, from 0 on."""
    factors = np.full(size, base)
    factors[:1] = 1
    return np.multiply.accumulate(factors)


def _mixed(hashes: Hashes) -> Hashes:
    hashes = hashes * _B
    hashes ^= hashes >> np.uint64(29)
    hashes *= _A
    hashes ^= hashes >> np.uint64(32)
    return hashes
