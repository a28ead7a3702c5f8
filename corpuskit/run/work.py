"""What one process does with one split: read, step, encode, sum up."""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, cast

import msgspec

from corpuskit import _interrupts
from corpuskit.document import Document
from corpuskit.errors import CorpuskitError, describe
from corpuskit.run.steps import ManyStep, Step
from corpuskit.run.tally import Problem, Tally, problem_of
from corpuskit.write.corpus import Record, Wants

_MOST_TOGETHER = 12
_CHARS_TOGETHER = 1_000_000
"""Documents that steps work on together; more would not be faster."""


class Collector(Protocol):
    """A summary that grows by documents and by other summaries of its kind."""

    def add(self, document: Document) -> None:
        """Takes in one finished document."""

    def merge(self, other: Any) -> Any:  # noqa: ANN401 - its own kind
        """Takes in the summary of the documents that come next."""


class Survey(Protocol):
    """A look at the whole corpus: splits are summed up, then the sums decide."""

    def summarize(self, documents: Iterable[Document], scratch: Path) -> Any:  # noqa: ANN401 - its own kind
        """The summary of one split's documents, in order."""


class Source(Protocol):
    """What gives the documents of its kind of split; picklable."""

    def read(self, split: Any, log: list[Any]) -> Iterator[Document]:  # noqa: ANN401 - its own kind
        """The documents of the split; input files are added to the log."""

    def parts(self, split: Any) -> Sequence[Any]:  # noqa: ANN401 - its own kind
        """The split divided into single inputs; itself alone where it is one."""

    def is_own(self, split: Any, problem: Problem) -> bool:  # noqa: ANN401 - its own kind
        """Whether a problem of reading is this split's, not one told in its records."""

    def lost(self, split: Any, rule: str, message: str) -> Document:  # noqa: ANN401 - its own kind
        """The record that stands for a single input which could not be worked on."""


class Job(msgspec.Struct, frozen=True):
    """Everything a process needs to turn splits into finished records; picklable.

    Attributes:
        collector: makes an empty summary, if the run wants one.
        scratch: private folder of the run, for what a survey writes.
        limit: most documents to take from the split; None takes all.
        encodes: gives finished records; else the documents, which then should not go
            to another process.
    """

    source: Source
    steps: tuple[Step, ...]
    wants: Wants
    collector: Callable[[], Collector] | None = None
    survey: Survey | None = None
    scratch: Path | None = None
    limit: int | None = None
    encodes: bool = True


class Finished(msgspec.Struct):
    """What came of one split.

    Attributes:
        records: finished records in order, if the job encodes them.
        documents: finished documents in order, if it does not.
        ids: position and id of the documents that brought an id of their own.
        inputs: the files that were read, as JSON objects with commas between them.
        n_inputs: how many they are.
    """

    records: list[Record] = msgspec.field(default_factory=list)
    documents: list[Document] = msgspec.field(default_factory=list)
    ids: list[tuple[int, str]] = msgspec.field(default_factory=list)
    tally: Tally = msgspec.field(default_factory=Tally)
    inputs: bytes = b""
    n_inputs: int = 0
    problems: list[Problem] = msgspec.field(default_factory=list)
    collected: Collector | None = None
    summary: Any = None
    peak_bytes: int = 0


class SplitError(Exception):
    """Reading a split failed in a way that its reader does not know."""


def work(job: Job, split: Any) -> Finished:  # noqa: ANN401 - the source's own kind
    """Reads one split, runs the steps and encodes what comes out.

    Raises:
        SplitError: the reader failed; nothing of the split has been finished.
    """
    finished = Finished(collected=job.collector() if job.collector else None)
    log: list[Any] = []
    documents = islice(_guarded(job.source.read(split, log)), job.limit)
    _finish_all(job, documents, finished)
    finished.problems = [p for p in finished.problems if job.source.is_own(split, p)]
    finished.n_inputs = len(log)
    finished.inputs = b",".join(map(msgspec.json.encode, log))
    return finished


