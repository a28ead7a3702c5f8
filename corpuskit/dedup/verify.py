"""Verified links: each candidate pair is compared by its whole texts."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import Pairs, candidates
from corpuskit.dedup.compare import BREADTH, JACCARD, Shares, compare
from corpuskit.dedup.corpus import Corpus
from corpuskit.dedup.forms import LEAST_TEXTS, MOST_TEXTS, is_form
from corpuskit.dedup.groups import Labels, connect
from corpuskit.dedup.options import DedupOptions
from corpuskit.dedup.reader import Texts
from corpuskit.dedup.spread import Spread
from corpuskit.dedup.thresholds import (
    SOMEWHAT,
    asked_jaccard,
    least_likeness,
    plain_jaccard,
)

Numbers = npt.NDArray[np.int64]
Marked = npt.NDArray[np.bool_]

_BATCH_CODES = 1 << 19
# Two texts of the same frame share it and differ elsewhere: copies share everywhere.
_BREADTH = 0.8
# A text that is somewhat alike to more than so many others is a form, filled in many
# times, and no copy of any.
_FAMILY = 5
# Whether clusters are forms is asked where their texts are less alike than this; those
# of a form that are more so than the second number are copies all the same.
_LOOSE, _SURE = 0.7, 0.8
_FORM_CODES = 1 << 20


class Links:
    """Which contents are near duplicates, and how alike the compared ones are.

    Attributes:
        labels: the cluster of each content: its least member.
    """

    def __init__(self, corpus: Corpus, options: DedupOptions, spread: Spread) -> None:
        self._corpus, self._spread = corpus, spread
        self._sizes = corpus.entries["n_codes"][corpus.owners]
        self._compared: list[Pairs] = []
        self._jaccards: list[Shares] = []
        self._asked = asked_jaccard(self._sizes, options.threshold)
        self._threshold = options.threshold
        self.labels: Labels = np.arange(corpus.n_contents)

    def find(self, scratch: Path, memory: int) -> None:
        """Links all near duplicates.

        Args:
            scratch: folder for a file that the processes share.
            memory: bytes that the search for candidates should keep to.
        """
        least = least_likeness(self._sizes, self._threshold)
        signed = self._corpus.signed(scratch / "signed", memory // 2)
        pairs, seeming = candidates(signed, least, self._spread, memory)
        order = np.lexsort((-seeming, pairs[:, 1]))
        first = order[np.diff(pairs[order, 1], prepend=-1) > 0]
        rest = np.ones(len(pairs), np.bool_)
        rest[first] = False
        alike = [self._plain(pairs[first])]
        rest &= self.labels[pairs[:, 0]] != self.labels[pairs[:, 1]]
        alike.append(self._plain(pairs[rest]))
        self._link_weak(*(np.concatenate(parts) for parts in zip(*alike, strict=True)))
        self._part_forms()

    def similarities(self, left: Numbers, right: Numbers) -> Shares:
        """Jaccard of the contents of one list and those of the other."""
        values = np.ones(len(left))
        pairs = np.sort(np.stack([left, right], axis=1), axis=1)
        known = np.concatenate([np.zeros((0, 2), np.int64), *self._compared])
        shares = np.concatenate([np.zeros(0), *self._jaccards])
        order = np.argsort(_packed(known))
        known, shares = _packed(known)[order], shares[order]
        wanted = _packed(pairs)
        places = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
        is_known = known[places] == wanted if len(known) else np.zeros(len(left), bool)
        values[is_known] = shares[places[is_known]]
        missing = ~is_known & (left != right)
        values[missing] = self._compare(pairs[missing])[:, JACCARD]
        return values

    def _plain(self, pairs: Pairs) -> tuple[Pairs, Marked]:
        """Links pairs that are plainly the same.

        Returns:
            Pairs that are somewhat alike, and which of them enough to be linked.
        """
        shares = self._compare(pairs)
        jaccard = shares[:, JACCARD]
        self._compared.append(pairs)
        self._jaccards.append(jaccard)
        broad = shares[:, BREADTH] >= _BREADTH
        plain = broad & (jaccard >= plain_jaccard(self._threshold))
        self.labels = connect(self.labels, pairs[plain])
        alike = broad & ~plain & (jaccard >= SOMEWHAT)
        return pairs[alike], jaccard[alike] >= self._asked[pairs[alike, 1]]

    def _link_weak(self, pairs: Pairs, enough: Marked) -> None:
        """Links pairs that are enough alike, unless one is somewhat so to many."""
        pairs = self.labels[pairs]
        apart = pairs[:, 0] != pairs[:, 1]
        pairs, enough = np.sort(pairs[apart], axis=1), enough[apart]
        packed = np.sort(_packed(pairs))
        distinct = packed[np.diff(packed, prepend=-1) > 0]
        ends = np.concatenate([distinct >> 32, distinct & 0xFFFFFFFF])
        n_alike = np.bincount(ends, minlength=len(self.labels))
        enough &= (n_alike[pairs] <= _FAMILY).all(axis=1)
        self.labels = connect(self.labels, pairs[enough])

    def _part_forms(self) -> None:
        """Takes clusters apart that are one form, filled in many times."""
        pairs = np.concatenate([np.zeros((0, 2), np.int64), *self._compared])
        jaccards = np.concatenate([np.zeros(0), *self._jaccards])
        inside = self.labels[pairs[:, 0]] == self.labels[pairs[:, 1]]
        pairs, jaccards = pairs[inside], jaccards[inside]
        copies = connect(np.arange(len(self.labels)), pairs[jaccards >= _SURE])
        apart = copies[pairs[:, 0]] != copies[pairs[:, 1]]
        owners = self.labels[pairs[apart, 0]]
        n_pairs = np.bincount(owners, minlength=len(self.labels))
        likeness = np.bincount(owners, jaccards[apart], minlength=len(self.labels))
        texts = np.flatnonzero(copies == np.arange(len(copies)))
        n_texts = np.bincount(self.labels[texts], minlength=len(self.labels))
        asked = (n_texts >= LEAST_TEXTS) & (likeness < _LOOSE * n_pairs)
        texts = texts[asked[self.labels[texts]]]
        texts = texts[np.argsort(self.labels[texts], kind="stable")]
        bounds = np.flatnonzero(np.diff(self.labels[texts])) + 1
        is_form = np.zeros(len(self.labels), np.bool_)
        for family in np.split(texts, bounds) if len(texts) else ():
            is_form[self.labels[family[0]]] = self._is_form(family)
        self.labels = np.where(is_form[self.labels], copies, self.labels)

    def _is_form(self, family: Numbers) -> bool:
        """Whether these contents are one form, going by some of them."""
        step = -(-len(family) // MOST_TEXTS)
        some = family[::step]
        if self._sizes[some].sum() > _FORM_CODES:
            return False
        return is_form(self._corpus.texts(some).read())

    def _compare(self, pairs: Pairs) -> Shares:
        found = self._spread.map(_compare_batch, self._batches(pairs))
        return np.concatenate([np.zeros((0, 2)), *found])

    def _batches(self, pairs: Pairs) -> Iterator[tuple[Pairs, Texts]]:
        """The pairs in runs of a bounded number of key codes, with their texts."""
        weight = np.cumsum(self._sizes[pairs].sum(axis=1)) // _BATCH_CODES
        bounds = np.flatnonzero(np.diff(weight)) + 1
        for batch in np.split(pairs, bounds) if len(pairs) else ():
            contents, places = np.unique(batch, return_inverse=True)
            yield places.reshape(batch.shape), self._corpus.texts(contents)


def _compare_batch(batch: tuple[Pairs, Texts]) -> Shares:
    pairs, texts = batch
    return compare(pairs, texts.read())


def _packed(pairs: Pairs) -> Numbers:
    return pairs[:, 0] << 32 | pairs[:, 1]
