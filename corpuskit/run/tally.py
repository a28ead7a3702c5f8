"""What a run counts: documents, reasons, languages, inputs and problems."""

from collections import Counter
from typing import Any, NamedTuple

import msgspec

from corpuskit.document import Document


class Problem(NamedTuple):
    """An input, or a part of one, that could not be read or failed in a step."""

    path: str
    reason: str
    error: str


class Tally(msgspec.Struct):
    """Counts that can be added up; the order of the parts does not matter."""

    documents: int = 0
    kept: int = 0
    n_chars: int = 0
    reasons: Counter[str] = msgspec.field(default_factory=Counter)
    languages: Counter[str] = msgspec.field(default_factory=Counter)
    ran: Counter[str] = msgspec.field(default_factory=Counter)

    def count(self, document: Document) -> None:
        """Counts a finished document."""
        self.documents += 1
        if document.keep:
            self.kept += 1
            self.n_chars += document.n_chars
            self.languages[document.language] += 1
        else:
            self.reasons[document.reason] += 1

    def recount(self, before: Document, after: Document) -> None:
        """Counts a document, which was counted before, as it is now."""
        self.documents -= 1
        if before.keep:
            self.kept -= 1
            self.n_chars -= before.n_chars
            _take_one(self.languages, before.language)
        else:
            _take_one(self.reasons, before.reason)
        self.count(after)

    def merge(self, other: "Tally") -> None:
        """Adds another tally to this one."""
        self.documents += other.documents
        self.kept += other.kept
        self.n_chars += other.n_chars
        self.reasons += other.reasons
        self.languages += other.languages
        self.ran += other.ran

    def to_dict(self) -> dict[str, Any]:
        """The counts for the manifest; drops by step, then by rule."""
        steps: dict[str, dict[str, int]] = {}
        for reason, n in sorted(self.reasons.items()):
            step, _, rule = reason.partition(".")
            steps.setdefault(step, {})[rule] = n
        return {
            "documents": self.documents,
            "kept": self.kept,
            "dropped": self.documents - self.kept,
            "dropped_by_step": steps,
            "n_chars": self.n_chars,
            "languages": dict(sorted(self.languages.items())),
        }


def _take_one(counts: Counter[str], key: str) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]


def problem_of(document: Document) -> Problem | None:
    """The problem that a document stands for, if it does."""
    step, _, rule = document.reason.partition(".")
    if document.keep or (step != "read" and rule != "failed"):
        return None
    error = str(document.extra().get("error", ""))
    return Problem(document.metadata.path or document.id, document.reason, error)
