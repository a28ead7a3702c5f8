"""Unicode and layout cleaning of any text.

One search for suspicious characters decides whether there is anything to do, so clean
text costs a few scans in C. What has to be done is done until nothing changes any more:
cleaning twice equals cleaning once.
"""

import re
import unicodedata
from typing import Final

from corpuskit._patterns import pattern
from corpuskit.clean.normalize_marks import mend_marks
from corpuskit.clean.normalize_mojibake import LEADS, mend_mojibake
from corpuskit.clean.normalize_tables import (
    BIDI,
    LINE_ENDS,
    SPACES,
    dropped,
    folded,
)

_MAX_PASSES: Final = 10
_BROKEN_A: Final = "\u00c3 "  # its second byte is a blank in old encodings

_MARKS: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    f"{BIDI}\u2060-\u206f\u2e80-\u2fd5\ud800-\udfff\ufb00-\ufb28\ufb50-\ufdef\ufe00-\ufe0f"
    "\ufe80-\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uffdc\ufff9-\uffff"
)
_NOISE: Final = f"{_MARKS}\xa0{SPACES}"
# Without astral characters a class is a table in the engine, so it is fast.
_MARKED = pattern(f"[{_MARKS}]")
_SUSPICIOUS_ANY = pattern(f"[{_NOISE}{LEADS}&]")
_ENTITY = pattern(
    r"&(?:amp;)*(?:\#[0-9]{1,7};|\#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_ESCAPE = pattern(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[@-Z\\-_])"
)
_ANY_LINE_END = pattern(f"\r\n?|[{LINE_ENDS}]")
_BLANK = pattern(f"[{SPACES}][{SPACES} \t]*")
# Where such characters may stand: a table changes the runs, not the whole text.
_DROPPED_RUN = pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u2060-\u2065\u206a-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffc\ufffe\uffff]+"
)
_ASTRAL_RUN = pattern("[\U00010000-\U0010ffff]+")
_FOLDED_RUN = pattern(
    "[\u2e80-\u2fd5\ufb00-\ufb28\ufb50-\ufdcf\ufe80-\ufefc\uff01-\uffdc]+"
)
_QUOTES = str.maketrans(
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f", "''''\"\"\"\""
)
_BROKEN_WORD = pattern(r"(?<=[^\W\d_]{2})-\n(?=[^\W\d_]{2})")


def normalize(
    text: str,
    *,
    form: str = "NFC",
    width: str = "letters",
    quotes: str = "keep",
    join_hyphens: bool = False,
    entities: bool = True,
) -> str:
    """The text in one Unicode form, with damage mended and layout noise gone.

    Args:
        text: any text; lone surrogates become U+FFFD.
        form: "NFC", "NFKC", "NFD" or "none".
        width: "letters" folds full-width letters and digits (and widens half-width
            katakana), "punctuation" folds full-width punctuation too, "keep" neither.
        quotes: "keep", or "straight" for ASCII quotes.
        join_hyphens: join words that a hyphen breaks at a line end (PDF text).
        entities: decode HTML entities left in the text.
    """
    text = text.strip("\n")
    for _ in range(_MAX_PASSES):
        before = mended = plain = text
        if _SUSPICIOUS_ANY.search(text) or _has_astral(text):
            mended = _mend_characters(text, width, entities=entities)
            plain = _mend_blanks(mended)
        shaped = _options(plain, form, quotes, join_hyphens)
        text = _layout(shaped)
        if width == "punctuation":
            text = _translated(_FOLDED_RUN, text, folded(width))
        # Blanks and empty lines alone bring nothing new to light, but for a broken "à".
        is_settled = mended is before and shaped == plain and _BROKEN_A not in text
        is_plain = not join_hyphens and width != "punctuation"
        if text == before or (is_settled and is_plain):
            break
    return text


def _has_astral(text: str) -> bool:
    """Whether a text has characters beyond the basic plane: they take two units."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _whole(text: str) -> str:
    """The text with paired surrogates joined and lone ones replaced."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raw = text.encode("utf-16-le", "surrogatepass")
        return raw.decode("utf-16-le", "replace")
    return text


def _decode(entity: re.Match[str]) -> str:
    """The character of an entity, however often its `&` was escaped."""
    from html import unescape
    from html.entities import html5

    name = entity[0][1:].replace("amp;", "") or "amp;"
    if name[0] == "#":
        return unescape("&" + name)
    return html5.get(name, entity[0])


def _mend_characters(text: str, width: str, *, entities: bool) -> str:
    """The text without noise characters, line ends in one form; itself if it was."""
    found = text
    if entities and "&" in text:
        found = _ENTITY.sub(_decode, text)
    found = mend_mojibake(_whole(found))
    has_astral = _has_astral(found)
    if has_astral or _MARKED.search(found):
        found = _ESCAPE.sub("", found)
        found = _ANY_LINE_END.sub("\n", found)
        found = _translated(_DROPPED_RUN, found, dropped())
        if has_astral:
            found = _translated(_ASTRAL_RUN, found, dropped())
        found = _translated(_FOLDED_RUN, mend_marks(found), folded(width))
    return found


def _translated(
    runs: re.Pattern[str], text: str, table: dict[int, str | int | None]
) -> str:
    """The text with a table applied to the runs of characters that it may hold."""
    return runs.sub(lambda run: run[0].translate(table), text)


def _mend_blanks(text: str) -> str:
    """Unicode blanks as one space inside a line; none at its start and end."""
    text, n_found = _BLANK.subn("\xa0", text)
    if not n_found:
        return text
    while " \xa0" in text or "\t\xa0" in text:
        text = text.replace(" \xa0", "\xa0").replace("\t\xa0", "\xa0")
    text = text.replace("\n\xa0", "\n").replace("\xa0\n", "\n")
    return text.strip("\xa0").replace("\xa0", " ")


def _layout(text: str) -> str:
    """The text without blanks at line ends and without needless empty lines."""
    while " \n" in text or "\t\n" in text:
        text = text.replace(" \n", "\n").replace("\t\n", "\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.rstrip(" \t\n").lstrip("\n")


def _options(text: str, form: str, quotes: str, join_hyphens: bool) -> str:
    """The text in its Unicode form, with the optional changes."""
    if form != "none" and not text.isascii():
        text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    if quotes == "straight":
        text = text.translate(_QUOTES)
    return _BROKEN_WORD.sub("", text) if join_hyphens else text
