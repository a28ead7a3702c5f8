"""What a run came to: documents in and kept, languages, drops, time."""

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.render.shapes import name_text
from corpuskit.render.shares import Section, Shares, ranked
from corpuskit.render.words import duration, number, size
from corpuskit.run.pipeline import Report


def run_summary(
    report: Report,
    *,
    written: Sequence[str] = (),
    name: Callable[[str], str] | None = None,
) -> RenderableType:
    """Documents in and kept, their languages, drops by reason, where it went, time.

    Args:
        report: what the run did.
        written: names of the files and folders it wrote.
        name: gives a language tag its name; without it tags stay tags.
    """
    tally = report.tally
    dropped = tally.documents - tally.kept
    counts = [("in", tally.documents), ("kept", tally.kept), ("dropped", dropped)]
    sections = [Section("documents", counts, whole=tally.documents)]
    if set(tally.languages) - {"und"}:
        sections.append(Section("languages", ranked(tally.languages, name)))
    if dropped:
        reasons = ranked(tally.reasons)
        sections.append(Section("dropped, by reason", reasons, whole=tally.documents))
    parts: list[RenderableType] = [Shares(*sections), Text()]
    if written:
        parts.append(name_text("written: " + ", ".join(written), "bold"))
    parts.append(Text(_pace(report)))
    return Group(*parts)


def _pace(report: Report) -> str:
    parts = [duration(report.wall_s)]
    if report.wall_s >= 1:
        parts.append(
            f"{number(round(report.tally.documents / report.wall_s))} documents/s"
        )
    if report.peak_bytes:
        parts.append(f"{size(report.peak_bytes)} memory at most")
    return ", ".join(parts)
