"""Substrings: any run of N characters that stands in a corpus before.

Each run of N characters has a 64-bit fingerprint, made of those of its halves; equal
ones are found by sorting, a part of all fingerprints at a time, and what they say is
the same is compared character by character before anything is cut. Nothing that is
N characters long is missed, but for two different runs with one fingerprint, whose
copies then stay. A suffix array gives the same and takes 5 to 9 bytes a character of
memory for all the corpus at once; here only the part does, whatever the corpus has.
"""

import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.cuts import CutOptions, Cuts, Spans
from corpuskit.document import Document

Numbers = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]
Prints = npt.NDArray[np.uint64]

_A, _B = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_CHUNK = 1 << 16
# Bytes that a fingerprint takes while those of its part are sorted.
_PRINT_BYTES = 40


@dataclass(frozen=True, slots=True)
class TextSummary:
    """The texts of a split in a scratch file, as code points.

    Attributes:
        path: the file.
        positions: of the documents in the split; dropped ones have no text.
        sizes: how many code points each has.
    """

    path: Path
    positions: Numbers
    sizes: Numbers


def summarize_texts(documents: Iterable[Document], scratch: Path) -> TextSummary:
    """Puts the texts of one split aside."""
    positions, sizes = [], []
    with tempfile.NamedTemporaryFile(
        suffix=".points", dir=scratch, delete=False
    ) as file:
        for position, document in enumerate(documents):
            if document.keep and document.text:
                file.write(document.text.encode("utf-32-le", "surrogatepass"))
                positions.append(position)
                sizes.append(len(document.text))
    return TextSummary(
        Path(file.name), np.array(positions, np.int64), np.array(sizes, np.int64)
    )


def find_substrings(
    summaries: Sequence[TextSummary],
    reference: Sequence[TextSummary],
    options: CutOptions,
) -> Cuts:
    """All stretches that stand before, in the order of the splits.

    Args:
        summaries: of the splits in order.
        reference: of splits that come before them and are not cut.
        options: the least length; the result does not depend on the memory.
    """
    every = _Every([*reference, *summaries], options.least)
    n_parts = 1 + every.n_points * _PRINT_BYTES // options.memory
    parts = [every.repeats(part, n_parts) for part in range(n_parts)]
    later, first = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    is_new = later >= every.starts[len(reference)]
    later, first = later[is_new], first[is_new]
    order = np.argsort(later)
    spans = _spans(every, later[order], first[order])
    numbers = range(len(reference), len(every.summaries))
    return Cuts([every.spans_of(number, spans) for number in numbers])


