"""DedupOptions: what counts as a duplicate, and which one is kept."""

from dataclasses import dataclass
from typing import Literal, get_args

from corpuskit.errors import UsageError

Keep = Literal["best", "first", "longest", "newest"]


@dataclass(frozen=True, slots=True)
class DedupOptions:
    """What counts as a duplicate, and which member of a cluster is kept.

    Attributes:
        keep: `best` is the longest text, then one with a date and title, then the
            smallest id; `first` the first in input order; `longest` the longest text,
            then the first; `newest` the latest date, then as `best`.
        near: look for near duplicates too, not only for exact ones.
        threshold: least share of common shingles (Jaccard) of two near duplicates,
            0 to 1. Below 0.4 they must also be alike all over, not be short, and not
            resemble many others as much. Forms that are filled in differently are
            no duplicates either way (`forms`).
        memory: bytes that comparing should keep to, apart from about 200 a document.
            Signatures and the keys of their bands lie on disk in any case; the less
            memory, the more often they are read.
    """

    keep: Keep = "best"
    near: bool = True
    threshold: float = 0.22
    memory: int = 1 << 30

    def __post_init__(self) -> None:
        if self.keep not in get_args(Keep):
            raise UsageError(f"keep must be one of {', '.join(get_args(Keep))}")
        if not 0 < self.threshold <= 1:
            raise UsageError("threshold must be above 0 and at most 1")
        if self.memory < 1:
            raise UsageError("memory must be at least one byte")
