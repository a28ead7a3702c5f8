"""Options of the clean step, shared by the command line and Python users."""

from typing import Literal

import msgspec

Form = Literal["NFC", "NFKC", "NFD", "none"]
Width = Literal["letters", "punctuation", "keep"]
Quotes = Literal["keep", "straight"]


class CleanOptions(msgspec.Struct, frozen=True):
    """What `clean` does.

    Attributes:
        mode: how eager main content extraction is on HTML pages.
        parser: the HTML tree.
        lines: take menus, bylines, related lists and footers off plain text.
        form: Unicode normalisation form.
        width: fold full-width letters and digits, these and punctuation, or nothing.
        quotes: keep typographic quotes, or make them straight.
        join_hyphens: join words that a hyphen breaks at a line end.
    """

    mode: Literal["precision", "balanced", "recall"] = "balanced"
    parser: Literal["lexbor", "bs4"] = "lexbor"
    lines: bool = True
    form: Form = "NFC"
    width: Width = "letters"
    quotes: Quotes = "keep"
    join_hyphens: bool = False
