"""A folder of text files, written beside other work: making files is slow."""

import os
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from corpuskit.write.atomic import output_errors
from corpuskit.write.names import numbered

_N_THREADS = 2
_MAX_WAITING = 8


class TextFolder:
    """Text files under a folder, each under a name of its own.

    Files are written by threads, a batch at a time, and no more batches wait than a
    few: what fails is raised by a later `put`, or by `finish`.
    """

    def __init__(self, folder: Path, shown: Path) -> None:
        """Takes the folder to write to, and the one that errors name."""
        self._folder = folder
        self._shown = shown
        self._names: set[int] = set()
        self._threads = ThreadPoolExecutor(_N_THREADS)
        self._waiting: deque[Future[None]] = deque()

    def put(self, texts: Iterable[tuple[str, bytes]]) -> None:
        """Takes names and contents; a taken name is numbered.

        Raises:
            OutputError: files of this batch or of an earlier one cannot be written.
        """
        named = [(self._free_name(name), content) for name, content in texts]
        self._waiting.append(self._threads.submit(self._write, named))
        while len(self._waiting) > _MAX_WAITING:
            self._waiting.popleft().result()

    def finish(self) -> None:
        """Waits until all is written.

        Raises:
            OutputError: files cannot be written.
        """
        while self._waiting:
            self._waiting.popleft().result()
        self._threads.shutdown()

    def discard(self) -> None:
        """Stops writing; does nothing after `finish`."""
        self._threads.shutdown(cancel_futures=True)

    def _write(self, texts: list[tuple[str, bytes]]) -> None:
        parents: set[str] = set()
        with output_errors(self._shown):
            for name, content in texts:
                path = os.path.join(self._folder, name)  # noqa: PTH118 - half the time
                parent = os.path.dirname(path)  # noqa: PTH120
                if parent not in parents:
                    Path(parent).mkdir(parents=True, exist_ok=True)
                    parents.add(parent)
                with open(path, "wb") as file:  # noqa: PTH123
                    file.write(content)

    def _free_name(self, name: str) -> str:
        """The name, numbered if it is taken; case is folded as some systems do."""
        candidate, number = name, 1
        while hash(candidate.casefold()) in self._names:
            number += 1
            candidate = numbered(name, number)
        self._names.add(hash(candidate.casefold()))
        return candidate
