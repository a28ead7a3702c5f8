"""corpuskit turns scraped pages into a clean, deduplicated, documented corpus."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpuskit._version import VERSION as __version__

if TYPE_CHECKING:
    from corpuskit.clean import Page as Page
    from corpuskit.clean import clean as clean
    from corpuskit.clean import extract as extract
    from corpuskit.clean import normalize as normalize
    from corpuskit.clean import redact as redact
    from corpuskit.dedup import dedup as dedup
    from corpuskit.document import Document as Document
    from corpuskit.language import Detected as Detected
    from corpuskit.language import detect as detect
    from corpuskit.sources import Decoded as Decoded
    from corpuskit.sources import decode as decode
    from corpuskit.sources import read as read
    from corpuskit.stats import Stats as Stats
    from corpuskit.stats import stats as stats
    from corpuskit.write import write as write

__all__ = [
    "Decoded",
    "Detected",
    "Document",
    "Page",
    "Stats",
    "__version__",
    "clean",
    "decode",
    "dedup",
    "detect",
    "extract",
    "normalize",
    "read",
    "redact",
    "stats",
    "write",
]

# Where a public name lives; loaded on first use, so that importing corpuskit is cheap.
_HOMES = {
    "Decoded": "sources",
    "Detected": "language",
    "Document": "document",
    "Page": "clean",
    "Stats": "stats",
    "decode": "sources",
    "detect": "language",
    "extract": "clean",
    "normalize": "clean",
    "read": "sources",
    "redact": "clean",
}
_ROOMS = ("clean", "dedup", "stats", "write")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the room holds
    if name in _ROOMS:
        return import_module(f"corpuskit.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'corpuskit' has no attribute {name!r}")
    value = getattr(import_module(f"corpuskit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
