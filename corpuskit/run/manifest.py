"""The manifest: what a run read, did, counted and could not read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from corpuskit._version import VERSION
from corpuskit.document import SCHEMA
from corpuskit.run.pipeline import Report


def manifest(
    command: str, options: dict[str, Any], report: Report, *, ended: datetime
) -> dict[str, Any]:
    """The manifest of a finished run as plain values.

    Times and memory stand here and not in the records, so that equal input gives
    equal records. `inputs` names every file or part of a file with its size and the
    SHA-256 of the bytes that were read.
    """
    started = ended - timedelta(seconds=report.wall_s)
    return {
        "corpuskit": VERSION,
        "schema": SCHEMA,
        "command": command,
        "options": options,
        "started": _stamp(started),
        "ended": _stamp(ended),
        "wall_s": round(report.wall_s, 3),
        "peak_memory_bytes": report.peak_bytes,
        "counts": report.tally.to_dict(),
        "problems": [problem._asdict() for problem in report.problems],
        "renamed_ids": [{"id": old, "new": new} for old, new in report.clashes],
        "inputs": msgspec.Raw(b"[%b]" % bytes(report.inputs)),
    }


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
