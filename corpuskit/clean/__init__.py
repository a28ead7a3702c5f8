"""The clean room: from a document as found to its main text and its fields."""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names, make_callable

if TYPE_CHECKING:
    from corpuskit.clean.normalize_text import normalize as normalize
    from corpuskit.clean.options import CleanOptions as CleanOptions
    from corpuskit.clean.page import Page as Page
    from corpuskit.clean.page import extract as extract
    from corpuskit.clean.step import clean as clean
    from corpuskit.clean.step import head_fields as head_fields

__all__ = ["CleanOptions", "Page", "clean", "extract", "head_fields", "normalize"]

_HOMES = {
    "CleanOptions": "options",
    "Page": "page",
    "clean": "step",
    "extract": "page",
    "head_fields": "step",
    "normalize": "normalize_text",
}

make_callable(__name__)


__getattr__ = lazy_names(__name__, _HOMES)
