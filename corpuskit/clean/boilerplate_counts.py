"""Which lines stand at the same end of enough pages of a site, counted with numpy."""

from array import array
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from corpuskit.clean.boilerplate import COLUMNS, HEAD, MIN_PAGES, MIN_SHARE, TAIL

Hashes = npt.NDArray[np.uint64]

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_TAIL_SALT: Final = np.uint64(0xC2B2AE3D27D4EB4F)


def count_lines(hashes: Sequence["array[int]"]) -> list[bytes]:
    """What to cut for the edges of each split: a byte a document.

    It is 0 where a site has too few pages, else 1 + `TAIL` * head + tail lines.
    """
    joined = np.concatenate([np.frombuffer(one, np.uint64) for one in hashes])
    rows = joined.reshape(-1, COLUMNS)
    looked_at = np.flatnonzero(rows[:, 0])
    codes = np.zeros(len(rows), np.uint8)
    rows = rows[looked_at]
    n_pages, first = _count_pages(rows)
    enough = n_pages >= MIN_PAGES
    keys = _line_keys(rows)
    repeated = _repeated(keys[first & enough], n_pages[first & enough])
    hits = np.isin(keys, repeated)
    cuts = 1 + TAIL * _run(hits[:, :HEAD]) + _run(hits[:, HEAD:])
    codes[looked_at] = np.where(enough, cuts, 0)
    ends = np.cumsum([len(one) // COLUMNS for one in hashes])
    return [part.tobytes() for part in np.split(codes, ends[:-1])]


def _count_pages(rows: Hashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Different pages of each row's site, and whether a row is the first of its kind.

    Pages with the same line in the middle are versions of one page and count once.
    """
    _, site = np.unique(rows[:, 0], return_inverse=True)
    first = np.zeros(len(rows), bool)
    first[np.unique(rows[:, 0] * _MIX ^ rows[:, 1], return_index=True)[1]] = True
    counts = np.bincount(site[first], minlength=int(site.max(initial=0)) + 1)
    return counts[site], first


def _line_keys(rows: Hashes) -> Hashes:
    """The lines of each row as keys that differ by site and end; 0 where missing."""
    lines = rows[:, 2:].copy()
    lines[:, HEAD:] ^= _TAIL_SALT
    keys: Hashes = lines ^ (rows[:, :1] * _MIX)
    keys[rows[:, 2:] == 0] = 0
    return keys


def _repeated(keys: Hashes, n_pages: npt.NDArray[np.int64]) -> Hashes:
    """The keys of lines that stand on enough pages of their site."""
    once = np.sort(keys, axis=1)
    once[:, 1:][once[:, 1:] == once[:, :-1]] = 0
    pages = np.repeat(n_pages, once.shape[1]).reshape(once.shape)[once != 0]
    found, index, counts = np.unique(
        once[once != 0], return_index=True, return_counts=True
    )
    enough: Hashes = found[(counts >= MIN_PAGES) & (counts >= MIN_SHARE * pages[index])]
    return enough


def _run(hits: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Length of the run of hits from the start; 0 where all that was seen is one."""
    runs = np.cumprod(hits, axis=1).sum(axis=1)
    return np.where(runs == hits.shape[1], 0, runs)
