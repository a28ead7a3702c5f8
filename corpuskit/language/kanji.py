"""Chinese characters without kana: Japanese or Chinese?

Titles such as 東京都知事選挙 have no kana. Odds of characters and of neighbours, from
word frequencies of both languages, tell them apart. The table is read when a text
needs it first.
"""

import math
from functools import cache

import msgspec

from corpuskit._patterns import pattern
from corpuskit.language.data_files import read_lines
from corpuskit.scripts import HAN

_RUN = pattern(f"[{HAN}]+")
MAX_CHARS = 120
"""Longer Chinese text has characters or words that decide; Japanese has kana."""


class Odds(msgspec.Struct, frozen=True):
    """Log odds of Japanese over Chinese, in halves.

    Attributes:
        hans: of a character, against Simplified Chinese.
        hant: of a character, against Traditional Chinese.
        pairs: of two neighbours, beyond those of the second one.
    """

    hans: dict[str, int]
    hant: dict[str, int]
    pairs: dict[str, int]


@cache
def _odds() -> Odds:
    """The table that comes with the package."""
    odds = Odds({}, {}, {})
    for line in read_lines("kanji.txt"):
        kind, *values, members = line.split("\t") if line else ("", "")
        if kind == "u":
            odds.hans.update(dict.fromkeys(members, int(values[0])))
            odds.hant.update(dict.fromkeys(members, int(values[1])))
        elif kind == "b":
            pairs = (members[i : i + 2] for i in range(0, len(members), 2))
            odds.pairs.update(dict.fromkeys(pairs, int(values[0])))
    return odds


def log_odds(text: str) -> float:
    """The natural logarithm of the odds that this text is Japanese, not Chinese."""
    odds = _odds()
    hans = hant = pairs = 0
    for run in _RUN.findall(text):
        hans += sum(odds.hans.get(c, 0) for c in run)
        hant += sum(odds.hant.get(c, 0) for c in run)
        pairs += sum(odds.pairs.get(run[i : i + 2], 0) for i in range(len(run) - 1))
    return (min(hans, hant) + pairs) / 2


def judge(text: str, n_han: int) -> tuple[bool, float]:
    """Whether a text of so many Chinese characters is Japanese, and how sure that is.

    The shorter the text, the more it takes to call it Japanese.
    """
    value = log_odds(text) - max(0.5, 3.0 - 0.35 * n_han)
    sure = 1.0 / (1.0 + math.exp(-min(30.0, abs(value))))
    return value > 0, sure
