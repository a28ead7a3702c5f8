"""Compaction: many small segments of an index made one, in a new file."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from corpuskit.dedup.segment import Kept, Segment, append_segment
from corpuskit.dedup.summary import Summary

_CHUNK_BYTES = 1 << 20
# A segment is taken in with those after it that hold together half as much or more.
_FACTOR = 2


def first_to_join(sizes: Sequence[int]) -> int:
    """From which segment on all are to be one; the last one where none are.

    Each segment that stays holds more than twice of what comes after it, so there are
    few of them, and a document is written again only as often as their number doubles.

    Args:
        sizes: how many documents each segment holds.
    """
    first, total = len(sizes) - 1, sizes[-1]
    while first and sizes[first - 1] <= _FACTOR * total:
        first -= 1
        total += sizes[first]
    return first


def compact(path: Path, segments: Sequence[Segment], first: int) -> None:
    """Writes an index anew with the segments from `first` on as one.

    The new file takes the place of the old one when all of it is on disk; where the
    run is killed before, the old one stays, and the next call writes over the rest.

    Args:
        path: the index.
        segments: all of its segments.
        first: the number of the first one that is joined; the last is joined too.
    """
    begin = segments[first].begin
    new = path.with_name(f"{path.name}.new")
    try:
        with path.open("rb") as old, new.open("w+b") as file:
            _copy(old, file, begin)
            kept = [_kept(segment) for segment in segments[first:]]
            summaries = [Summary(path, 0, ()) for _ in kept]
            append_segment(file, new, begin, summaries=summaries, kept=kept)
        os.replace(new, path)  # noqa: PTH105 - replace is what must happen at once
    finally:
        new.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO, n_bytes: int) -> None:
    while n_bytes and (data := source.read(min(n_bytes, _CHUNK_BYTES))):
        target.write(data)
        n_bytes -= len(data)


def _kept(segment: Segment) -> Kept:
    """The entries of a segment, with places in the file, and their signatures."""
    entries = np.array(segment.entries())
    entries["codes_at"] += segment.codes_at
    entries["id_at"] += segment.ids_at
    return entries, segment.signatures()
