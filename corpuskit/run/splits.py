"""The results of splits in their order, from this process or from several."""

from collections.abc import Iterable, Iterator
from typing import Any

from corpuskit.run.work import Finished, Job, SplitError, give_up, work


def run_splits(job: Job, splits: Iterable[Any], jobs: int) -> Iterator[Finished]:
    """The results of the splits in their order; `jobs` 1 stays in this process."""
    if jobs <= 1:
        return _run_here(job, splits)
    from corpuskit.run.pool import run_processes

    return run_processes(job, splits, jobs)


def _run_here(job: Job, splits: Iterable[Any]) -> Iterator[Finished]:
    for split in splits:
        try:
            yield work(job, split)
        except SplitError as error:
            parts = job.source.parts(split)
            if len(parts) > 1:
                yield from _run_here(job, parts)
            else:
                yield give_up(job, split, "failed", str(error))
