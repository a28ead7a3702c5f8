"""Arithmetic over the numbers of blocks and elements, quick where there are few.

A page has a few hundred of either: what a call costs, not what it does, is the time.
"""

from collections.abc import Iterable
from itertools import pairwise
from struct import pack
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_Number = TypeVar("_Number", bound=np.generic)


def whole(values: Iterable[int], number: int) -> Ints:
    """So many whole numbers as an array, which cannot be written to.

    In a third of the time that `np.array` takes to see what a list holds.
    """
    return np.frombuffer(pack(f"{number}q", *values), np.int64)


def spread(values: npt.NDArray[_Number], page: Ints) -> npt.NDArray[_Number]:
    """Values of pages (... x p) at each of what stands on `page`.

    The value of a single page stays alone, to be broadcast.
    """
    return values if values.shape[-1] == 1 else values.take(page, axis=-1)


def is_same(some: Ints, others: Ints) -> bool:
    """Whether two arrays of one size hold the same numbers."""
    return some.tobytes() == others.tobytes()


def numbered(keys: Ints) -> Ints:
    """Numbers from 0 on instead of keys, the same for the same, in their order."""
    order = keys.argsort(kind="stable")
    ranked = keys[order]
    is_next = ranked[1:] != ranked[:-1]
    numbers = np.zeros(len(keys), np.int64)
    numbers[order[1:]] = is_next.cumsum()
    return numbers


def first_in(numbers: Ints, start: Ints) -> Ints:
    """For ranges that begin at `start` and end with the next, the first number inside.

    Args:
        numbers: in order.
        start: the beginning of each range, and the end of the last.

    Returns:
        A number a range, -1 where none is inside.
    """
    bounds = numbers.searchsorted(start)
    found = np.array([-1] * (len(start) - 1))
    for i, (low, high) in enumerate(pairwise(bounds.tolist())):
        if low < high:
            found[i] = numbers[low]
    return found
