"""Worker processes: bounded work in flight, ordered results, dead workers survived."""

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from corpuskit.errors import CorpuskitError, describe
from corpuskit.run.memory import Freed
from corpuskit.run.server import start_ahead, start_method
from corpuskit.run.work import Finished, Job, SplitError, give_up, work

# Splits between the one the parent waits for and the newest one handed out, a worker.
_WINDOW = 4
_KILLED = "the process that worked on it was killed, perhaps for lack of memory"


def run_processes(job: Job, splits: Iterable[Any], jobs: int) -> Iterator[Finished]:
    """The results of the splits in their order, worked out by so many processes."""
    return _Pool(job, jobs).run(splits)


@dataclass(slots=True)
class _Task:
    """A split with its result, once there is one."""

    split: Any
    result: Finished | None = None


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: "Connection[Any, Any]"
    task: _Task | None = None


class _Pool:
    """Hands splits to processes and gives their results back in order."""

    def __init__(self, job: Job, jobs: int) -> None:
        self._job = job
        self._jobs = jobs
        start_ahead()
        self._context: Any = multiprocessing.get_context(start_method())
        self._workers: list[_Worker] = []
        # In order: tasks whose results have not been given back yet.
        self._order: deque[_Task] = deque()
        self._ready: deque[_Task] = deque()

    def run(self, splits: Iterable[Any]) -> Iterator[Finished]:
        """The results in order; the processes end with the iteration."""
        source = iter(splits)
        more = True
        try:
            while more or self._order:
                while more and len(self._order) < self._jobs * _WINDOW:
                    more = self._enqueue(source)
                self._hand_out()
                while self._order and self._order[0].result is not None:
                    yield self._order.popleft().result  # type: ignore[misc]
                if self._order:
                    self._listen()
        finally:
            self._stop()

    def _enqueue(self, source: Iterator[Any]) -> bool:
        for split in source:
            task = _Task(split)
            self._order.append(task)
            self._ready.append(task)
            return True
        return False

    def _hand_out(self) -> None:
        while self._ready:
            worker = self._idle()
            if worker is None:
                return
            worker.task = self._ready.popleft()
            try:
                worker.connection.send(worker.task.split)
            except OSError:
                self._bury(worker)

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) < self._jobs:
            return self._start()
        return None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._job), daemon=True
        )
        try:
            process.start()
        except (OSError, EOFError) as error:
            raise CorpuskitError(
                f"cannot start a worker process ({describe(error)}): "
                "try again, or with --jobs 1"
            ) from error
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _listen(self) -> None:
        """Waits for at least one answer or death and takes it in."""
        busy = {w.connection: w for w in self._workers if w.task is not None}
        for ready in wait(list(busy)):
            worker = busy[ready]  # type: ignore[index]
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            task, worker.task = worker.task, None
            assert task is not None
            if isinstance(answer, SplitError):
                self._divide(task, "failed", str(answer))
            elif isinstance(answer, BaseException):
                raise answer
            else:
                task.result = answer

    def _bury(self, worker: _Worker) -> None:
        """Takes a dead worker out; its split goes on in parts, each on its own."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        if worker.task is not None:
            self._divide(worker.task, "killed", _KILLED)

    def _divide(self, task: _Task, rule: str, message: str) -> None:
        parts = self._job.source.parts(task.split)
        if len(parts) <= 1:
            task.result = give_up(self._job, task.split, rule, message)
            return
        tasks = [_Task(part) for part in parts]
        place = self._order.index(task)
        self._order.remove(task)
        for offset, part in enumerate(tasks):
            self._order.insert(place + offset, part)
        self._ready.extendleft(reversed(tasks))

    def _stop(self) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()


@contextlib.contextmanager
def executor(jobs: int) -> Iterator[Executor]:
    """So many processes for functions; what waits is given up when the caller fails."""
    context = multiprocessing.get_context(start_method())
    pool = ProcessPoolExecutor(
        jobs, context, signal.signal, (signal.SIGINT, signal.SIG_IGN)
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _serve(connection: "Connection[Any, Any]", job: Job) -> None:
    """The life of a worker: a split in, its result out, until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    freed = Freed()
    while True:
        try:
            split = connection.recv()
        except EOFError:
            return
        try:
            answer: Finished | Exception = work(job, split)
        except (CorpuskitError, SplitError) as error:
            answer = error
        except Exception as error:
            answer = CorpuskitError(f"internal error: {describe(error)}")
        try:
            connection.send(answer)
        except BrokenPipeError:
            return
        del split, answer
        freed.give_back()
