"""Chinese characters without kana: Japanese or Chinese?

Titles such as 東京都知事選挙 have no kana. Odds of characters and of neighbours, from
word frequencies of both languages, and what CLD2 and eldc say tell them apart, weighed
by a logit that was fitted on labelled text: tests/benchmarks/fit_kanji.py. The table is
read when a text needs it first.
"""

import math
from functools import cache

import msgspec

from corpuskit._patterns import pattern
from corpuskit.language.data_files import read_lines, read_text
from corpuskit.language.opinions import ask_cld2, ask_eldc
from corpuskit.scripts import HAN

_RUN = pattern(f"[{HAN}]+")
KANJI = (
    "bias",
    "length",
    "characters",
    "pairs",
    "cld2",
    "cld2_length",
    "eldc",
    "eldc_chinese",
)
"""The names of the features of a text, in order."""

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


def log_odds(text: str) -> tuple[float, float]:
    """The logarithm of the odds that this text is Japanese, not Chinese.

    First what its characters say, then what their neighbourhood adds to that.
    """
    odds = _odds()
    hans = hant = pairs = 0
    for run in _RUN.findall(text):
        hans += sum(odds.hans.get(c, 0) for c in run)
        hant += sum(odds.hant.get(c, 0) for c in run)
        pairs += sum(odds.pairs.get(run[i : i + 2], 0) for i in range(len(run) - 1))
    return min(hans, hant) / 2, pairs / 2


def features(text: str, n_han: int) -> list[float]:
    """What is known of a text of so many Chinese characters, in the order of KANJI."""
    characters, pairs = log_odds(text)
    found = ask_cld2(text)
    is_ja = float(bool(found) and found[0][0] == "ja")
    scores, _ = ask_eldc(text)
    length = math.log2(max(n_han, 1))
    eldc = scores.get("ja", 0.0), scores.get("zh", 0.0)
    return [1.0, length, characters, pairs, is_ja, is_ja * length, *eldc]


@cache
def _weights() -> tuple[float, ...]:
    values = msgspec.json.decode(read_text("kanji.json"))
    return tuple(values[name] for name in KANJI)


def judge(text: str, n_han: int) -> tuple[bool, float]:
    """Whether a text of so many Chinese characters is Japanese, and how sure that is.

    Below five characters it takes more to call it Japanese, as they say little; and
    again in long texts, as Japanese of that length has kana.
    """
    values = zip(_weights(), features(text, n_han), strict=True)
    logit = sum(weight * value for weight, value in values)
    least = 0.4 + (0.6 * (5 - n_han) if n_han < 5 else 0.15 * (min(n_han, 25) - 5))
    sure = 1.0 / (1.0 + math.exp(-min(30.0, abs(logit))))
    return logit > least, sure if (logit > 0) == (logit > least) else 0.5
