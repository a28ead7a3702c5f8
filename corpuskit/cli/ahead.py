"""Begins to start worker processes while a command still looks for its files."""

import os
from collections.abc import Sequence
from itertools import islice

from corpuskit.sources.own_output import is_own_output

MANY = 64
"""From so many files on a run uses several processes."""


def prepare(paths: Sequence[str], jobs: int | None) -> None:
    """Starts what worker processes come from where there is much to read.

    It takes as long to import what it needs as this process to plan the run.

    Args:
        paths: what is to be read.
        jobs: processes to use; None for one a core.
    """
    if jobs == 1 or not are_many(paths):
        return
    from corpuskit.run.server import start_ahead, usable_cores

    if (jobs or usable_cores()) > 1:
        start_ahead()


def are_many(paths: Sequence[str]) -> bool:
    """Whether these paths are, or have below them, as many files as make a large run.

    A corpus of an earlier run is one file, whatever lies beside it.
    """
    n_files = 0
    waiting = list(paths)
    for number, path in enumerate(waiting):  # grows by the folders in each
        if n_files >= MANY or number >= 4 * MANY:
            break
        if is_own_output(path):
            continue
        folders, n_others = _listed(path)
        waiting += folders
        n_files += n_others
    return n_files >= MANY


def _listed(path: str) -> tuple[list[str], int]:
    """Some folders in a folder, and how many files; a path that is none is a file."""
    folders: list[str] = []
    n_files = 0
    try:
        with os.scandir(path) as entries:
            for entry in islice(entries, 4 * MANY):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    n_files += 1
    except OSError:
        return [], 1
    return folders, n_files
