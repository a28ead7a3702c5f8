"""Signed: the signatures of all contents, wherever they lie."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.sketch import N_BINS, Signatures
from corpuskit.dedup.tables import BandKeys, Table

Numbers = npt.NDArray[np.int64]
Whose = npt.NDArray[np.uint32]

_ROW_BYTES = N_BINS * 2


class Signed:
    """The signatures of all contents that have one; small and picklable.

    Attributes:
        n_contents: contents with a signature: those of the least numbers.
    """

    def __init__(
        self, tables: Sequence[Table], contents: Numbers, file: Path, memory: int
    ) -> None:
        """Writes down which content each signature has, and all in order if it may.

        Args:
            tables: the tables in order.
            contents: the content of each signature.
            file: scratch file for it.
            memory: bytes that mapping all signatures at once should keep to.
        """
        self.n_contents = int(contents.max(initial=-1)) + 1
        self._tables = tuple(table for table in tables if table.n_signed)
        self._n_signed = len(contents)
        self._file = file
        self._ordered = file.with_suffix(".rows")
        self._is_ordered = 0 < self.n_contents * _ROW_BYTES <= memory
        owners = np.zeros(self.n_contents, np.uint32)
        owners[contents] = np.arange(len(contents), dtype=np.uint32)
        with file.open("wb") as out:
            out.write(contents.astype(np.uint32).data)
            out.write(owners.data)
        if self._is_ordered:
            self._put_in_order(contents)

    def contents(self) -> Whose:
        """The content of each signature."""
        return np.fromfile(self._file, np.uint32, self._n_signed)

    def keys(self, bands: range, contents: Whose) -> BandKeys:
        """The keys of each content in neighbouring bands: (bands, contents).

        Args:
            bands: from the first to the last, without gaps.
            contents: what that method gives.
        """
        keys = np.empty((len(bands), self.n_contents), np.uint32)
        start = 0
        for table in self._tables:
            end = start + table.n_signed
            keys[:, contents[start:end]] = table.keys_of(bands)
            start = end
        return keys

    def take(self, contents: Numbers) -> Signatures:
        """The signatures of these contents."""
        if self._is_ordered:
            return np.asarray(self._rows("r")[contents])
        owners = np.fromfile(
            self._file, np.uint32, self.n_contents, offset=self._n_signed * 4
        )[contents]
        order = np.argsort(owners)
        ordered = owners[order]
        sizes = [table.n_signed for table in self._tables]
        starts = list(accumulate(sizes, initial=0))
        bounds = np.searchsorted(ordered, starts).tolist()
        rows = np.empty((len(owners), N_BINS), np.uint16)
        # One table is mapped at a time: what is mapped counts as memory.
        for number, table in enumerate(self._tables):
            part = slice(bounds[number], bounds[number + 1])
            if part.start < part.stop:
                found = table.signatures()[ordered[part] - np.uint32(starts[number])]
                rows[order[part]] = found
        return rows

    def _rows(self, mode: str) -> "np.memmap[tuple[int, int], np.dtype[np.uint16]]":
        shape = (self.n_contents, N_BINS)
        return np.memmap(self._ordered, np.uint16, mode, shape=shape)  # type: ignore[call-overload,no-any-return]

    def _put_in_order(self, contents: Numbers) -> None:
        rows, start = self._rows("w+"), 0
        for table in self._tables:
            end = start + table.n_signed
            rows[contents[start:end]] = table.signatures()
            start = end
