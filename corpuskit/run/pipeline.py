"""The whole run: splits through steps and surveys into a sink, counted."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace

from corpuskit.document import Document
from corpuskit.run.rewriting import rewrite
from corpuskit.run.splits import run_splits
from corpuskit.run.spool import HELD_BYTES, AnySplit, Spool, SpoolSource
from corpuskit.run.steps import Step
from corpuskit.run.tally import Problem, Tally
from corpuskit.run.work import Collector, Finished, Job, Source, Survey, peak_bytes
from corpuskit.write.corpus import Record, Sink, Wants
from corpuskit.write.formats import with_id

_SPOOL = Wants("jsonl", texts=False, dropped=True)


class DecidingSurvey(Survey, Protocol):
    """A survey with both its halves: sums in the workers, the decision here."""

    @property
    def keeps_texts(self) -> bool:
        """Whether `apply` neither changes a text nor looks at it."""

    def decide(
        self, summaries: Sequence[Any], reference: Sequence[Any], jobs: int
    ) -> "Decisions":
        """What to do with which documents, from the summaries in split order.

        `reference` are summaries of documents that are only compared with.
        """

    def committed(self, summaries: Sequence[Any], decisions: Any) -> None:  # noqa: ANN401
        """Called when the output is in its place."""

    def apply(self, document: Document, decision: Any) -> Document:  # noqa: ANN401
        """The document after the decision about it."""


class Decisions(Protocol):
    """What a survey decided."""

    def of(self, split: int) -> dict[int, Any]:
        """Decisions by position of the document in this split; most have none."""


class Progress(Protocol):
    """Where the run says how far it is."""

    def phase(self, name: str, total: int | None = None) -> None:
        """A new phase of so many units begins."""

    def advance(self, done: int = 1) -> None:
        """So many more units are done."""


class Silent:
    """A progress display that shows nothing."""

    def phase(self, name: str, total: int | None = None) -> None:
        """Does nothing."""

    def advance(self, done: int = 1) -> None:
        """Does nothing."""


class Plan(msgspec.Struct, frozen=True):
    """A run as it was asked for.

    Attributes:
        n_inputs: inputs in all the splits, for progress.
        reference: splits that the survey compares with; nothing of them is written.
        jobs: processes to use; 1 works in this one.
        limit: most documents to read; reads in this process, in order.
    """

    splits: Sequence[Any]
    source: Source
    n_inputs: int | None = None
    reference: Sequence[Any] = ()
    steps: tuple[Step, ...] = ()
    survey: DecidingSurvey | None = None
    collector: Callable[[], Collector] | None = None
    jobs: int = 1
    limit: int | None = None


class Report(msgspec.Struct):
    """What a run did.

    Attributes:
        inputs: the files that were read, as JSON objects with commas between them:
            millions of them stay small that way.
        clashes: ids that came twice, each with the id it was given instead.
        peak_bytes: highest memory of the processes together.
    """

    tally: Tally = msgspec.field(default_factory=Tally)
    inputs: bytearray = msgspec.field(default_factory=bytearray)
    problems: list[Problem] = msgspec.field(default_factory=list)
    clashes: list[tuple[str, str]] = msgspec.field(default_factory=list)
    collected: Collector | None = None
    peak_bytes: int = 0
    wall_s: float = 0.0


def run(
    plan: Plan,
    sink: Sink,
    progress: Progress | None = None,
    manifest_of: Callable[[Report], dict[str, Any]] | None = None,
) -> Report:
    """Runs the plan into the sink and gives back what was done.

    Args:
        plan: what to do.
        sink: where records go.
        progress: hears how far the run is.
        manifest_of: makes the manifest; with it the sink is committed at the end,
            unless nothing came in.
    """
    started = time.monotonic()
    shown = progress or Silent()

    def commit(report: Report) -> bool:
        report.wall_s = time.monotonic() - started
        if manifest_of is None or not report.tally.documents:
            return False
        sink.commit(manifest_of(report))
        return True

    if plan.survey is None:
        report = _one_pass(plan, sink, shown)
        commit(report)
        return report
    return _two_passes(plan, plan.survey, sink, shown, commit)


def _one_pass(plan: Plan, sink: Sink, progress: Progress) -> Report:
    report, names = Report(), _Names(sink.wants.format)
    job = Job(plan.source, plan.steps, sink.wants, plan.collector)
    progress.phase("reading", plan.n_inputs)
    for finished in _results(plan, job, plan.splits):
        sink.put(names.unique(finished, report))
        _take(report, finished)
        progress.advance(finished.n_inputs)
    report.peak_bytes += peak_bytes()
    return report


def _two_passes(
    plan: Plan,
    survey: DecidingSurvey,
    sink: Sink,
    progress: Progress,
    commit: Callable[[Report], bool],
) -> Report:
    with _scratch_folder() as scratch:
        reference, problems = _reference_pass(plan, survey, scratch, progress)
        progress.phase("reading", plan.n_inputs)
        first, summaries, splits = _first_pass(plan, survey, scratch, progress)
        progress.phase("comparing")
        decisions = survey.decide(summaries, reference, plan.jobs)
        decided = (
            split._replace(decisions=decisions.of(number))
            for number, split in enumerate(splits)
        )
        progress.phase("writing", first.tally.documents)
        first.problems = problems + first.problems
        report = _second_pass(plan, first, decided, sink, progress)
        if commit(report):
            survey.committed(summaries, decisions)
    return report


def _reference_pass(
    plan: Plan, survey: DecidingSurvey, scratch: Path, progress: Progress
) -> tuple[list[Any], list[Problem]]:
    """Summaries of the documents that are only compared with, and their problems."""
    summaries: list[Any] = []
    problems: list[Problem] = []
    if plan.reference:
        progress.phase("reading the reference")
    job = Job(plan.source, plan.steps, Wants(""), survey=survey, scratch=scratch)
    for finished in run_splits(job, plan.reference, plan.jobs):
        summaries.append(finished.summary)
        problems += finished.problems
    return summaries, problems


def _first_pass(
    plan: Plan, survey: DecidingSurvey, scratch: Path, progress: Progress
) -> tuple[Report, list[Any], list[AnySplit]]:
    """Steps into a spool; the report, the survey's summaries, the spool's splits."""
    report, summaries, names = Report(), [], _Names("jsonl")
    job = Job(plan.source, plan.steps, _SPOOL, survey=survey, scratch=scratch)
    job = replace(job, encodes=plan.jobs > 1)
    with Spool(scratch / "spool.jsonl", HELD_BYTES) as spool:
        for finished in _results(plan, job, plan.splits):
            if job.encodes:
                spool.put(names.unique(finished, report))
            else:
                spool.hold(names.renamed(finished, report))
            summaries.append(finished.summary)
            _take(report, finished)
            progress.advance(finished.n_inputs)
    report.peak_bytes += peak_bytes()
    return report, summaries, spool.splits


def _second_pass(
    plan: Plan,
    first: Report,
    splits: Iterable[AnySplit],
    sink: Sink,
    progress: Progress,
) -> Report:
    """Decided records into the sink; the report of both passes."""
    assert plan.survey is not None
    apply = plan.survey.apply
    if plan.survey.keeps_texts and plan.collector is None and sink.wants.takes_encoded:
        for split in splits:
            for records in rewrite(split, apply, wants=sink.wants, tally=first.tally):
                sink.put(records)
                progress.advance(len(records))
        first.peak_bytes = max(first.peak_bytes, peak_bytes())
        return first
    second = Report(inputs=first.inputs, problems=first.problems, clashes=first.clashes)
    second.tally.ran += first.tally.ran
    job = Job(SpoolSource(apply), (), sink.wants, plan.collector)
    for finished in run_splits(job, splits, plan.jobs):
        sink.put(finished.records)
        _take(second, finished)
        progress.advance(finished.tally.documents)
    second.peak_bytes = max(first.peak_bytes, second.peak_bytes + peak_bytes())
    return second


def _results(plan: Plan, job: Job, splits: Sequence[Any]) -> Iterator[Finished]:
    """The results of the splits; a limit is kept exactly by reading in order here."""
    if plan.limit is None:
        yield from run_splits(job, splits, plan.jobs)
        return
    left = plan.limit
    for split in splits:
        if left <= 0:
            return
        for finished in run_splits(replace(job, limit=left), [split], 1):
            left -= finished.tally.documents
            yield finished


def _take(report: Report, finished: Finished) -> None:
    report.tally.merge(finished.tally)
    if finished.inputs:
        report.inputs += b"," + finished.inputs if report.inputs else finished.inputs
    report.problems += finished.problems
    report.peak_bytes = max(report.peak_bytes, finished.peak_bytes)
    if report.collected is None:
        report.collected = finished.collected
    elif finished.collected is not None:
        report.collected.merge(finished.collected)


class _Names:
    """Makes ids unique over the whole run: the second `a` becomes `a~2`."""

    def __init__(self, name: str) -> None:
        self._format = name
        # Hashes, not ids: eight bytes each keep millions of them small.
        self._seen: set[int] = set()

    def unique(self, finished: Finished, report: Report) -> list[Record]:
        """The records, those with an id that came before under a new one."""
        records = finished.records
        for position, old, new in self._clashes(finished, report):
            record = records[position]
            line = with_id(record.line, self._format, old, new)
            reasons = (
                with_id(reason, "jsonl", old, new)
                for reason in record.explained.splitlines(keepends=True)
            )
            records[position] = record._replace(line=line, explained=b"".join(reasons))
        return records

    def renamed(self, finished: Finished, report: Report) -> list[Document]:
        """The documents, those with an id that came before under a new one."""
        for position, _, new in self._clashes(finished, report):
            document = finished.documents[position]
            finished.documents[position] = replace(document, id=new)
        return finished.documents

    def _clashes(
        self, finished: Finished, report: Report
    ) -> Iterator[tuple[int, str, str]]:
        for position, old in finished.ids:
            new = self._free(old)
            if new != old:
                report.clashes.append((old, new))
                yield position, old, new

    def _free(self, wanted: str) -> str:
        free, number = wanted, 1
        while hash(free) in self._seen:
            number += 1
            free = f"{wanted}~{number}"
        self._seen.add(hash(free))
        return free


@contextlib.contextmanager
def _scratch_folder() -> Iterator[Path]:
    import shutil
    import tempfile

    path = Path(tempfile.mkdtemp(prefix="corpuskit-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
