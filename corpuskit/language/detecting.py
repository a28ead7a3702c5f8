"""detect: the language of a text; identify: of a document."""

import msgspec

from corpuskit.document import Document
from corpuskit.language import gate
from corpuskit.language.model import Detected, DetectOptions, Part

_DEFAULT = DetectOptions()


def detect(text: str, options: DetectOptions = _DEFAULT) -> Detected:
    """The language of a text: by its script, else by the engine."""
    letters = gate.count_letters(gate.sample(text))
    decided = gate.by_script(letters)
    if decided is None:
        from corpuskit.language.vote import vote

        language, score = vote(text, letters.script)
        decided = (language, letters.script)
    else:
        score = 0.0 if decided[0] == "und" else 0.99
    language, script = decided
    part = Part(0, len(text), language, script, score)
    return Detected(language, script, score, (part,) if text else ())


def identify(document: Document, options: DetectOptions = _DEFAULT) -> Document:
    """The document with its language and how sure that is, to four decimals."""
    found = detect(document.text, options)
    return msgspec.structs.replace(
        document, language=found.language, language_score=round(found.score, 4)
    )
