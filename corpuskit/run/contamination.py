"""The step that drops documents which a test set has something in common with."""

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from corpuskit.document import Document

if TYPE_CHECKING:
    from corpuskit.dedup import EvalSets


class Decontaminate(msgspec.Struct, frozen=True):
    """Drops documents with runs of words of test items.

    Attributes:
        sets: the test sets.
        mark_only: keep all; only the reason is written.
    """

    sets: "EvalSets"
    mark_only: bool = False
    name: str = "dedup"

    def __call__(self, document: Document) -> Document:
        """The document; dropped as `dedup.contaminated` if it is."""
        checked = self.sets.check(document)
        if self.mark_only and checked is not document:
            return replace(checked, keep=True)
        return checked
