"""How odd a text looks: what a wrong single-byte codec leaves inside words.

Wrong codecs put signs, capitals or letters of another script into the middle of words.
That holds in any language, so it can decide between two codecs that a model of
languages finds about as likely.
"""

import re
import unicodedata
from itertools import islice

_SAMPLE_WORDS, _SAMPLE_CHARS = 100, 600
_IN_WORDS = frozenset("·'’‘ʼ´`ʹ¸")
_SCRIPTS = {"LATIN": "lL", "GREEK": "gG", "CYRILLIC": "cC"}
# Two neighbours that do not go together; `k` is a control, `s` a sign.
_CLASH = re.compile(
    "(?=k|[lLgGcCx]s|s[lLgGcCx]|lL|gG|cC|[lL][gGcCx]|[gG][lLcCx]|[cC][lLgGx]|x[lLgGcC])"
)


def oddness(text: str) -> int:
    """How many characters are out of place, in a sample of words beyond ASCII."""
    words = (word for word in text.split() if not word.isascii())
    sample = " ".join(islice(words, _SAMPLE_WORDS))[:_SAMPLE_CHARS]
    return len(_CLASH.findall(sample.translate(_CLASSES)))


class _Classes(dict[int, str]):
    """Maps characters to their class, as they come."""

    def __missing__(self, code: int) -> str:
        self[code] = _class_of(chr(code))
        return self[code]


_CLASSES = _Classes()


def _class_of(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "L":
        script = unicodedata.name(character, "?").partition(" ")[0]
        return _SCRIPTS.get(script, "xx")[character.isupper()]
    if category[0] == "M":
        return ""
    if category in ("Cc", "Cn", "Co", "Cs"):
        return " " if character in "\t\n\r" else "k"
    if category[0] == "S" and character not in _IN_WORDS and character > "\x7f":
        return "s"
    return " "
