"""Records laid down between two passes, read back split by split."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from corpuskit.document import Document, decode_record
from corpuskit.run.followed import followed
from corpuskit.run.tally import Problem
from corpuskit.write.atomic import output_errors
from corpuskit.write.corpus import Record

_BUFFER_BYTES = 1 << 18


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


class Spool:
    """A JSONL file that remembers where each split's records begin and end.

    A context manager: the records can be read once it is left.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb", buffering=_BUFFER_BYTES)
        self._size = 0
        self.splits: list[SpoolSplit] = []

    def put(self, records: Sequence[Record]) -> None:
        """Adds the records of the next split."""
        lines = [record.line for record in records]
        with output_errors(self._path):
            self._file.writelines(lines)
        size = sum(map(len, lines))
        dropped = array("Q", (n for n, record in enumerate(records) if not record.keep))
        self.splits.append(SpoolSplit(self._path, self._size, size, dropped))
        self._size += size

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *error: object) -> None:
        with output_errors(self._path):
            self._file.close()


class SpoolSource(msgspec.Struct, frozen=True):
    """Gives the documents of a spool split as they were put, the decisions applied."""

    apply: Callable[[Document, Any], Document]

    def read(self, split: SpoolSplit, log: list[Any]) -> Iterator[Document]:
        """The documents of the split, in order."""
        for position, line in enumerate(split.lines()):
            document = decode_record(line)
            if position in split.decisions:
                after = self.apply(document, split.decisions[position])
                document = followed(document, after, "survey.lines")
            yield document

    def parts(self, split: SpoolSplit) -> Sequence[SpoolSplit]:
        """The split itself: its records were fine in the first pass."""
        return [split]

    def is_own(self, split: SpoolSplit, problem: Problem) -> bool:
        """Never: what could not be read was told in the first pass."""
        return False

    def lost(self, split: SpoolSplit, rule: str, message: str) -> Document:
        """Never a document: losing a whole range of records must end the run."""
        raise RuntimeError(f"records lost between two passes ({rule}): {message}")
