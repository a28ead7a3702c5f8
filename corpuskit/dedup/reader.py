"""Reads key texts and ids back from the scratch files of all splits."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.keys import Keys
from corpuskit.dedup.tables import Entries
from corpuskit.errors import ReadError

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """Where some key texts lie; small and picklable.

    Attributes:
        paths: the file of each split.
        splits: the split of each text.
        places: where it begins in its file, in bytes.
        counts: how many codes it has.
    """

    paths: tuple[Path, ...]
    splits: Numbers
    places: Numbers
    counts: Numbers

    def read(self) -> Keys:
        """The key texts, in this order."""
        codes = np.empty(int(self.counts.sum()), np.uint16)
        _read_into(codes, self.paths, self.splits, self.places, self.counts * 2)
        return Keys(codes, self.counts)


def read_ids(paths: Sequence[Path], splits: Numbers, entries: Entries) -> list[str]:
    """The ids of these entries, in their order.

    Args:
        paths: the file of each split.
        splits: the split of each entry.
        entries: whose ids to read.
    """
    sizes = entries["id_size"]
    data = np.empty(int(sizes.sum()), np.uint8)
    _read_into(data, paths, splits, entries["id_at"], sizes)
    joined, ends = data.tobytes(), np.cumsum(sizes).tolist()
    spans = pairwise([0, *ends])
    if joined.isascii():
        text = joined.decode("ascii")
        return [text[begin:end] for begin, end in spans]
    return [joined[begin:end].decode("utf-8", "surrogatepass") for begin, end in spans]


def _read_into(
    target: npt.NDArray[np.uint16] | npt.NDArray[np.uint8],
    paths: Sequence[Path],
    splits: Numbers,
    places: Numbers,
    sizes: Numbers,
) -> None:
    """Reads pieces of files one after the other into an array."""
    view = memoryview(target.view(np.uint8).data) if target.size else memoryview(b"")
    order = np.lexsort((places, splits))
    order = order[sizes[order] > 0]
    ordered = splits[order]
    bounds = np.flatnonzero(np.diff(ordered, prepend=-1)).tolist()
    ends = np.cumsum(sizes)
    rows = list(
        zip(
            places[order].tolist(),
            (ends - sizes)[order].tolist(),
            ends[order].tolist(),
            strict=True,
        )
    )
    for first, last in pairwise([*bounds, len(rows)]):
        with paths[ordered[first]].open("rb", buffering=0) as file:
            for place, begin, end in rows[first:last]:
                file.seek(place)
                if file.readinto(view[begin:end]) != end - begin:
                    raise ReadError(f"{file.name}: shorter than it was", rule="io")
