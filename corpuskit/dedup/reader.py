"""Reads key texts and ids back from the scratch files of all splits."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from corpuskit.dedup.keys import Codes
from corpuskit.dedup.summary import Entries


def read_codes(
    paths: Sequence[Path], splits: np.ndarray, entries: Entries
) -> list[Codes]:
    """The key texts of these entries, in their order.

    Args:
        paths: the scratch file of each split.
        splits: the split of each entry.
        entries: which texts to read.
    """
    sizes = entries["n_codes"] * 2
    data = _read(paths, splits, entries["codes_at"], sizes)
    return [np.frombuffer(part, np.uint16) for part in data]


def read_ids(paths: Sequence[Path], splits: np.ndarray, entries: Entries) -> list[str]:
    """The ids of these entries, in their order."""
    data = _read(paths, splits, entries["id_at"], entries["id_size"])
    return [part.decode("utf-8", "surrogatepass") for part in data]


def _read(
    paths: Sequence[Path], splits: np.ndarray, places: np.ndarray, sizes: np.ndarray
) -> list[bytes]:
    parts = [b""] * len(splits)
    order = np.lexsort((places, splits))
    ordered = splits[order]
    bounds = np.flatnonzero(np.diff(ordered, prepend=-1)).tolist()
    rows, starts, lengths = (
        order.tolist(),
        places[order].tolist(),
        sizes[order].tolist(),
    )
    for begin, end in pairwise([*bounds, len(rows)]):
        with paths[ordered[begin]].open("rb", buffering=0) as file:
            for row in range(begin, end):
                file.seek(starts[row])
                parts[rows[row]] = file.read(lengths[row])
    return parts
