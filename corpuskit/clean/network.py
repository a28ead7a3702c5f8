"""Small neural networks over the blocks of pages, in whole numbers, run with numpy.

What they read is brought to whole numbers: logarithms of the columns of blocks and of
pages, and 64 where some columns hold a certain code, else 0. A first layer makes of
each block some hidden units. Blocks are judged by a second one, a convolution over five
blocks: it reads the units of the block, of two before and two after it, and their mean
over the page, blocks weighing their words. Pages are judged by such means. Weights are
whole numbers too, and hidden units are cut to 0 to 255, so that all sums are exact: an
answer depends neither on the machine nor on the pages beside it.

The arrays of a network that reads k inputs of blocks and c of pages, and has h hidden
units, then g: `weight` (h x k), `page_weight` (h x c), `bias` and `shrink` (h), `inner`
(6 * g x h: of five blocks in order, then of the page), `inner_bias` (g), `out` (g),
`skip` (h), and `unit` and `odds` (1): the answer is `unit` times the sum of all second
units weighed by `out` and first ones weighed by `skip`, plus `odds`, as log odds. One
that judges pages has no first layer and no `skip`, and `inner` (g x h + c) is for means
of the units of another and inputs of the page. The arrays of what is read: `scale` (d)
of the columns of blocks and `page_scale` (c) of pages, `code_of` and `code` (k - d):
the column that is asked, and for what; `more_scale` of further columns of blocks that
some networks read last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

STEPS = 16
LIMIT = 32 * STEPS
HOLDS = np.float32(4 * STEPS)
LARGEST = 255
REACH = 2
N_NEAR = 2 * REACH + 1
MOST_WORDS = 100
_MOST_STEPS = 1 << 18  # of one matrix product: OpenBLAS starts threads for larger ones
_MOST_SUMMED = 9215  # of one product with a vector, for the same reason
_MOST_EXACT = 2**24 // (LIMIT * MOST_WORDS)
_ONE = np.float32(1).view(np.int32)
_SIGN = np.float32(-0.0).view(np.int32)
_TO_STEP = 19  # of the 23 bits of a fraction 4 stay: sixteen steps from power to power

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Arrays = Mapping[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Reader:
    """What networks read of columns; scales and codes are columns (d, c and q x 1)."""

    scale: Floats
    more_scale: Floats
    page_scale: Floats
    code_of: Ints
    code: Floats

    def blocks(self, rows: Floats) -> Floats:
        """The inputs (k x n) of the columns of blocks (d x n)."""
        n_rows, n = rows.shape
        found = np.empty((n_rows + len(self.code), n), np.float32)
        to_steps(rows, self.scale, out=found[:n_rows])
        is_code = rows.take(self.code_of, axis=0) == self.code
        np.multiply(is_code, HOLDS, out=found[n_rows:])
        return found

    def more(self, rows: Floats) -> Floats:
        """The inputs of further columns of blocks, as many as there are of these."""
        found = np.empty_like(rows)
        to_steps(rows, self.more_scale, out=found)
        return found

    def pages(self, columns: Floats) -> Floats:
        """The inputs of the columns of pages (c x p)."""
        found = np.empty_like(columns)
        to_steps(columns, self.page_scale, out=found)
        return found


@dataclass(frozen=True, slots=True)
class Layer:
    """What makes hidden units of inputs, see the module; both last are columns."""

    weight: Floats
    page_weight: Floats
    bias: Floats
    shrink: Floats

    def units(self, blocks: Floats, pages: Floats, sizes: Ints) -> Floats:
        """The units of each block (h x n); pages have so many blocks."""
        found = product(self.weight, blocks)
        found += _of_blocks(self.page_weight @ pages + self.bias, sizes)
        found *= self.shrink
        np.rint(found, out=found)
        found.clip(0, LARGEST, out=found)  # twice as fast as maximum and minimum
        return found


class Hidden(NamedTuple):
    """What a first layer makes: units of blocks (h x n), means of pages (h x p)."""

    units: Floats
    means: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """A fitted network that judges blocks, see the module; `inner_bias` is a column."""

    first: Layer
    inner: Floats
    of_page: Floats
    inner_bias: Floats
    out: Doubles
    skip: Doubles
    unit: float
    odds: float

    def read(
        self, blocks: Floats, pages: Floats, weights: Floats, start: Ints
    ) -> Hidden:
        """The hidden units.

        Args:
            blocks: inputs of the n blocks of some pages (k x n).
            pages: inputs of the p pages (c x p).
            weights: of each block, by `block_weights` (n).
            start: the first block of each page, and n.
        """
        units = self.first.units(blocks, pages, start[1:] - start[:-1])
        return Hidden(units, page_means(units, weights, start))

    def score(self, hidden: Hidden, start: Ints) -> Floats:
        """The log odds of each block, from what `read` gave."""
        units, means = hidden
        parts = product(self.inner, units)
        second = around(parts.reshape(N_NEAR, -1, units.shape[1]), start)
        of_page = self.of_page @ means
        of_page += self.inner_bias
        second += _of_blocks(of_page, start[1:] - start[:-1])
        second.clip(0, np.inf, out=second)
        total = weighed(self.out, second)
        total += weighed(self.skip, units)
        return _answer(total, self.unit, self.odds)


@dataclass(frozen=True, slots=True)
class Gate:
    """A fitted network that judges pages, see the module; `inner_bias` is a column."""

    inner: Floats
    inner_bias: Floats
    out: Doubles
    unit: float
    odds: float

    def score(self, means: Floats, pages: Floats) -> Floats:
        """The log odds of each page, from means (h x p) and inputs (c x p)."""
        second = self.inner @ np.concatenate((means, pages))
        second += self.inner_bias
        second.clip(0, np.inf, out=second)
        return _answer(weighed(self.out, second), self.unit, self.odds)


def product(weights: Floats, values: Floats) -> Floats:
    """A matrix product, in parts that are quickest with one thread."""
    n, n_columns = values.shape[1], max(1, _MOST_STEPS // weights.size)
    found = np.empty((len(weights), n), np.float32)
    for first in range(0, n, n_columns):
        part = slice(first, first + n_columns)
        np.matmul(weights, values[:, part], out=found[:, part])
    return found


def weighed(weights: Doubles, values: Floats) -> Doubles:
    """The weighed sums of the columns of a matrix, by one thread."""
    n, n_columns = values.shape[1], max(1, _MOST_SUMMED // len(values))
    if n <= n_columns:
        total: Doubles = weights @ values.astype(np.float64)
        return total
    found = np.empty(n)
    for first in range(0, n, n_columns):
        part = slice(first, first + n_columns)
        np.matmul(weights, values[:, part].astype(np.float64), out=found[part])
    return found


def around(parts: Floats, start: Ints) -> Floats:
    """What each block gets from those near it on its page.

    Args:
        parts: what each block gives the second one after it, the next, itself, the one
            before and the second before (5 x g x n); overwritten.
        start: the first block of each page, and n.

    Returns:
        The sums (g x n).
    """
    found: Floats = parts[REACH]
    if len(start) > 2:
        _cut_at_ends(parts, start)
    for steps in range(1, REACH + 1):
        found[:, steps:] += parts[REACH - steps, :, :-steps]
        found[:, :-steps] += parts[REACH + steps, :, steps:]
    return found


def _cut_at_ends(parts: Floats, start: Ints) -> None:
    """Takes away what blocks give to those of another page, see `around`."""
    number, sizes = np.arange(parts.shape[-1]), start[1:] - start[:-1]
    begin, end = start[:-1].repeat(sizes), start[1:].repeat(sizes)
    for steps in range(1, REACH + 1):
        parts[REACH - steps][:, number + steps >= end] = 0
        parts[REACH + steps][:, number - steps < begin] = 0


def block_weights(words: Floats) -> Floats:
    """What blocks of so many words weigh in the mean of their page (n)."""
    weights = np.maximum(words, 1)
    np.minimum(weights, MOST_WORDS, out=weights)
    return np.rint(weights, out=weights)


def page_means(values: Floats, weights: Floats, start: Ints) -> Floats:
    """The mean of each row over each page, in whole numbers.

    Args:
        values: whole numbers of all blocks, below `LIMIT` (k x n).
        weights: of each block, by `block_weights` (n).
        start: the first block of each of the p pages, and n.

    Returns:
        The means (k x p).
    """
    # So many blocks at once that sums stay exact, and one thread is enough.
    size = max(1, min(_MOST_SUMMED // len(values), _MOST_EXACT))
    found = np.empty((len(values), len(start) - 1), np.float32)
    for page, (first, last) in enumerate(pairwise(start.tolist())):
        total = np.zeros(len(values))
        for begin in range(first, last, size):
            part = slice(begin, min(begin + size, last))
            total += values[:, part] @ weights[part]
        total /= weights[first:last].sum(dtype=np.float64)
        np.rint(total, out=found[:, page], casting="same_kind")
    return found


def to_steps(values: Floats, scale: Floats, out: Floats) -> None:
    """Writes about log2(1 + scale * |x|), signed, in whole steps.

    In straight lines between powers of two. No page is large enough for `LIMIT` steps.
    """
    np.multiply(values, scale, out=out)
    signs = out.view(np.int32) & _SIGN
    sizes = np.abs(out)
    sizes += np.float32(1)
    # The bits of a float, read as a whole number, grow as its logarithm does.
    bits = sizes.view(np.int32)
    bits -= _ONE
    bits >>= _TO_STEP
    out[...] = bits
    out.view(np.int32)[...] |= signs  # in less time than copysign


def _answer(total: Doubles, unit: float, odds: float) -> Floats:
    """Log odds from sums in whole numbers of units, which are overwritten."""
    total *= unit
    total += odds
    return total.astype(np.float32)


def _of_blocks(values: Floats, sizes: Ints) -> Floats:
    """Values of pages (k x p) at each of their blocks; those of a single one alone."""
    return values if len(sizes) == 1 else values.repeat(sizes, axis=1)


def reader_from(arrays: Arrays) -> Reader:
    """What is read, from named arrays; see the module."""
    return Reader(
        scale=_column(arrays["scale"]),
        more_scale=_column(arrays["more_scale"]),
        page_scale=_column(arrays["page_scale"]),
        code_of=arrays["code_of"].astype(np.int64),
        code=_column(arrays["code"]),
    )


def network_from(arrays: Arrays) -> Network:
    """A network that judges blocks, from named arrays; see the module."""
    inner = arrays["inner"].astype(np.float32)
    n_near = len(inner) // (N_NEAR + 1) * N_NEAR
    return Network(
        first=_layer(arrays),
        inner=inner[:n_near],
        of_page=inner[n_near:],
        inner_bias=_column(arrays["inner_bias"]),
        out=arrays["out"].astype(np.float64),
        skip=arrays["skip"].astype(np.float64),
        unit=_number(arrays["unit"]),
        odds=_number(arrays["odds"]),
    )


def gate_from(arrays: Arrays) -> Gate:
    """A network that judges pages, from named arrays; see the module."""
    return Gate(
        inner=arrays["inner"].astype(np.float32),
        inner_bias=_column(arrays["inner_bias"]),
        out=arrays["out"].astype(np.float64),
        unit=_number(arrays["unit"]),
        odds=_number(arrays["odds"]),
    )


def _layer(arrays: Arrays) -> Layer:
    return Layer(
        weight=arrays["weight"].astype(np.float32),
        page_weight=arrays["page_weight"].astype(np.float32),
        bias=_column(arrays["bias"]),
        shrink=_column(arrays["shrink"]),
    )


def _number(values: npt.NDArray[np.generic]) -> float:
    return float(values.astype(np.float64)[0])


def _column(values: npt.NDArray[np.generic]) -> Floats:
    return values.astype(np.float32).reshape(-1, 1)
