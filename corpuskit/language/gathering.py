"""A first look at a text: its letters, what the script decides, what to ask about."""

import re
from dataclasses import dataclass

from corpuskit.language import gate, prepare
from corpuskit.scripts import HAN_RE, KANA_LETTERS

# Arabic in Latin letters writes some of its consonants as digits: 3ala, 7atta, mas2ul.
_DIGIT_LETTERS = re.compile(
    r"(?<!\w)(?:[A-Za-z]+[235789][a-z]+|[235789][a-z]{2,})(?!\w)"
)
_ARABIC_WORDS = re.compile(
    r"\b(?:al|wa|fi|min|ila|bi|an|li|ma|la|hadha|hadhihi)\b", re.I
)
# Enough text without kana to be Chinese beside Japanese.
_NO_KANA = re.compile(f"[^{KANA_LETTERS}\n]{{30,}}")


@dataclass(frozen=True, slots=True)
class Look:
    """What the script says, and the text to ask the engines about where it is silent.

    Attributes:
        script: ISO 15924 of the heaviest script.
        decided: language, script and how sure, where the letters decide.
        mixed: the letters hint at a second language.
        n_letters: how many letters were seen.
        weight: how much text they are: a Chinese character for three letters.
        text: prepared text for the engines; "" where the script decides.
    """

    script: str
    decided: tuple[str, str, float] | None
    mixed: bool
    n_letters: int
    weight: float
    text: str = ""


def look(text: str) -> Look:
    """What the letters of a text decide, and what is left to ask."""
    sample = prepare.sample(text)
    ready = prepare.readable(sample)
    letters = gate.count_letters(ready)
    mixed = gate.is_mixed(letters) or (letters.script == "Jpan" and has_chinese(ready))
    decided = gate.by_script(letters, ready)
    if letters.script == "Latn" and is_arabic_in_latin(sample[:600]):
        decided = ("ar-Latn", "Latn", gate.SURE)
    asked = "" if decided else ready
    return Look(
        letters.script, decided, mixed, letters.n_letters, letters.weight, asked
    )


def has_chinese(text: str) -> bool:
    """Whether a Japanese text has a long stretch of Chinese characters alone."""
    return any(len(HAN_RE.findall(stretch)) >= 20 for stretch in _NO_KANA.findall(text))


def is_arabic_in_latin(text: str) -> bool:
    """Whether Latin text uses digits as letters, and Arabic particles."""
    n_words = text.count(" ") + 1
    n_mixed = len(_DIGIT_LETTERS.findall(text))
    if n_mixed < 2 or n_mixed * 25 < n_words:
        return False
    return len(_ARABIC_WORDS.findall(text)) * 12 >= n_words
