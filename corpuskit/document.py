"""Document: the one record that every room takes and gives (schema corpuskit/1)."""

import hashlib
from typing import Any

import msgspec

from corpuskit.errors import ReadError

SCHEMA = "corpuskit/1"
_SCHEMA_NAME, _SCHEMA_LEVEL = "corpuskit", 1
REPLACEMENT = "\ufffd"
REMOVED_SPANS = "removed_spans"
"""Key of the extra metadata in which a run carries what its steps removed."""


class Metadata(msgspec.Struct, frozen=True):
    """Where a document comes from; all strings, "" where unknown."""

    path: str = ""
    media_type: str = ""
    encoding: str = ""
    site: str = ""
    author: str = ""
    extra: str = "{}"


class Document(msgspec.Struct, frozen=True):
    """One text with its fields; the keys of its JSON form, in this order.

    Values are immutable: use `msgspec.structs.replace`, `with_text`, `with_metadata`,
    `with_extra` and `dropped` to make a changed copy.
    """

    id: str
    text: str = ""
    source: str = ""
    created: str = ""
    version: str = SCHEMA
    url: str = ""
    title: str = ""
    language: str = "und"
    language_score: float = 0.0
    n_chars: int = 0
    sha256: str = ""
    cluster: str = ""
    keep: bool = True
    reason: str = ""
    metadata: Metadata = Metadata()

    def with_text(self, text: str) -> "Document":
        """A copy with this text, its length and its hash."""
        text, digest = sealed(text)
        return msgspec.structs.replace(
            self, text=text, n_chars=len(text), sha256=digest
        )

    def with_metadata(self, **values: str) -> "Document":
        """A copy with these metadata values."""
        return msgspec.structs.replace(
            self, metadata=msgspec.structs.replace(self.metadata, **values)
        )

    def extra(self) -> dict[str, Any]:
        """The extra metadata as a new dictionary."""
        return load_extra(self.metadata.extra)

    def with_extra(self, **values: Any) -> "Document":  # noqa: ANN401 - any JSON value
        """A copy with these values added to the extra metadata."""
        return self.with_metadata(extra=dump_extra({**self.extra(), **values}))

    def dropped(self, reason: str) -> "Document":
        """A copy that is not kept, for this reason (`step.rule`)."""
        return msgspec.structs.replace(self, keep=False, reason=reason)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Document)


def text_hash(text: str) -> str:
    """The SHA-256 of the UTF-8 text, with the prefix `s`: never numeric."""
    return "s" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def well_formed(text: str) -> str:
    """The text as a record may hold it: LF line ends, no NUL, no lone surrogates."""
    return text if text.isprintable() else _well_formed(text)[0]


def sealed(text: str) -> tuple[str, str]:
    """The text as a record may hold it (`well_formed`), and its hash (`text_hash`)."""
    text, encoded = _well_formed(text)
    return text, "s" + hashlib.sha256(encoded).hexdigest()


def _well_formed(text: str) -> tuple[str, bytes]:
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        # Paired surrogates become the character they stand for.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text, text.encode("utf-8")
    # Bytes are searched several times as fast as text.
    if b"\r" not in data and b"\x00" not in data:
        return text, data
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\x00", b"")
    return data.decode("utf-8"), data


def dump_extra(values: dict[str, Any]) -> str:
    """Extra metadata as a JSON object in a string; keys keep their order."""
    return _encoder.encode(values).decode("utf-8") if values else "{}"


def load_extra(extra: str) -> dict[str, Any]:
    """Extra metadata as a dictionary; anything but a JSON object gives an empty one."""
    if extra in ("", "{}"):
        return {}
    try:
        return msgspec.json.decode(extra, type=dict[str, Any])
    except msgspec.DecodeError:
        return {}


def encode(document: Document) -> bytes:
    """One JSONL line, with its line end."""
    return _encoder.encode(document) + b"\n"


def decode_record(line: bytes | str) -> Document:
    """The document of one JSONL line; fills what an older version lacks.

    Raises:
        ReadError: the line is no corpuskit record, or of a newer version.
    """
    try:
        document = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReadError(f"not a corpuskit record: {error}", rule="json") from error
    check_version(document.version)
    if document.version != SCHEMA:
        document = msgspec.structs.replace(document, version=SCHEMA)
    return document


def check_version(version: str) -> None:
    """Raises ReadError for a record that a newer corpuskit wrote."""
    name, _, level = version.partition("/")
    if name != _SCHEMA_NAME or not level.isdecimal():
        raise ReadError(f"unknown record version {version!r}", rule="version")
    if int(level) > _SCHEMA_LEVEL:
        raise ReadError(
            f"record version {version} is newer than {SCHEMA}: upgrade corpuskit",
            rule="version",
        )
