"""A small neural network over whole numbers, run with numpy.

What it reads is brought to whole numbers: the logarithm of a column, or 1 where a
column holds a certain code, less its mean, in sixteenths of its spread. The weights are
whole numbers too, so that all sums are exact: an answer depends neither on the machine
nor on the rows beside it.

A file holds, for k inputs and h hidden units: `column` (k), `code` (k; logarithms come
first, with -2 where columns may be below 0, then with -1), `mean` and `scale` (k),
`weight` (h x k), `hidden_bias` (h), `out` (h), and `unit` and `bias` (1): the answer is
`unit` times the sum of the hidden units weighed by `out`, plus `bias`, as log odds.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEPS = 16
LIMIT = 4 * STEPS
SIGNED, NUMBER = -2, -1
_GROUP = 8  # units of one matrix product
_ROWS = 190  # of one matrix product: larger ones would be handed to several threads
_ONE, _OF_BITS = np.float32(1).view(np.int32), np.float32(2.0**-23)

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """A fitted network; `weight` in groups of units (h / 8 x 8 x k), see the file."""

    column: Ints
    code: Floats
    mean: Floats
    scale: Floats
    weight: Floats
    hidden_bias: Floats
    out: Doubles
    unit: float
    bias: float

    def score(self, columns: Floats) -> Floats:
        """The log odds of each row (n values) of columns (d x n)."""
        n_rows = columns.shape[1]
        scores = np.empty(n_rows, np.float32)
        for first in range(0, n_rows, _ROWS):
            batch = slice(first, first + _ROWS)
            scores[batch] = self._score_batch(columns[:, batch])
        return scores

    def _score_batch(self, columns: Floats) -> Doubles:
        whole = inputs(columns, self.column, self.code)
        whole -= self.mean
        to_steps(whole, self.scale)
        hidden = np.matmul(self.weight, whole).reshape(len(self.out), -1)
        hidden += self.hidden_bias
        np.maximum(hidden, 0, out=hidden)
        total: Doubles = self.out @ hidden.astype(np.float64)
        total *= self.unit
        total += self.bias
        return total


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


def _to_logarithms(values: Floats) -> None:
    """Brings values to about log2(1 + x), in straight lines between powers of two."""
    values += np.float32(1)
    # The bits of a float, read as a whole number, grow as its logarithm does.
    bits = values.view(np.int32)
    bits -= _ONE
    np.multiply(bits, _OF_BITS, out=values, casting="same_kind", dtype=np.float32)


def from_arrays(arrays: dict[str, npt.NDArray[np.generic]]) -> Network:
    """The network of named arrays as a file holds them."""
    weight = arrays["weight"].astype(np.float32)
    return Network(
        column=arrays["column"].astype(np.int64),
        code=arrays["code"].astype(np.float32).reshape(-1, 1),
        mean=arrays["mean"].astype(np.float32).reshape(-1, 1),
        scale=arrays["scale"].astype(np.float32).reshape(-1, 1),
        weight=weight.reshape(-1, _GROUP, weight.shape[1]),
        hidden_bias=arrays["hidden_bias"].astype(np.float32).reshape(-1, 1),
        out=arrays["out"].astype(np.float64),
        unit=float(arrays["unit"].astype(np.float64)[0]),
        bias=float(arrays["bias"].astype(np.float64)[0]),
    )
