"""The source of a first pass: splits of files, as the sources room cuts them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from corpuskit.document import Document, Metadata, dump_extra
from corpuskit.run.tally import Problem

if TYPE_CHECKING:
    from corpuskit.sources import ReadOptions, Split


class FileSource(msgspec.Struct, frozen=True):
    """Reads the documents of files.

    Attributes:
        hashes: tells the hash of each file, as a manifest has it.
    """

    options: "ReadOptions"
    hashes: bool = True

    def read(self, split: "Split", log: list[Any]) -> Iterator[Document]:
        """The documents of the split as found; its files are added to the log."""
        from corpuskit.sources import InputFile, read_split

        if self.hashes:
            return read_split(split, self.options, log)
        there = (item for item in split.inputs if not item.rule)
        log += (InputFile(item.shown, item.size_bytes, "", 0) for item in there)
        return read_split(split, self.options)

    def parts(self, split: "Split") -> "Sequence[Split]":
        """One split for each file."""
        return split.parts()

    def is_own(self, split: "Split", problem: Problem) -> bool:
        """Whether a problem is not one that a record of an earlier run tells of."""
        shown = tuple(item.shown for item in split.inputs)
        return not problem.reason.startswith("read.") or problem.path.startswith(shown)

    def lost(self, split: "Split", rule: str, message: str) -> Document:
        """The record of a file that could not be worked on."""
        item = split.inputs[0]
        error = f"{item.shown}: {message}; look at this file alone with --jobs 1"
        return Document(
            id=f"{item.source}/{item.name}#0",
            source=item.source,
            metadata=Metadata(path=item.shown, extra=dump_extra({"error": error})),
            keep=False,
            reason=f"read.{rule}",
        )
