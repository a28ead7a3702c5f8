"""UTF-8 that was once read in a one-byte encoding, read again rightly.

Only ftfy's `fix_encoding` is used, line by line, and only on lines where characters
stand together as the bytes of one UTF-8 character would: ftfy is slow, and it is not
even imported for text without such a line.
"""

import re
from functools import cache
from typing import Final

from corpuskit._patterns import pattern

_ENCODINGS: Final = ("cp1252", "latin-1", "cp1250", "cp1254", "cp1257", "iso8859-2")
_OTHERS: Final = ("cp1251", "cp1253")
_OLD: Final = ("mac-roman", "cp437")
_OLD_LEADS: Final = (
    "\u00ac\u221a\u0192\u2248\u2206\u2013\u2014\u00ff\u0178"
    "\u252c\u251c\u255e\u255f\u2568\u2564\u2565"
)
"""First bytes of two-byte characters in MacRoman and the PC code page.

The others (quotes, guillemets) stand before accented letters in good text as well.
"""


def _chars(encodings: tuple[str, ...], first: int, last: int) -> str:
    """What these encodings make of a range of bytes, for a class of a pattern."""
    raw = bytes(range(first, last + 1))
    found = {c for name in encodings for c in raw.decode(name, "ignore")}
    if first == 0x80:
        found.update(map(chr, range(0x80, 0xC0)))
    return re.escape("".join(sorted(found)))


LEADS: Final = (
    "\xac\xb5\xb7\xc1-\xf4\xff-\u0103\u0105-\u0107\u010c-\u0113\u0116-\u011b\u011e\u011f"
    "\u0122\u0123\u012a\u012b\u012f\u0130\u0136\u0137\u0139-\u013c\u0141\u0143-\u0148"
    "\u014c\u014d\u0150\u0155\u0158\u015a\u015e\u0160-\u0162\u016a\u016e\u0170\u0172"
    "\u0178-\u017b\u017d\u0192\u0392-\u03a1\u03a3-\u03c4\u03c6\u0412-\u0444\u2013\u2014"
    "\u201a\u201e\u2021\u2030\u2206\u221a\u221e\u2229\u2248\u251c\u252c\u255e\u255f"
    "\u2564\u2565\u2568"
)
"""What the first byte of a character may look like; the inside of a class.

Written out, as ten codecs would have to be loaded to compute it; a test does that.
"""


_MAYBE = pattern(
    f"[{LEADS}](?:[\x80-\u200f\u2020-\u2593]|(?<![\u2013\u2014])[\u2010-\u201f ])"
)
"""Wider than `_pattern` and far cheaper to make: most clean texts end here.

A dash is the first byte of something in old encodings only, and has no quote or other
dash behind it there; Chinese is full of double dashes.
"""


@cache
def _pattern() -> re.Pattern[str]:
    """Finds the second of the bytes of one UTF-8 character.

    Second bytes are rarer than first ones, which are common letters in Cyrillic text.
    """
    branches, seconds = ["(?<=\u00c3) "], ["\u00c3"]
    for encodings in (*((name,) for name in _OTHERS), _ENCODINGS):
        rest = _chars(encodings, 0x80, 0xBF)
        seconds.append(rest)
        two, three, four = (
            _chars(encodings, *ends)
            for ends in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))
        )
        branches += [
            f"(?<=[{two}][{rest}])",
            f"(?<=[{three}][{rest}])[{rest}?\ufffd]",
            f"(?<=[{four}][{rest}])[{rest}]{{2}}",
        ]
    rest = _chars(_OLD, 0x80, 0xBF)
    seconds.append(rest)
    branches.append(f"(?<=[{_OLD_LEADS}][{rest}])")
    branches.append(f"(?<=[{_chars(_OLD, 0xE0, 0xEF)}][{rest}])[{rest}]")
    # One class in front lets the engine skip over text without any second byte.
    return re.compile(f"[{''.join(seconds)}](?:{'|'.join(branches)})")


def mend_mojibake(text: str) -> str:
    """The text with its mojibake lines repaired; the same text where there are none."""
    if not _MAYBE.search(text):
        return text
    suspicious = _pattern().search
    match = suspicious(text)
    if not match:
        return text
    from ftfy import fix_encoding

    done, parts = 0, []
    while match:
        start = text.rfind("\n", done, match.start()) + 1 or done
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        parts += [text[done:start], fix_encoding(text[start:end])]
        done = end
        match = suspicious(text, done)
    return "".join([*parts, text[done:]])