def give_up(job: Job, split: Any, rule: str, message: str) -> Finished:  # noqa: ANN401
    """The result for a single input that no process could work on."""
    finished = Finished(collected=job.collector() if job.collector else None)
    return _finish_all(job, [job.source.lost(split, rule, message)], finished)


def _guarded(documents: Iterator[Document]) -> Iterator[Document]:
    """The documents; an unknown failure of their reader becomes a SplitError."""
    try:
        yield from documents
    except CorpuskitError:
        raise
    except Exception as error:
        raise SplitError(describe(error)) from error


def _finish_all(
    job: Job, documents: Iterable[Document], finished: Finished
) -> Finished:
    # What runtime protocols are asked takes as long as a short step.
    steps = [(step, isinstance(step, ManyStep)) for step in job.steps]
    stepped = (
        _take_down(job, found, done, finished)
        for batch in _batches(documents)
        for found, done in zip(
            batch, _stepped(steps, batch, finished.tally), strict=True
        )
    )
    if job.survey is not None and job.scratch is not None:
        finished.summary = job.survey.summarize(stepped, job.scratch)
    else:
        for _ in stepped:
            pass
    finished.peak_bytes = peak_bytes()
    return finished


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents, a few at a time."""
    batch: list[Document] = []
    n_chars = 0
    for document in documents:
        _interrupts.check()
        batch.append(document)
        n_chars += len(document.text)
        if len(batch) == _MOST_TOGETHER or n_chars > _CHARS_TOGETHER:
            yield batch
            batch, n_chars = [], 0
    if batch:
        yield batch


def peak_bytes() -> int:
    """The highest resident memory this process has had; 0 where unknown."""
    try:
        import resource
    except ImportError:
        return 0
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _stepped(
    steps: list[tuple[Step, bool]], documents: list[Document], tally: Tally
) -> list[Document]:
    """The documents after all steps; told is of each whether it takes several."""
    for step, takes_many in steps:
        if takes_many and len(documents) > 1:
            documents = _step_all(cast(ManyStep, step), documents, tally)
        else:
            documents = [_step(step, document, tally) for document in documents]
    return documents


def _step_all(
    step: ManyStep, documents: list[Document], tally: Tally
) -> list[Document]:
    """One step on some documents together, and on each alone where that fails."""
    try:
        after = step.many(documents)
    except (CorpuskitError, KeyboardInterrupt):
        raise
    except Exception:
        # One of them is at fault: each on its own shows which, and why.
        return [_step(step, document, tally) for document in documents]
    n_changed = sum(map(operator.is_not, after, documents))
    if n_changed:
        tally.ran[step.name] += n_changed
    return after


def _step(step: Step, document: Document, tally: Tally) -> Document:
    """One step on one document; a failing step drops the document and says why.

    A fault in one page must not lose the other pages of the run, so whatever goes
    wrong becomes a reason and a problem that the run reports.
    """
    _interrupts.check()
    try:
        after = step(document)
    except (CorpuskitError, KeyboardInterrupt):
        raise
    except Exception as error:
        failed = document.with_extra(error=f"{step.name} failed: {describe(error)}")
        return failed.dropped(f"{step.name}.failed")
    if after is not document:
        tally.ran[step.name] += 1
    return after


def _take_down(
    job: Job, found: Document, document: Document, finished: Finished
) -> Document:
    """Notes what came of one document; gives it as it is now."""
    is_told = not (found.keep or found.reason.startswith("read."))
    generated = f"{document.source}/{document.metadata.path}#"
    if not document.id.startswith(generated):
        finished.ids.append((finished.tally.documents, document.id))
    if job.encodes:
        finished.records.append(job.wants.record(document))
    else:
        finished.documents.append(document)
    finished.tally.count(document)
    problem = None if is_told else problem_of(document)
    if problem is not None:
        finished.problems.append(problem)
    if finished.collected is not None:
        finished.collected.add(document)
    return document
