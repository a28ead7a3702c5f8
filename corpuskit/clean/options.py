"""Options of the clean step, shared by the command line and Python users."""

from typing import Final, Literal

import msgspec

Form = Literal["NFC", "NFKC", "NFD", "none"]
Width = Literal["letters", "punctuation", "keep"]
Quotes = Literal["keep", "straight"]

REDACTED: Final = ("email", "phone", "ip", "id", "card")
"""The kinds of contact data and numbers of persons that can be redacted."""


class CleanOptions(msgspec.Struct, frozen=True):
    """What `clean` does.

    Attributes:
        mode: how eager main content extraction is on HTML pages.
        parser: the HTML tree.
        markdown: write the structure of HTML pages as Markdown.
        keep: what of a page to keep besides its main content: `tables`, `links`,
            `comments`, `images`.
        explain: note each span that is removed, with its rule and the evidence, in
            the extra metadata.
        lines: take menus, bylines, related lists and footers off plain text.
        form: Unicode normalisation form.
        width: fold full-width letters and digits, these and punctuation, or nothing.
        quotes: keep typographic quotes, or make them straight.
        join_hyphens: join words that a hyphen breaks at a line end.
    """

    mode: Literal["precision", "balanced", "recall"] = "balanced"
    parser: Literal["lexbor", "bs4"] = "lexbor"
    markdown: bool = False
    keep: tuple[str, ...] = ()
    explain: bool = False
    lines: bool = True
    form: Form = "NFC"
    width: Width = "letters"
    quotes: Quotes = "keep"
    join_hyphens: bool = False


class RedactOptions(msgspec.Struct, frozen=True):
    """What `redact` replaces.

    Attributes:
        kinds: which of `REDACTED` to look for.
        regions: countries (ISO 3166, such as "DE") whose national telephone numbers
            are looked for too; needs the extra `phone`. Chinese, Japanese, Korean and
            North American numbers, and any with `+`, are found without it.
    """

    kinds: tuple[str, ...] = REDACTED
    regions: tuple[str, ...] = ()
