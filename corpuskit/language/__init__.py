"""The language of a document: script first, then a vote of three engines."""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names

if TYPE_CHECKING:
    from corpuskit.language.detecting import detect as detect
    from corpuskit.language.detecting import identify as identify
    from corpuskit.language.model import Detected as Detected
    from corpuskit.language.model import DetectOptions as DetectOptions
    from corpuskit.language.model import Engine as Engine
    from corpuskit.language.model import Opinion as Opinion
    from corpuskit.language.model import Part as Part
    from corpuskit.language.names import name as name
    from corpuskit.language.names import to_bcp47 as to_bcp47
    from corpuskit.language.names import to_flores as to_flores

__all__ = [
    "DetectOptions",
    "Detected",
    "Engine",
    "Opinion",
    "Part",
    "detect",
    "identify",
    "name",
    "to_bcp47",
    "to_flores",
]

_HOMES = {
    "DetectOptions": "model",
    "Detected": "model",
    "Engine": "model",
    "Opinion": "model",
    "Part": "model",
    "detect": "detecting",
    "identify": "detecting",
    "name": "names",
    "to_bcp47": "names",
    "to_flores": "names",
}


__getattr__ = lazy_names(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