class _Every:
    """The texts of all splits, one after the other."""

    def __init__(self, summaries: Sequence[TextSummary], least: int) -> None:
        self.summaries, self.least = summaries, least
        totals = [int(summary.sizes.sum()) for summary in summaries]
        self.starts = np.concatenate([[0], np.cumsum(totals, dtype=np.int64)])
        self.n_points = int(self.starts[-1])
        self._starts: list[int] = self.starts.tolist()
        self._map = lru_cache(maxsize=64)(self._mapped)

    def _mapped(self, number: int) -> Points:
        return np.asarray(np.memmap(self.summaries[number].path, "<u4", "r"))

    def repeats(self, part: int, n_parts: int) -> tuple[Numbers, Numbers]:
        """Where runs begin that stand before, and where each stands first."""
        prints, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        for place, found in self._prints():
            own = np.flatnonzero((found >> np.uint64(20)) % np.uint64(n_parts) == part)
            prints.append(found[own])
            places.append(place[own])
        return _repeats(np.concatenate(prints), np.concatenate(places))

    def points(self, place: int, size: int) -> Points:
        """So many code points of the texts."""
        number = bisect_right(self._starts, place) - 1
        begin = place - self._starts[number]
        return self._map(number)[begin : begin + size]

    def spans_of(
        self, number: int, spans: Sequence[tuple[int, int]]
    ) -> dict[int, Spans]:
        """The spans of the documents of a split, by position."""
        summary, start = self.summaries[number], int(self.starts[number])
        begins = np.array([begin for begin, _ in spans], np.int64)
        first, last = np.searchsorted(begins, self.starts[number : number + 2]).tolist()
        ends = start + np.cumsum(summary.sizes)
        found: dict[int, list[tuple[int, int]]] = {}
        for begin, end in spans[first:last]:
            row = int(np.searchsorted(ends, begin, side="right"))
            own = int(ends[row] - summary.sizes[row])
            position = int(summary.positions[row])
            found.setdefault(position, []).append((begin - own, end - own))
        return {position: tuple(own) for position, own in found.items()}

    def _prints(self) -> Iterator[tuple[Numbers, Prints]]:
        """Places and fingerprints of all runs within one document, chunk by chunk."""
        for number, summary in enumerate(self.summaries):
            start, ends = int(self.starts[number]), np.cumsum(summary.sizes)
            total = int(self.starts[number + 1]) - start
            for first in range(0, total, _CHUNK):
                size = min(_CHUNK, total - first)
                read = min(size + self.least - 1, total - first)
                prints = _fingerprints(self.points(start + first, read), self.least)
                places = first + np.arange(len(prints))
                inside = ends[np.searchsorted(ends, places, side="right")]
                whole = np.flatnonzero(places + self.least <= inside)
                yield start + places[whole], prints[whole]


def _fingerprints(points: Points, size: int) -> Prints:
    """The fingerprint of each run of so many code points."""
    prints, width = _mixed(points.astype(np.uint64) + np.uint64(1)), 1
    while width * 2 <= size:
        prints = _joined(prints, width)
        width *= 2
    return _joined(prints, size - width) if size > width else prints


def _joined(prints: Prints, step: int) -> Prints:
    """The fingerprints of two runs so far apart as those of one."""
    if len(prints) <= step:
        return prints[:0]
    return _mixed(prints[:-step] * _A + prints[step:])


def _mixed(prints: Prints) -> Prints:
    prints = prints * _B
    prints ^= prints >> np.uint64(29)
    return prints


def _repeats(prints: Prints, places: Numbers) -> tuple[Numbers, Numbers]:
    """The places of prints that stood before, and where each stood first."""
    ordered = np.sort(prints)
    common = ordered[1:][ordered[1:] == ordered[:-1]]
    common = (
        common[np.append(True, common[1:] != common[:-1])] if len(common) else common
    )
    if not len(common):
        return places[:0], places[:0]
    rows = np.searchsorted(common, prints)
    here = np.flatnonzero(common[np.minimum(rows, len(common) - 1)] == prints)
    groups, here_places = rows[here], places[here]
    order = np.argsort(groups, kind="stable")
    groups, here_places = groups[order], here_places[order]
    is_first = np.diff(groups, prepend=-1) > 0
    firsts = here_places[np.flatnonzero(is_first)][np.cumsum(is_first) - 1]
    return here_places[~is_first], firsts[~is_first]


def _spans(every: _Every, later: Numbers, first: Numbers) -> list[tuple[int, int]]:
    """Stretches that are copies of what stands before, joined where they overlap.

    What a stretch is a copy of stays whole, even where the two overlap.
    """
    spans: list[tuple[int, int]] = []
    together = (np.diff(later, prepend=-2) == 1) & (np.diff(first, prepend=-2) == 1)
    heads = np.flatnonzero(~together)
    for head, after in pairwise([*heads.tolist(), len(later)]):
        begin, source = int(later[head]), int(first[head])
        size = after - head + every.least - 1
        if not np.array_equal(every.points(source, size), every.points(begin, size)):
            continue  # two runs with one fingerprint
        end = begin + size
        begin = max(begin, source + every.least)
        if spans and begin < spans[-1][1]:
            begin = spans.pop()[0]
        spans.append((begin, end))
    return spans
