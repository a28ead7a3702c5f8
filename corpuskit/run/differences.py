"""What changed between two runs, told document by document.

Of each document of the first run some 300 bytes are kept: hashes of its id, its text
and its fields. Texts are never held: memory grows with the number of documents alone.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from corpuskit.run.finished import FinishedRun, Key

FIELDS: Final = ("text", "title", "created", "url", "language", "metadata")


class Change(msgspec.Struct, frozen=True):
    """A document that is not the same in two runs.

    Attributes:
        change: `added`, `removed` or `changed`.
        fields: what differs of a changed one, with commas between.
        n_chars_before, n_chars_after: length of the text; 0 where it is not kept.
        reason_before, reason_after: why it was dropped, where it was.
    """

    change: str
    id: str
    fields: str = ""
    n_chars_before: int = 0
    n_chars_after: int = 0
    reason_before: str = ""
    reason_after: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON values."""
        return msgspec.structs.asdict(self)


class _Known(msgspec.Struct, frozen=True, gc=False):
    """What is remembered of a document of the first run."""

    values: bytes
    n_chars: int
    reason: str
    keep: bool


class Differences:
    """The documents that were added, changed or removed, one after another.

    A document counts as there when it was kept. Added and changed ones come first, in
    the order of the second run; then the removed ones, in that of the first.

    Attributes:
        n: how many have come so far.
    """

    def __init__(self, before: FinishedRun, after: FinishedRun) -> None:
        self._before = before
        self._after = after
        self.n = 0

    def __iter__(self) -> Iterator[Change]:
        known = {hash(row.key.id): _known(row.key) for row in self._before.rows()}
        gone: dict[int, str] = {}
        for row in self._after.rows():
            number = hash(row.key.id)
            if not row.key.keep:
                gone[number] = row.key.reason
            elif change := _compared(known.pop(number, None), row.key):
                self.n += 1
                yield change
        for row in self._before.rows():
            key, number = row.key, hash(row.key.id)
            # What is still known was not kept the second time.
            if key.keep and number in known:
                self.n += 1
                reason = gone.get(number, "")
                yield Change("removed", key.id, "", key.n_chars, 0, "", reason)


def _known(key: Key) -> _Known:
    return _Known(_digest(key), key.n_chars, key.reason, key.keep)


def _compared(old: _Known | None, key: Key) -> Change | None:
    """The change of a document that the second run kept, if there is one."""
    if old is None or not old.keep:
        reason = old.reason if old else ""
        return Change("added", key.id, "", 0, key.n_chars, reason)
    fields = _differing(old.values, _digest(key))
    if not fields:
        return None
    return Change("changed", key.id, fields, old.n_chars, key.n_chars)


def _digest(key: Key) -> bytes:
    """Eight bytes for each of FIELDS; equal ones for equal values."""
    values = (key.sha256, key.title, key.created, key.url, key.language)
    parts = [hash(value) for value in values] + [hash(bytes(key.metadata))]
    return b"".join(part.to_bytes(8, "little", signed=True) for part in parts)


def _differing(old: bytes, new: bytes) -> str:
    """The names of the fields whose bytes differ."""
    if old == new:
        return ""
    places = range(0, len(old), 8)
    return ",".join(
        name
        for name, at in zip(FIELDS, places, strict=True)
        if old[at : at + 8] != new[at : at + 8]
    )
