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
        threshold: least share of common shingles (Jaccard) of two near duplicates.
        containment: least share of the smaller text's shingles found in the larger one.
    """

    keep: Keep = "best"
    near: bool = True
    threshold: float = 0.45
    containment: float = 0.8

    def __post_init__(self) -> None:
        if self.keep not in get_args(Keep):
            raise UsageError(f"keep must be one of {', '.join(get_args(Keep))}")
        for name in ("threshold", "containment"):
            if not 0 < getattr(self, name) <= 1:
                raise UsageError(f"{name} must be above 0 and at most 1")
