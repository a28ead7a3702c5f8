"""From options to a finished run: plan, sink, progress, notes, exit code."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from corpuskit.cli.ahead import MANY
from corpuskit.cli.options import STDIN, Common, input_paths, unread_pipe
from corpuskit.errors import EmptyError, UsageError

if TYPE_CHECKING:
    from corpuskit.run.inputs import FileSource
    from corpuskit.run.pipeline import DecidingSurvey, Plan, Report
    from corpuskit.run.steps import Step
    from corpuskit.run.tally import Problem
    from corpuskit.run.work import Collector
    from corpuskit.sources import Split
    from corpuskit.write.corpus import Sink

DONE, SOME_UNREAD = 0, 3
# Below this and MANY inputs, starting processes costs more than it saves; documents
# that go through no step cost little.
_SMALL_BYTES, _SMALL_AS_FOUND = 4 << 20, 64 << 20
_NAMED = 20


class Work(NamedTuple):
    """What a command does with documents, apart from where they come from and go.

    Attributes:
        steps: run on each document.
        survey: looks at all of them before they are written.
        against: paths of documents that the survey only compares with.
        collector: makes the summary that the command shows.
    """

    steps: "tuple[Step, ...]" = ()
    survey: "DecidingSurvey | None" = None
    against: tuple[str, ...] = ()
    collector: "Callable[[], Collector] | None" = None


def execute(
    command: str,
    common: Common,
    work: Work,
    sink: "Sink",
    *,
    written: str = "",
    options: dict[str, Any] | None = None,
) -> "Report":
    """Runs the work into the sink, commits it and tells what could not be read.

    Args:
        command: name of the command, for the manifest and the notes.
        common: the shared options.
        work: what is done.
        sink: where records go; discarded when the run fails.
        written: the place the run writes to, never read as input.
        options: the command's own options, for the manifest.

    Raises:
        EmptyError: nothing came in.
    """
    from corpuskit.run.inputs import FileSource
    from corpuskit.run.manifest import manifest
    from corpuskit.run.pipeline import run

    told = {**common.to_dict(), **(options or {})}
    try:
        with _scratch_input(common) as spooled, _progress(common) as progress:
            reading = common.read_options((written,) if written else ())
            source = FileSource(reading, sink.wants.manifest)
            plan = _plan(common, work, source, spooled)
            report = run(
                plan,
                sink,
                progress,
                lambda done: manifest(command, told, done, ended=datetime.now(UTC)),
            )
    finally:
        sink.discard()
    _tell(common, report)
    if not report.tally.documents:
        where = ", ".join(input_paths(common))
        raise EmptyError(f"nothing to read in {where}: give files or folders with text")
    return report


def exit_code(report: "Report") -> int:
    """0, or 3 when an input could not be read.

    Raises:
        EmptyError: nothing came out.
    """
    if not report.tally.kept:
        counts = ", ".join(
            f"{n} {why}" for why, n in report.tally.reasons.most_common()
        )
        raise EmptyError(f"nothing came out: every document was dropped ({counts})")
    return SOME_UNREAD if report.problems else DONE


def note(common: Common, message: str) -> None:
    """One line for people on standard error, unless they want quiet."""
    if not common.quiet:
        click.echo(f"corpuskit: {message}", err=True)


def _plan(common: Common, work: Work, source: "FileSource", spooled: str) -> "Plan":
    from corpuskit.run.pipeline import Plan
    from corpuskit.sources import in_ranges
    from corpuskit.sources import plan as plan_splits

    paths = input_paths(common)
    if unread_pipe(paths):
        note(common, "standard input is not read: give - to read it")
    splits = plan_splits(paths, source.options, spooled=spooled, ranges=False)
    jobs, is_whole = _jobs(common, work, source, splits)
    if not is_whole:
        splits = in_ranges(splits)
    return Plan(
        splits=splits,
        source=source,
        n_inputs=sum(len(split.inputs) for split in splits),
        reference=plan_splits(work.against, source.options) if work.against else (),
        steps=work.steps,
        survey=work.survey,
        collector=work.collector,
        jobs=min(jobs, max(len(splits), 1)),
        limit=common.limit,
    )


def _jobs(
    common: Common, work: Work, source: "FileSource", splits: "list[Split]"
) -> tuple[int, bool]:
    """Processes to use, and whether files may stay whole.

    As many as told, else one for small input and one a core for more. Cutting files
    means to read them once more: it pays for several processes, and where records
    are to come out, or wait in memory, some at a time.
    """
    from corpuskit.run.server import usable_cores

    wanted = common.jobs or usable_cores()
    n_inputs = sum(len(split.inputs) for split in splits)
    n_bytes = sum(split.size_bytes for split in splits)
    is_alone = wanted == 1 or bool(common.limit)
    if not is_alone and (n_inputs >= MANY or (common.jobs and n_bytes >= _SMALL_BYTES)):
        return wanted, False
    if n_bytes < _SMALL_BYTES:
        return 1, False
    is_light = n_bytes < _SMALL_AS_FOUND and _is_light(work, source, splits)
    jobs = 1 if is_alone or is_light else wanted
    return jobs, is_light and work.survey is not None


def _is_light(work: Work, source: "FileSource", splits: "list[Split]") -> bool:
    """Whether documents go through no step, going by the first one.

    Rows of plain text are not cleaned, nor is what was cleaned before.
    """
    from corpuskit.run.splits import run_splits
    from corpuskit.run.steps import Clean
    from corpuskit.run.work import Job
    from corpuskit.sources.names import is_url
    from corpuskit.write.corpus import Wants

    if not work.steps:
        return True
    cleaning = [step for step in work.steps if isinstance(step, Clean)]
    if len(cleaning) < len(work.steps) or is_url(splits[0].inputs[0].path):
        return False
    job = Job(source, (), Wants(""), limit=1, encodes=False)
    found = [one for done in run_splits(job, splits[:1], 1) for one in done.documents]
    return not any(step.takes(one) for step in cleaning for one in found)


@contextlib.contextmanager
def _scratch_input(common: Common) -> Iterator[str]:
    """Where standard input was copied to, so that it can be read by any process."""
    if STDIN not in common.paths:
        yield ""
        return
    from corpuskit.sources import spool

    if sys.stdin.isatty():
        raise UsageError("- reads standard input, but nothing is piped in")
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="corpuskit-")
    try:
        yield spool(sys.stdin.buffer, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _progress(common: Common) -> Iterator[Any]:
    wanted = sys.stderr.isatty() if common.progress is None else common.progress
    if not wanted or common.quiet:
        yield None
        return
    from corpuskit.render import make_console, make_progress

    console = make_console(stderr=True, no_color=common.no_color)
    with make_progress(console) as progress:
        yield progress


def _tell(common: Common, report: "Report") -> None:
    """The problems on standard error: they are never silent, only shortened."""
    from corpuskit.render.words import visible

    most = len(report.problems) if common.verbose else _NAMED
    for problem in report.problems[:most]:
        click.echo(f"corpuskit: {visible(_told(problem))}", err=True)
    if len(report.problems) > most:
        rest = len(report.problems) - most
        click.echo(
            f"corpuskit: and {rest} more inputs with problems (-v names all)", err=True
        )
    for old, new in report.clashes[:most]:
        note(common, f"the id {visible(old)} came twice; one is now {visible(new)}")


def _told(problem: "Problem") -> str:
    """The problem in one line that names its input."""
    named = problem.path in problem.error
    return problem.error if named else f"{problem.path}: {problem.error}"


def cleaned_first(raw: bool) -> "tuple[Step, ...]":
    """The steps before a command that looks at content: cleaning, unless `--raw`.

    Rows of plain text stay as they are: they are documents of a corpus, not pages.
    """
    if raw:
        return ()
    from corpuskit.clean import CleanOptions
    from corpuskit.run.steps import Clean

    return (Clean(CleanOptions(), rows=False),)


def tell_cleaned(common: Common, report: "Report") -> None:
    """Says that pages were cleaned before they were looked at."""
    cleaned = report.tally.ran["clean"]
    if cleaned:
        what = "document was" if cleaned == 1 else "documents were"
        note(common, f"{cleaned} {what} cleaned first (--raw takes the text as found)")
