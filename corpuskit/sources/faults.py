"""What could not be read, as a record: nothing disappears without a reason."""

import errno

import msgspec

from corpuskit.document import Document
from corpuskit.errors import ReadError

_RULES = {
    errno.ENOENT: ("missing", "no such file: it was removed, or a link points nowhere"),
    errno.ENOTDIR: ("missing", "no such file: part of its path is no folder"),
    errno.ELOOP: ("missing", "a link that leads back to itself: point it at a file"),
    errno.EACCES: ("permission", "permission denied: make it readable or exclude it"),
    errno.EPERM: ("permission", "permission denied: make it readable or exclude it"),
    errno.ENXIO: ("not_file", "not a regular file: give files or folders"),
    errno.EISDIR: ("not_file", "not a regular file: give files or folders"),
    errno.ENAMETOOLONG: ("missing", "the path is too long for this system: shorten it"),
}


class Origin(msgspec.Struct, frozen=True):
    """Where documents come from: what their ids and messages are made of.

    Attributes:
        source: name of the corpus or folder.
        name: path below it; members of archives follow after a "/".
        shown: path as people see it.
    """

    source: str
    name: str
    shown: str

    def id(self, number: int = 0) -> str:
        """The id of a document here."""
        return f"{self.source}/{self.name}#{number}"

    def document(self, number: int = 0) -> Document:
        """An empty document with the id of this place."""
        blank = Document(id=self.id(number), source=self.source)
        return blank.with_metadata(path=self.shown)

    def member(self, name: str) -> "Origin":
        """The place of a file inside this archive."""
        return Origin(self.source, f"{self.name}/{name}", f"{self.shown}/{name}")


def fault(origin: Origin, rule: str, error: str, *, number: int = 0) -> Document:
    """The record of an input that was not read: `read.<rule>` and a line for people."""
    document = origin.document(number).with_text("").dropped(f"read.{rule}")
    return document.with_extra(error=f"{origin.shown}: {error}")


def fault_of(
    origin: Origin, error: OSError | ReadError, *, number: int = 0
) -> Document:
    """The record of an input that was not read because of this error."""
    return fault(origin, *explain(error), number=number)


def explain(error: OSError | ReadError) -> tuple[str, str]:
    """The rule and the line for an error."""
    if isinstance(error, ReadError):
        return error.rule, str(error)
    known = _RULES.get(error.errno or 0)
    return known or ("io", f"cannot be read ({error.strerror or error}): try again")
