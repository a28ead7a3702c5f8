"""Verified links: each candidate pair is compared by its whole texts."""

from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import Pairs, candidates
from corpuskit.dedup.compare import Likeness, compare
from corpuskit.dedup.corpus import Corpus
from corpuskit.dedup.groups import connect
from corpuskit.dedup.options import DedupOptions

Numbers = npt.NDArray[np.int64]

_BATCH_CODES = 1 << 19
_LEAST = 0.1


def link(corpus: Corpus, options: DedupOptions, pool: Executor) -> Pairs:
    """Pairs of contents that are near duplicates.

    Pairs that earlier ones have already joined are left out.
    """
    pairs = candidates(corpus.signatures(), _LEAST, pool)
    _, first = np.unique(pairs[:, 1], return_index=True)
    is_first = np.zeros(len(pairs), np.bool_)
    is_first[first] = True
    linked = _accepted(corpus, pairs[is_first], options, pool)
    labels = connect(np.arange(corpus.n_contents), linked)
    rest = pairs[~is_first]
    rest = rest[labels[rest[:, 0]] != labels[rest[:, 1]]]
    return np.concatenate([linked, _accepted(corpus, rest, options, pool)])


def similarities(
    corpus: Corpus, left: Numbers, right: Numbers
) -> npt.NDArray[np.float64]:
    """How alike the contents of one list are to those of the other, 0 to 1."""
    values = np.ones(len(left))
    apart = np.flatnonzero(left != right)
    pairs = np.stack([left[apart], right[apart]], axis=1)
    done = 0
    for batch in _batches(corpus, pairs):
        likeness = _compare(corpus, batch)
        values[apart[done : done + len(batch)]] = likeness.jaccard
        done += len(batch)
    return values


def _accepted(
    corpus: Corpus, pairs: Pairs, options: DedupOptions, pool: Executor
) -> Pairs:
    def keep(batch: Pairs) -> Pairs:
        return batch[_is_near(_compare(corpus, batch), options)]

    kept = list(pool.map(keep, _batches(corpus, pairs)))
    return np.concatenate(kept) if kept else pairs[:0]


def _is_near(likeness: Likeness, options: DedupOptions) -> npt.NDArray[np.bool_]:
    return np.asarray(
        (likeness.jaccard >= options.threshold)
        | (likeness.containment >= options.containment)
    )


def _compare(corpus: Corpus, batch: Pairs) -> Likeness:
    contents, places = np.unique(batch, return_inverse=True)
    return compare(places.reshape(batch.shape), corpus.read_codes(contents))


def _batches(corpus: Corpus, pairs: Pairs) -> list[Pairs]:
    """The pairs in runs of a bounded number of key codes."""
    sizes = corpus.entries["n_codes"][corpus.owners]
    weight = np.cumsum(sizes[pairs].sum(axis=1)) // _BATCH_CODES
    return np.split(pairs, np.flatnonzero(np.diff(weight)) + 1) if len(pairs) else []
