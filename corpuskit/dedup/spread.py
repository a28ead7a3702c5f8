"""Spread: the same function over many tasks, here or in other processes."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
# Tasks handed out at a time, for each process.
_WAVE = 16


class Spread:
    """Runs picklable functions, in this process or in those of an executor.

    Attributes:
        n_workers: how many tasks run at a time.
    """

    def __init__(self, pool: "Executor | None" = None, n_workers: int = 1) -> None:
        self._pool = pool
        self.n_workers = n_workers if pool else 1

    def map(
        self, function: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[_Result]:
        """The results in the order of the tasks, which are taken as they are needed."""
        if self._pool is None:
            yield from map(function, tasks)
            return
        source = iter(tasks)
        while wave := list(islice(source, _WAVE * self.n_workers)):
            if len(wave) == 1:
                yield function(wave[0])
            else:
                yield from self._pool.map(function, wave)
