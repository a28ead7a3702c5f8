"""Steps that worker processes can import: one that marks, one that misbehaves."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from corpuskit.document import Document


@dataclass(frozen=True, slots=True)
class Upper:
    name: str = "upper"

    def __call__(self, document: Document) -> Document:
        return document.with_text(document.text.upper())


@dataclass(frozen=True, slots=True)
class Misbehave:
    """Does what the text says: `raise` fails, `die` kills the process."""

    name: str = "misbehave"

    def __call__(self, document: Document) -> Document:
        if document.text.startswith("raise"):
            raise ValueError(f"cannot bear {document.text}")
        if document.text.startswith("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        return document


@dataclass(frozen=True, slots=True)
class Together(Misbehave):
    """The same for several documents at once: one that fails fails them all."""

    def many(self, documents: Sequence[Document]) -> list[Document]:
        return [self(document).with_text(document.text + "!") for document in documents]
