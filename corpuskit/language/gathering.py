"""A first look at a text: its letters, what the script decides, what to ask about."""

import re
from typing import Literal

import msgspec

from corpuskit._patterns import pattern
from corpuskit.language import gate, prepare

# Arabic in Latin letters writes some of its consonants as digits: 3ala, 7atta, mas2ul.
_DIGIT_LETTERS = pattern(r"(?<!\w)(?:[A-Za-z]+[235789][a-z]+|[235789][a-z]{2,})(?!\w)")
_DIGIT_LETTER = pattern(r"[235789][a-z]")
_ARABIC_WORDS = pattern(r"\b(?:al|wa|fi|min|ila|bi|an|li|ma|la|hadha|hadhihi)\b", re.I)


class Look(msgspec.Struct, frozen=True):
    """What the script says, and the text to ask the engines about where it is silent.

    Attributes:
        script: ISO 15924 of the heaviest script.
        decided: language, script and how sure, where the letters decide.
        mixed: the letters hint at a second language: `Latn` where only Latin letters
            do, `any`, or "".
        n_letters: how many letters were seen.
        weight: how much text there is: its letters, a Chinese character for three.
        text: prepared text for the engines; "" where the script decides.
    """

    script: str
    decided: tuple[str, str, float] | None
    mixed: Literal["", "Latn", "any"]
    n_letters: int
    weight: float
    text: str = ""


def look(text: str, n_read: int = prepare.MAX_LETTERS) -> Look:
    """What the letters of a text decide, and what is left to ask.

    At most `n_read` characters are read, from its start, middle and end.
    """
    sample = prepare.sample(text)
    ready = prepare.readable(sample, n_read)
    letters = gate.count_letters(ready)
    decided = gate.by_script(letters, ready)
    if letters.script == "Latn" and is_arabic_in_latin(sample[:600]):
        decided = ("ar-Latn", "Latn", gate.SURE)
    mixed = _hint(letters, ready)
    weight = letters.weight * max(1.0, len(text) / max(len(ready), 1))
    asked = "" if decided else ready
    return Look(letters.script, decided, mixed, letters.n_letters, weight, asked)


def _hint(letters: gate.Letters, text: str) -> Literal["", "Latn", "any"]:
    """Whether a text seems to be in two languages, by its letters."""
    second = gate.second_script(letters)
    if gate.may_be_two(letters, text) or second not in ("", "Latn"):
        return "any"
    return "Latn" if second else ""


def is_arabic_in_latin(text: str) -> bool:
    """Whether Latin text uses digits as letters, and Arabic particles."""
    if not _DIGIT_LETTER.search(text):
        return False
    n_words = text.count(" ") + 1
    n_mixed = len(_DIGIT_LETTERS.findall(text))
    if n_mixed < 2 or n_mixed * 25 < n_words:
        return False
    return len(_ARABIC_WORDS.findall(text)) * 12 >= n_words
