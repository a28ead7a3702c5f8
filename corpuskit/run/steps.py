"""The steps of a run: small values that take one Document and give one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import msgspec
from msgspec.structs import replace

from corpuskit.document import Document
from corpuskit.run.followed import followed

if TYPE_CHECKING:
    from corpuskit.clean import CleanOptions, RedactOptions
    from corpuskit.language import DetectOptions


_SIZE_KEY = "size_bytes"
_SIZE = f'"{_SIZE_KEY}"'


class Step(Protocol):
    """One job on one document; picklable, so that it can go to another process."""

    @property
    def name(self) -> str:
        """The first half of the reasons it gives."""

    def __call__(self, document: Document) -> Document:
        """The document after this step."""


@runtime_checkable
class ManyStep(Step, Protocol):
    """A step that does its job faster on several documents together."""

    def many(self, documents: Sequence[Document]) -> list[Document]:
        """What calling the step gives for each of the documents."""


class Clean(msgspec.Struct, frozen=True):
    """Page or text -> main content, normalised, with its fields.

    Attributes:
        rows: also clean rows of plain text, which are documents of a corpus already.
    """

    options: "CleanOptions"
    rows: bool = True
    name: str = "clean"

    def __call__(self, document: Document) -> Document:
        """The cleaned document."""
        return self.many([document])[0]

    def many(self, documents: Sequence[Document]) -> list[Document]:
        """The cleaned documents."""
        after = list(documents)
        wanted = [n for n, one in enumerate(after) if self.takes(one)]
        if wanted:
            from corpuskit.clean import clean_all

            cleaned = clean_all([after[n] for n in wanted], self.options)
            for number, document in zip(wanted, cleaned, strict=True):
                after[number] = document
        return after

    def takes(self, document: Document) -> bool:
        """Whether there is anything to do: what was dropped or cleaned stays."""
        if not document.keep or (not self.rows and _is_row(document)):
            return False
        return not document.extra().get("cleaned")


def _is_row(document: Document) -> bool:
    """Whether a document was a row of plain text, not a page or a file of its own.

    Those tell their size as found.
    """
    if document.metadata.media_type not in ("", "text/plain"):
        return False
    return _SIZE not in document.metadata.extra or _SIZE_KEY not in document.extra()


class Head(msgspec.Struct, frozen=True):
    """Title, date, author and site of a document; its text stays as found."""

    name: str = "head"

    def __call__(self, document: Document) -> Document:
        """The document with its fields."""
        from corpuskit.clean import head_fields

        return head_fields(document)


class ConvertScript(msgspec.Struct, frozen=True):
    """Chinese text -> one script, "simplified" or "traditional"."""

    script: str
    name: str = "script"

    def __call__(self, document: Document) -> Document:
        """The document; Chinese ones in this script."""
        from corpuskit.clean import convert_script

        converted = convert_script(document, self.script)
        return followed(document, converted, "script.lines")


class Redact(msgspec.Struct, frozen=True):
    """Contact data and numbers of persons -> tokens, in text and fields."""

    options: "RedactOptions"
    name: str = "redact"

    def __call__(self, document: Document) -> Document:
        """The redacted document."""
        from corpuskit.clean import redact_document

        redacted = redact_document(document, self.options)
        return followed(document, redacted, "redact.lines")


class Identify(msgspec.Struct, frozen=True):
    """Language and script of the text."""

    options: "DetectOptions"
    name: str = "detect"

    def __call__(self, document: Document) -> Document:
        """The document with its language."""
        from corpuskit.language import identify

        return identify(document, self.options) if document.keep else document


class IdentifyUnknown(msgspec.Struct, frozen=True):
    """Language and script of texts whose language is not known yet."""

    options: "DetectOptions"
    name: str = "detect"

    def __call__(self, document: Document) -> Document:
        """The document with a language."""
        known = document.language != "und" or document.language_score > 0
        return document if known else Identify(self.options)(document)


class SelectLanguages(msgspec.Struct, frozen=True):
    """Keeps documents by their language.

    Attributes:
        only: tags to keep; empty keeps all. `zh` also means `zh-Hans` and `zh-Hant`.
        without: tags to drop.
        min_score: least score of the language.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    min_score: float = 0.0
    name: str = "detect"

    def __call__(self, document: Document) -> Document:
        """The document; dropped as `detect.language` or `detect.score` if unwanted."""
        if not document.keep:
            return document
        wanted = not self.only or _is_one_of(document.language, self.only)
        if not wanted or _is_one_of(document.language, self.without):
            return document.dropped("detect.language")
        if document.language_score < self.min_score:
            return document.dropped("detect.score")
        return document


def _is_one_of(language: str, tags: tuple[str, ...]) -> bool:
    """Whether a language tag is one of these, or a finer form of one."""
    tag = language.lower()
    return any(tag == wanted or tag.startswith(f"{wanted}-") for wanted in tags)


class RetagFlores(msgspec.Struct, frozen=True):
    """Writes languages as FLORES, OpenLID and GlotLID do: `zho_Hans`."""

    name: str = "detect"

    def __call__(self, document: Document) -> Document:
        """The document with its language under the other code."""
        from corpuskit.language import to_flores

        return replace(document, language=to_flores(document.language))
