"""What a run came to: documents in and kept, drops, problems, time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.render.listing import Listing
from corpuskit.render.shapes import name_text
from corpuskit.render.shares import Section, Shares, ranked
from corpuskit.render.words import NAMED_ROWS, counted, duration, number, size, visible


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that could not be read: its reason and the line that explains it."""

    path: str
    reason: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts of one run.

    Attributes:
        n_in: documents that came in.
        n_kept: documents that were kept.
        reasons: dropped documents by reason.
        written: names of the files and folders written.
        seconds: wall time.
        peak_bytes: most memory in use at once; 0 unknown.
        problems: inputs that could not be read.
    """

    n_in: int
    n_kept: int
    reasons: Mapping[str, int] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    seconds: float = 0.0
    peak_bytes: int = 0
    problems: tuple[Problem, ...] = ()


def run_summary(outcome: Outcome) -> RenderableType:
    """Documents in, kept and dropped by reason, problems, where it went, time."""
    dropped = sum(outcome.reasons.values())
    counts = [("in", outcome.n_in), ("kept", outcome.n_kept), ("dropped", dropped)]
    sections = [Section("documents", counts, whole=outcome.n_in)]
    if dropped:
        reasons = ranked(outcome.reasons)
        sections.append(Section("dropped, by reason", reasons, whole=outcome.n_in))
    parts: list[RenderableType] = [Shares(*sections), Text()]
    if outcome.problems:
        parts += [problems_list(outcome.problems), Text()]
    if outcome.written:
        parts.append(name_text("written: " + ", ".join(outcome.written), "bold"))
    parts.append(Text(_pace(outcome)))
    return Group(*parts)


def problems_list(problems: Sequence[Problem]) -> RenderableType:
    """The inputs that could not be read, each with its reason."""
    heading = f"{counted(len(problems), 'input')} could not be read"
    entries = [
        (visible(problem.reason), name_text(_explained(problem)))
        for problem in problems[:NAMED_ROWS]
    ]
    listing = Listing(entries, n_more=len(problems) - len(entries))
    return Group(Text(heading, style="bold yellow"), listing)


def _explained(problem: Problem) -> str:
    if problem.path in problem.error:
        return problem.error
    return f"{problem.path}: {problem.error}" if problem.error else problem.path


def _pace(outcome: Outcome) -> str:
    parts = [duration(outcome.seconds)]
    if outcome.seconds >= 1:
        parts.append(f"{number(round(outcome.n_in / outcome.seconds))} documents/s")
    if outcome.peak_bytes:
        parts.append(f"{size(outcome.peak_bytes)} memory at most")
    return ", ".join(parts)
