"""Small neural networks over the blocks of pages, in whole numbers, run with numpy.

Several networks of the same shape are asked and their log odds averaged. What they read
is brought to whole numbers: the logarithm of a column, or 1 where a column holds a
certain code, less its mean, in sixteenths of its spread. A first layer makes of each
block some hidden units. A second one, a convolution over five blocks, reads those of
the block, of two before and two after it, and their mean over the page, blocks weighing
their words. Weights are whole numbers too, and hidden units are cut to 0 to 255, so
that all sums are exact: an answer depends neither on the machine nor on the pages
beside it.

A file holds, for k inputs and m networks with h hidden units, then g: `column` (k),
`code` (k; logarithms come first, with -2 where columns may be below 0, then with -1),
`mean` and `scale` (k), `weight` (m * h x k), `bias` and `shrink` (m * h), `inner`
(m x 6 * g x h: of five blocks in order, then of the page), `inner_bias` (m * g), `out`
(m * g), `skip` (m * h), and `unit` and `odds` (1): the answer is `unit` times the sum
of all second units weighed by `out` and first ones weighed by `skip`, plus `odds`, as
log odds.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEPS = 16
LIMIT = 4 * STEPS
LARGEST = 255
SIGNED, NUMBER = -2, -1
REACH = 2
N_NEAR = 2 * REACH + 1
MOST_WORDS = 100
_GROUP = 8  # units of one matrix product
_ROWS = 190  # of one matrix product: larger ones would be handed to several threads
_ONE, _OF_BITS = np.float32(1).view(np.int32), np.float32(2.0**-23)

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """Fitted networks, see the file; weights are in groups of units.

    `weight` is m * h / 8 x 8 x k, `inner` m x (5 * g / 8) x 8 x h, and `of_page` holds
    the last part of the file's (m x g x h). Biases and `shrink` are columns.
    """

    column: Ints
    code: Floats
    mean: Floats
    scale: Floats
    weight: Floats
    bias: Floats
    shrink: Floats
    inner: Floats
    of_page: Floats
    inner_bias: Floats
    out: Doubles
    skip: Doubles
    unit: float
    odds: float

    def score(self, columns: Floats, words: Floats, start: Ints) -> Floats:
        """The log odds of each block.

        Args:
            columns: of all n blocks of some pages (d x n).
            words: of each block (n).
            start: the first block of each page, and n.
        """
        n, n_nets, size = columns.shape[1], len(self.inner), self.of_page.shape[1]
        hidden = np.empty((len(self.bias), n), np.float32)
        parts = np.empty((n_nets, N_NEAR * size // _GROUP, _GROUP, n), np.float32)
        for first in range(0, n, _ROWS):
            batch = slice(first, first + _ROWS)
            hidden[:, batch] = self._hidden(columns[:, batch])
            own = hidden[:, batch].reshape(n_nets, 1, -1, min(_ROWS, n - first))
            np.matmul(self.inner, own, out=parts[..., batch])
        means = page_means(hidden, words, start[:-1]).reshape(
            n_nets, -1, len(start) - 1
        )
        second = around(parts.reshape(n_nets, N_NEAR, size, n), start)
        of_page = np.matmul(self.of_page, means.reshape(n_nets, -1, len(start) - 1))
        of_page += self.inner_bias.reshape(n_nets, size, 1)
        second += of_page.repeat(np.diff(start), axis=-1)
        np.maximum(second, 0, out=second)
        total = self.out @ second.reshape(-1, n).astype(np.float64)
        total += self.skip @ hidden.astype(np.float64)
        total *= self.unit
        total += self.odds
        found: Floats = total.astype(np.float32)
        return found

    def _hidden(self, columns: Floats) -> Floats:
        """The units of the first layer for a batch of blocks."""
        whole = inputs(columns, self.column, self.code)
        whole -= self.mean
        to_steps(whole, self.scale)
        found: Floats = np.matmul(self.weight, whole).reshape(len(self.bias), -1)
        found += self.bias
        to_units(found, self.shrink)
        return found


def around(parts: Floats, start: Ints) -> Floats:
    """What each block gets from those near it on its page.

    Args:
        parts: what each block gives the second one after it, the next, itself, the one
            before and the second before (m x 5 x g x n); overwritten.
        start: the first block of each page, and n.

    Returns:
        The sums (m x g x n).
    """
    found, number = parts[:, REACH], np.arange(parts.shape[-1])
    sizes = np.diff(start)
    begin, end = start[:-1].repeat(sizes), start[1:].repeat(sizes)
    for steps in range(1, REACH + 1):
        forward, back = parts[:, REACH - steps], parts[:, REACH + steps]
        if len(sizes) > 1:
            forward[..., number + steps >= end] = 0
            back[..., number - steps < begin] = 0
        found[..., steps:] += forward[..., :-steps]
        found[..., :-steps] += back[..., steps:]
    return found


def page_means(hidden: Floats, words: Floats, first: Ints) -> Floats:
    """The mean of each hidden unit over each page, in whole numbers.

    Args:
        hidden: units of all blocks (h x n).
        words: of each block, by which it weighs (n).
        first: the first block of each of the p pages.

    Returns:
        The means (h x p).
    """
    weight = np.minimum(np.maximum(words, 1), MOST_WORDS).astype(np.float64)
    np.rint(weight, out=weight)
    means = np.add.reduceat(hidden * weight, first, axis=1)
    means /= np.add.reduceat(weight, first)
    np.rint(means, out=means)
    return means.astype(np.float32)


def inputs(columns: Floats, column: Ints, code: Floats) -> Floats:
    """Logarithms of columns, then whether columns hold codes.

    Args:
        columns: of n rows (d x n).
        column: which to take (k).
        code: what to look for, or SIGNED or NUMBER, where logarithms are taken; in
            order (k x 1).

    Returns:
        The inputs (k x n).
    """
    n_signed, n_numbers = code[:, 0].searchsorted((NUMBER, 0))
    found = np.take(columns, column, axis=0, mode="clip")
    signed, numbers = found[:n_signed], found[:n_numbers]
    signs = signed.copy()
    np.abs(signed, out=signed)
    _to_logarithms(numbers)
    np.copysign(signed, signs, out=signed)
    np.equal(found[n_numbers:], code[n_numbers:], out=found[n_numbers:])
    return found


def to_steps(values: Floats, scale: Floats) -> None:
    """Brings values to whole numbers of steps, in place, none beyond the limit."""
    values *= scale
    np.rint(values, out=values)
    np.minimum(values, LIMIT, out=values)
    np.maximum(values, -LIMIT, out=values)


def to_units(values: Floats, shrink: Floats) -> None:
    """Brings sums to whole numbers from 0 to the largest, in place."""
    values *= shrink
    np.rint(values, out=values)
    np.maximum(values, 0, out=values)
    np.minimum(values, LARGEST, out=values)


def _to_logarithms(values: Floats) -> None:
    """Brings values to about log2(1 + x), in straight lines between powers of two."""
    values += np.float32(1)
    # The bits of a float, read as a whole number, grow as its logarithm does.
    bits = values.view(np.int32)
    bits -= _ONE
    np.multiply(bits, _OF_BITS, out=values, casting="same_kind", dtype=np.float32)


def from_arrays(arrays: dict[str, npt.NDArray[np.generic]]) -> Network:
    """The networks of named arrays as a file holds them."""
    floats = {name: values.astype(np.float32) for name, values in arrays.items()}
    columns = {name: values.reshape(-1, 1) for name, values in floats.items()}
    inner, weight = floats["inner"], floats["weight"]
    n_nets, size, n_hidden = len(inner), inner.shape[1] // (N_NEAR + 1), inner.shape[2]
    return Network(
        column=arrays["column"].astype(np.int64),
        code=columns["code"],
        mean=columns["mean"],
        scale=columns["scale"],
        weight=weight.reshape(-1, _GROUP, weight.shape[1]),
        bias=columns["bias"],
        shrink=columns["shrink"],
        inner=inner[:, : N_NEAR * size].reshape(n_nets, -1, _GROUP, n_hidden),
        of_page=inner[:, N_NEAR * size :],
        inner_bias=columns["inner_bias"],
        out=arrays["out"].astype(np.float64),
        skip=arrays["skip"].astype(np.float64),
        unit=float(arrays["unit"].astype(np.float64)[0]),
        odds=float(arrays["odds"].astype(np.float64)[0]),
    )
