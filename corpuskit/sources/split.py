"""Split: a piece of work that names its input by itself; pickles, travels, repeats."""

import msgspec


class Input(msgspec.Struct, frozen=True):
    """One file, or one range of one.

    Attributes:
        path: the path as it is opened; bytes that are not text as lone surrogates.
        shown: the path as people and records see it: always valid text.
        source: name of the folder it was found in.
        name: path below that folder, "/" between parts, valid text.
        size_bytes: size when it was found; of the range where it is one.
        start: where the range starts, in units.
        stop: where it ends; -1 for a whole file.
        unit: `byte` for a JSONL file, `record` for bytes that hold whole records of a
            WARC file, `group` for the row groups of a Parquet file.
        first_row: number of the first line or row of the range.
        rule: why it cannot be read (`missing`, `permission` ...); "" when it may be.
        error: the line that says so.
    """

    path: str
    shown: str
    source: str
    name: str
    size_bytes: int = 0
    start: int = 0
    stop: int = -1
    unit: str = "byte"
    first_row: int = 0
    rule: str = ""
    error: str = ""


class Split(msgspec.Struct, frozen=True):
    """Some inputs that are read together, in this order."""

    inputs: tuple[Input, ...]

    @property
    def size_bytes(self) -> int:
        """Bytes on disk, for progress."""
        return sum(item.size_bytes for item in self.inputs)

    def parts(self) -> list["Split"]:
        """One split for each input; together they give the same documents."""
        return [Split((item,)) for item in self.inputs]
