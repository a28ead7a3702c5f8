"""Substrings: any run of N characters that stands in a corpus before.

Each run of N characters has a 64-bit fingerprint, made of those of its halves; equal
ones are found by sorting, a part of all fingerprints at a time, and what they say is
the same is compared character by character before anything is cut. Nothing that is
N characters long is missed, but for two different runs with one fingerprint, whose
copies then stay. A suffix array gives the same; it takes 14 bytes of memory for each
byte of the corpus, all at once, where this keeps to a bound.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.cuts import CutOptions, Cuts, Spans
from corpuskit.document import Document

Numbers = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]
Prints = npt.NDArray[np.uint64]
Marked = npt.NDArray[np.bool_]

_A, _B = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_CHUNK = 1 << 16
# Bytes that a fingerprint takes while those of its part are sorted, and a repeat.
_PRINT_BYTES, _REPEAT_BYTES = 72, 96


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


@dataclass(frozen=True, slots=True)
class _Run:
    """A sorted run of repeats on disk: so many places, then where each is first."""

    path: Path
    size: int


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
    if not summaries:
        return Cuts([])
    every = _Every([*reference, *summaries], options.least)
    n_parts = 1 + every.n_points * _PRINT_BYTES // options.memory
    begin = int(every.starts[len(reference)])
    runs = [every.write_repeats(part, n_parts, begin) for part in range(n_parts)]
    step = max(options.memory // _REPEAT_BYTES, _CHUNK)
    spans = [np.zeros((0, 2), np.int64)]
    for start in range(begin, every.n_points, step):
        spans.append(every.spans(_merged(runs, start, start + step)))
    joined = _joined_spans(np.concatenate(spans))
    numbers = range(len(reference), len(every.summaries))
    return Cuts([every.spans_of(number, joined) for number in numbers])


class _Every:
    """The texts of all splits, one after the other in one file."""

    def __init__(self, summaries: Sequence[TextSummary], least: int) -> None:
        self.summaries, self._least = summaries, least
        totals = [int(summary.sizes.sum()) for summary in summaries]
        self.starts = np.concatenate([[0], np.cumsum(totals, dtype=np.int64)])
        self.n_points = int(self.starts[-1])
        self._path = summaries[-1].path.with_suffix(".all")
        with self._path.open("wb") as file:
            for summary in summaries:
                with summary.path.open("rb") as own:
                    shutil.copyfileobj(own, file, 1 << 20)

    def write_repeats(self, part: int, n_parts: int, begin: int) -> _Run:
        """Writes down where runs begin that stand before, and where each is first.

        Args:
            part: the fingerprints to look at,
            n_parts: of so many parts.
            begin: what begins before is not written.
        """
        prints, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        for place, found in self._prints():
            own = np.flatnonzero((found >> np.uint64(20)) % np.uint64(n_parts) == part)
            prints.append(found[own])
            places.append(place[own])
        later, first = _repeats(np.concatenate(prints), np.concatenate(places))
        is_new = later >= begin
        later, first = later[is_new], first[is_new]
        order = np.argsort(later)
        run = _Run(self._path.with_suffix(f".{part}"), len(order))
        with run.path.open("wb") as file:
            file.write(later[order].data)
            file.write(first[order].data)
        return run

    def spans(self, repeats: tuple[Numbers, Numbers]) -> Numbers:
        """Begins and ends of stretches that are copies of what stands before.

        What a stretch is a copy of stays whole, even where the two overlap.
        """
        later, first = repeats
        if not len(later):
            return np.zeros((0, 2), np.int64)
        together = (np.diff(later, prepend=-2) == 1) & (np.diff(first, prepend=-2) == 1)
        heads = np.flatnonzero(~together)
        points = np.memmap(self._path, "<u4", "r")
        same = points[later + self._least - 1] == points[first + self._least - 1]
        same[heads] &= self._same(points, later[heads], first[heads])
        good = np.logical_and.reduceat(same, heads)
        lasts = np.append(heads[1:], len(later)) - 1
        begins = np.maximum(later[heads], first[heads] + self._least)
        return np.stack([begins, later[lasts] + self._least], axis=1)[good]

    def spans_of(self, number: int, spans: Numbers) -> dict[int, Spans]:
        """The spans of the documents of a split, by position."""
        summary, start = self.summaries[number], int(self.starts[number])
        first, last = np.searchsorted(spans[:, 0], self.starts[number : number + 2])
        own = spans[first:last]
        ends = start + np.cumsum(summary.sizes)
        rows = np.searchsorted(ends, own[:, 0], side="right")
        own = own - (ends - summary.sizes)[rows, None]
        found: dict[int, list[tuple[int, int]]] = {}
        for position, (begin, end) in zip(
            summary.positions[rows].tolist(), own.tolist(), strict=True
        ):
            found.setdefault(position, []).append((begin, end))
        return {position: tuple(spans) for position, spans in found.items()}

    def _same(self, points: Points, later: Numbers, first: Numbers) -> Marked:
        """Which whole runs are the same, character by character."""
        same = np.zeros(len(later), np.bool_)
        inside = np.arange(self._least)
        step = max(_CHUNK // self._least, 1)
        for start in range(0, len(later), step):
            part = slice(start, start + step)
            left = points[later[part, None] + inside]
            same[part] = (left == points[first[part, None] + inside]).all(axis=1)
        return same

    def _prints(self) -> Iterator[tuple[Numbers, Prints]]:
        """Places and fingerprints of all runs within one document, chunk by chunk."""
        sizes = np.concatenate([summary.sizes for summary in self.summaries])
        ends = np.cumsum(sizes)
        for first in range(0, self.n_points, _CHUNK):
            n_read = min(_CHUNK + self._least - 1, self.n_points - first)
            points = np.fromfile(self._path, "<u4", n_read, offset=first * 4)
            prints = _fingerprints(points, self._least)
            places = first + np.arange(len(prints))
            inside = ends[np.searchsorted(ends, places, side="right")]
            whole = np.flatnonzero(places + self._least <= inside)
            yield places[whole], prints[whole]


def _merged(runs: Sequence[_Run], begin: int, end: int) -> tuple[Numbers, Numbers]:
    """The repeats of all runs that begin in a range, in order."""
    parts = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for run in runs:
        if run.size:
            later, first = np.memmap(run.path, np.int64, "r", shape=(2, run.size))
            low, high = np.searchsorted(later, [begin, end])
            parts.append((np.array(later[low:high]), np.array(first[low:high])))
    later, first = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(later)
    return later[order], first[order]


def _joined_spans(spans: Numbers) -> Numbers:
    """The spans in order, those that overlap as one."""
    if not len(spans):
        return spans
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    ends = np.maximum.accumulate(spans[:, 1])
    is_new = np.append(True, spans[1:, 0] >= ends[:-1])
    lasts = np.append(np.flatnonzero(is_new)[1:], len(spans)) - 1
    return np.stack([spans[is_new, 0], ends[lasts]], axis=1)


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
    order = np.argsort(prints, kind="stable")
    ordered = prints[order]
    later = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    del ordered
    # A group of equal prints is a run of such rows; what is before it is its first.
    is_head = np.diff(later, prepend=-1) > 1
    firsts = (later[is_head] - 1)[np.cumsum(is_head) - 1]
    return places[order[later]], places[order[firsts]]
