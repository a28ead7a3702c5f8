"""What of a text is worth asking about: its sentences, without addresses and codes."""

import re

from corpuskit._patterns import pattern

MAX_LETTERS = 600
"""How many characters the engines read; more does not change their answer."""

_LOOKED_AT = 6000
# In bytes of UTF-8: a Chinese character says as much as three Latin letters.
_LONG_LINE = 60
_SHORT_LINE = 15

# What may be an address, a hash, a product code or base64: letters of no language.
_SUSPECT = pattern(
    r"(?<![!-~])(?:[!-\-:-?A-~]|\.(?![a-z]))*+(?:[0-9@/]|\.[a-z])[!-~]*+"
)
_CODE = pattern(
    r"[A-Za-z][0-9]|[0-9][A-Za-z]|@|://|^www\.|\.(?:com|org|net|html?|php|jpg|png)\b"
)


def spread(text: str, size: int) -> str:
    """The text, or where it is longer three pieces of it: start, middle, last third."""
    if len(text) <= size:
        return text
    third, middle = size // 3, len(text) // 2
    last = len(text) - len(text) // 6
    starts = (0, middle - third // 2, last - third // 2)
    return "\n".join(text[start : start + third] for start in starts)


def sentences(text: str) -> str:
    """The long lines of a text that has enough of them, else the whole text.

    Menus and footers are short lines, often in another language than the article.
    """
    if "\n" not in text:
        return text
    long_lines = [
        line
        for line in text.splitlines()
        if len(line) >= _LONG_LINE
        or (len(line) >= _SHORT_LINE and n_bytes(line) >= _LONG_LINE)
    ]
    kept = "\n".join(long_lines)
    return kept if 3 * n_bytes(kept) >= n_bytes(text) else text


def n_bytes(text: str) -> int:
    """The bytes of a text in UTF-8, about three for each that is not Latin."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def sample(text: str) -> str:
    """A bounded sample of a text, of its sentences where it has enough."""
    return sentences(spread(text, _LOOKED_AT))


def readable(text: str, size: int = MAX_LETTERS) -> str:
    """What the engines read of a sample: no addresses, no codes."""
    return _SUSPECT.sub(_without_code, spread(text, size))


def _without_code(found: re.Match[str]) -> str:
    """A space for a code, the word itself for any other word."""
    return " " if _CODE.search(found[0]) else found[0]
