"""The clean room: from a document as found to its main text and its fields."""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names, make_callable

if TYPE_CHECKING:
    from corpuskit.clean.boilerplate import Cut as Cut
    from corpuskit.clean.boilerplate import Edges as Edges
    from corpuskit.clean.boilerplate import cut_lines as cut_lines
    from corpuskit.clean.boilerplate_find import cuts_of as cuts_of
    from corpuskit.clean.boilerplate_find import find_cuts as find_cuts
    from corpuskit.clean.normalize_text import normalize as normalize
    from corpuskit.clean.options import CleanOptions as CleanOptions
    from corpuskit.clean.options import RedactOptions as RedactOptions
    from corpuskit.clean.page import Page as Page
    from corpuskit.clean.page import extract as extract
    from corpuskit.clean.redact import Redacted as Redacted
    from corpuskit.clean.redact import check_redaction as check_redaction
    from corpuskit.clean.redact import redact as redact
    from corpuskit.clean.redact import redact_document as redact_document
    from corpuskit.clean.step import clean as clean
    from corpuskit.clean.step import clean_all as clean_all
    from corpuskit.clean.step import head_fields as head_fields
    from corpuskit.clean.variants import check_script as check_script
    from corpuskit.clean.variants import convert_script as convert_script

__all__ = [
    "CleanOptions",
    "Cut",
    "Edges",
    "Page",
    "RedactOptions",
    "Redacted",
    "check_redaction",
    "check_script",
    "clean",
    "clean_all",
    "convert_script",
    "cut_lines",
    "cuts_of",
    "extract",
    "find_cuts",
    "head_fields",
    "normalize",
    "redact",
    "redact_document",
]

_HOMES = {
    "CleanOptions": "options",
    "Cut": "boilerplate",
    "Edges": "boilerplate",
    "Page": "page",
    "RedactOptions": "options",
    "Redacted": "redact",
    "check_redaction": "redact",
    "check_script": "variants",
    "clean": "step",
    "clean_all": "step",
    "convert_script": "variants",
    "cut_lines": "boilerplate",
    "cuts_of": "boilerplate_find",
    "extract": "page",
    "find_cuts": "boilerplate_find",
    "head_fields": "step",
    "normalize": "normalize_text",
    "redact": "redact",
    "redact_document": "redact",
}

make_callable(__name__)


__getattr__ = lazy_names(__name__, _HOMES)
