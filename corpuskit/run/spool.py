"""Documents laid down between two passes, read back split by split.

A few stay in memory as they are; records go to a file, and documents if they are many.
"""

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from corpuskit.document import Document, decode_record, encode
from corpuskit.run.followed import followed
from corpuskit.run.tally import Problem
from corpuskit.write.atomic import output_errors
from corpuskit.write.corpus import Record

_BUFFER_BYTES = 1 << 18
HELD_BYTES = 64 << 20
"""Documents whose texts are larger than this together go to the file."""
_DOCUMENT_BYTES = 1 << 10


class SpoolSplit(NamedTuple):
    """A byte range of the spool: the records of one split of the first pass.

    Attributes:
        dropped: positions of the documents that are not kept.
        decisions: what the survey decided, by position of the document in the split.
    """

    path: Path
    offset: int
    size_bytes: int
    dropped: Sequence[int] = ()
    decisions: Mapping[int, Any] = {}

    def lines(self) -> Iterator[bytes]:
        """The records, each with its line end."""
        left = self.size_bytes
        with self.path.open("rb", buffering=_BUFFER_BYTES) as file:
            file.seek(self.offset)
            for line in file:
                if left <= 0:
                    return
                left -= len(line)
                yield line

    def documents(self) -> Iterator[Document]:
        """The documents of the records."""
        return map(decode_record, self.lines())


class HeldSplit(NamedTuple):
    """The documents of one split of the first pass, in memory.

    Attributes:
        decisions: what the survey decided, by position of the document in the split.
    """

    held: Sequence[Document]
    decisions: Mapping[int, Any] = {}

    def documents(self) -> Iterator[Document]:
        """The documents in order."""
        return iter(self.held)


AnySplit = SpoolSplit | HeldSplit


class Spool:
    """Remembers the documents of each split: in memory, or in a JSONL file.

    A context manager: the documents can be read once it is left.
    """

    def __init__(self, path: Path, hold_bytes: int = HELD_BYTES) -> None:
        self._path = path
        self._file = path.open("wb", buffering=_BUFFER_BYTES)
        self._size = 0
        self._left = hold_bytes
        self.splits: list[AnySplit] = []

    def put(self, records: Sequence[Record]) -> None:
        """Adds the records of the next split."""
        dropped = (n for n, record in enumerate(records) if not record.keep)
        split = self._written([record.line for record in records], dropped)
        self.splits.append(split)

    def hold(self, documents: Sequence[Document]) -> None:
        """Adds the documents of the next split; all go to the file if they are many."""
        self.splits.append(HeldSplit(documents))
        if self._left > 0:
            self._left -= sum(map(_size, documents))
        if self._left <= 0:
            self.splits = [
                self._laid_down(split) if isinstance(split, HeldSplit) else split
                for split in self.splits
            ]

    def _laid_down(self, split: HeldSplit) -> SpoolSplit:
        lines = [encode(document) for document in split.held]
        dropped = (n for n, document in enumerate(split.held) if not document.keep)
        return self._written(lines, dropped)

    def _written(self, lines: list[bytes], dropped: Iterable[int]) -> SpoolSplit:
        with output_errors(self._path):
            self._file.writelines(lines)
        size = sum(map(len, lines))
        split = SpoolSplit(self._path, self._size, size, array("Q", dropped))
        self._size += size
        return split

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *error: object) -> None:
        with output_errors(self._path):
            self._file.close()


def _size(document: Document) -> int:
    """About how many bytes a document takes in memory."""
    extra = document.metadata.extra
    return sys.getsizeof(document.text) + sys.getsizeof(extra) + _DOCUMENT_BYTES


class SpoolSource(msgspec.Struct, frozen=True):
    """Gives the documents of a spool split as they were put, the decisions applied."""

    apply: Callable[[Document, Any], Document]

    def read(self, split: AnySplit, log: list[Any]) -> Iterator[Document]:
        """The documents of the split, in order."""
        for position, document in enumerate(split.documents()):
            if position in split.decisions:
                after = self.apply(document, split.decisions[position])
                document = followed(document, after, "survey.lines")
            yield document

    def parts(self, split: AnySplit) -> Sequence[AnySplit]:
        """The split itself: its records were fine in the first pass."""
        return [split]

    def is_own(self, split: AnySplit, problem: Problem) -> bool:
        """Never: what could not be read was told in the first pass."""
        return False

    def lost(self, split: AnySplit, rule: str, message: str) -> Document:
        """Never a document: losing a whole range of records must end the run."""
        raise RuntimeError(f"records lost between two passes ({rule}): {message}")
