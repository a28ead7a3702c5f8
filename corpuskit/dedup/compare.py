"""The true likeness of pairs of texts, by all their shingles."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.candidates import Pairs
from corpuskit.dedup.keys import Codes, Keys
from corpuskit.dedup.shingles import fine_shingles

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the two texts of each pair are; both between 0 and 1.

    Attributes:
        jaccard: shared shingles over all shingles of both.
        containment: shared shingles over those of the text that has fewer.
    """

    jaccard: Shares
    containment: Shares


def compare(pairs: Pairs, texts: list[Codes]) -> Likeness:
    """The likeness of pairs of positions in a list of key texts."""
    counts = np.fromiter(map(len, texts), np.int64, len(texts))
    hashes, starts = fine_shingles(Keys(np.concatenate(texts), counts))
    tag = np.repeat(np.arange(len(texts), dtype=np.uint64), np.diff(starts))
    unique = np.unique(tag << np.uint64(32) | hashes)
    owner = (unique >> np.uint64(32)).astype(np.int64)
    sizes = np.bincount(owner, minlength=len(texts))
    begins = np.cumsum(sizes) - sizes
    hashes = unique.astype(np.uint32)
    left, right = sizes[pairs[:, 0]], sizes[pairs[:, 1]]
    both = np.concatenate(
        [
            _tagged(hashes, begins[pairs[:, 0]], left),
            _tagged(hashes, begins[pairs[:, 1]], right),
        ]
    )
    both.sort()
    hits = both[1:][both[1:] == both[:-1]] >> np.uint64(32)
    shared = np.bincount(hits.astype(np.int64), minlength=len(pairs))
    return Likeness(
        shared / np.maximum(left + right - shared, 1),
        shared / np.maximum(np.minimum(left, right), 1),
    )


def _tagged(
    hashes: npt.NDArray[np.uint32],
    begins: npt.NDArray[np.int64],
    sizes: npt.NDArray[np.int64],
) -> npt.NDArray[np.uint64]:
    """The hashes of each pair's text, each marked with the number of its pair."""
    pair = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    tagged = pair.astype(np.uint64) << np.uint64(32)
    tagged |= hashes[begins[pair] + within]
    return tagged
