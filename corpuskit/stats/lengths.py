"""The distribution of lengths: exact while few differ, then within one percent."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

PERCENTILES: Final = (1, 5, 10, 25, 50, 75, 90, 95, 99)
MOST_VALUES: Final = 4096
"""Different lengths that are kept as they are; past that they are rounded."""

_EXACT_BITS = 7


def rounded(length: int) -> int:
    """The middle of the bin that holds a length, at most 0.8 percent from it.

    Lengths under 128 are their own bins; above, every power of two is cut into 64.
    Whole numbers throughout, so that every machine rounds alike.
    """
    shift = max(0, length.bit_length() - _EXACT_BITS)
    return (length >> shift << shift) + (1 << shift >> 1)


class Lengths:
    """Counts of lengths in bounded memory; count, least, most and mean are exact.

    Percentiles are exact up to 4,096 different lengths and within 0.8 percent beyond.
    Whether lengths get rounded depends on which ones were added alone, never on the
    order, so parts merge to what the whole would have given.
    """

    __slots__ = ("_counts", "exact", "least", "most", "n", "total")

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self.exact = True
        self.n = 0
        self.total = 0
        self.least = 0
        self.most = 0

    def add(self, length: int, times: int = 1) -> None:
        """Counts a length (zero or more)."""
        self.least = min(self.least, length) if self.n else length
        self.most = max(self.most, length)
        self.n += times
        self.total += length * times
        key = length if self.exact else rounded(length)
        self._counts[key] = self._counts.get(key, 0) + times
        if self.exact and len(self._counts) > MOST_VALUES:
            self._round()

    def update(self, other: "Lengths") -> None:
        """Adds all that another one has counted."""
        if not other.n:
            return
        self.least = min(self.least, other.least) if self.n else other.least
        self.most = max(self.most, other.most)
        self.n += other.n
        self.total += other.total
        if self.exact and not other.exact:
            self._round()
        for length, times in other._counts.items():
            key = length if self.exact else rounded(length)
            self._counts[key] = self._counts.get(key, 0) + times
        if self.exact and len(self._counts) > MOST_VALUES:
            self._round()

    def _round(self) -> None:
        self.exact = False
        counts: dict[int, int] = {}
        for length, times in self._counts.items():
            key = rounded(length)
            counts[key] = counts.get(key, 0) + times
        self._counts = counts

    @property
    def mean(self) -> float:
        """The mean length; 0.0 of nothing."""
        return self.total / self.n if self.n else 0.0

    def counts(self) -> list[tuple[int, int]]:
        """Each length with how often it came, shortest first."""
        return sorted(self._counts.items())

    def percentiles(self, percents: Sequence[int] = PERCENTILES) -> dict[int, int]:
        """Lengths that so many percent do not exceed (nearest rank); {} of nothing."""
        if not self.n:
            return {}
        counts = self.counts()
        reached = list(accumulate(times for _, times in counts))
        return {
            percent: self._within(_at(counts, reached, -(-self.n * percent // 100)))
            for percent in percents
        }

    def _within(self, length: int) -> int:
        return min(max(length, self.least), self.most)

    def histogram(self) -> list[tuple[int, int, int]]:
        """Bins (from, below, how many) with round limits 1, 2, 5, 10, 20 ..., gapless.

        The first holds only empty texts, and is there only if there are any.
        """
        bins = _round_bins(self.most)
        filled = [0] * len(bins)
        place = 0
        for length, times in self.counts():
            while bins[place][1] <= length:
                place += 1
            filled[place] += times
        used = [index for index, times in enumerate(filled) if times]
        if not used:
            return []
        return [(*bins[i], filled[i]) for i in range(used[0], used[-1] + 1)]

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON values; `counts` is what from_dict restores it from."""
        percentiles = self.percentiles()
        return {
            "exact": self.exact,
            "min": self.least,
            "max": self.most,
            "mean": round(self.mean, 2),
            "total": self.total,
            "percentiles": {f"p{key}": value for key, value in percentiles.items()},
            "counts": [list(pair) for pair in self.counts()],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Lengths":
        """What to_dict was given."""
        lengths = cls()
        pairs: Iterable[Sequence[int]] = values["counts"]
        lengths._counts = {length: times for length, times in pairs}
        lengths.exact = values["exact"]
        lengths.n = sum(lengths._counts.values())
        lengths.least, lengths.most = values["min"], values["max"]
        lengths.total = values["total"]
        return lengths

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lengths) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]  # it changes as lengths are added


def _at(counts: Sequence[tuple[int, int]], reached: Sequence[int], rank: int) -> int:
    return counts[bisect_left(reached, max(rank, 1))][0]


def _limits() -> Iterator[int]:
    yield 0
    step = 1
    while True:
        yield from (step, 2 * step, 5 * step)
        step *= 10


def _round_bins(most: int) -> list[tuple[int, int]]:
    bins: list[tuple[int, int]] = []
    limits = _limits()
    low = next(limits)
    for high in limits:
        bins.append((low, high))
        # A rounded length may lie just above the greatest one.
        if high > most + most // 64:
            break
        low = high
    return bins
