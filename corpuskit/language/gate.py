"""The script first: what the letters alone say about the language.

Kana means Japanese, Hangul Korean, Chinese characters Chinese; two dozen scripts are
written for one language each. Latin, Cyrillic, Arabic and the like need an engine.
"""

from collections import Counter
from dataclasses import dataclass

from corpuskit.language import han, kanji
from corpuskit.scripts import script_of

SINGLE = {
    "Armn": "hy",
    "Bali": "ban",
    "Bugi": "bug",
    "Cakm": "ccp",
    "Cher": "chr",
    "Copt": "cop",
    "Geor": "ka",
    "Goth": "got",
    "Grek": "el",
    "Gujr": "gu",
    "Guru": "pa",
    "Hang": "ko",
    "Hmng": "hmn",
    "Java": "jv",
    "Khmr": "km",
    "Knda": "kn",
    "Laoo": "lo",
    "Lepc": "lep",
    "Limb": "lif",
    "Lisu": "lis",
    "Mand": "mid",
    "Mlym": "ml",
    "Mtei": "mni",
    "Nkoo": "nqo",
    "Olck": "sat",
    "Orya": "or",
    "Osge": "osa",
    "Rohg": "rhg",
    "Samr": "smp",
    "Saur": "saz",
    "Sinh": "si",
    "Sund": "su",
    "Syrc": "syr",
    "Tale": "tdd",
    "Talu": "khb",
    "Taml": "ta",
    "Tavt": "blt",
    "Telu": "te",
    "Thaa": "dv",
    "Thai": "th",
    "Vaii": "vai",
    "Yiii": "ii",
}
"""Scripts of one language (or of one that outweighs all others by far)."""

# How much one letter says: a Chinese character is about three Latin letters of text.
_WEIGHTS = {"Hani": 3.0, "Jpan": 2.5, "Hang": 2.5}


SURE = 0.995
"""How often what the script decides is right, measured on labelled text."""

MIN_MIXED = 40
"""Texts with fewer letters are in one language."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text, counted.

    Attributes:
        counts: characters and how often they stand.
        script: ISO 15924 of the heaviest script; `Jpan` for Chinese characters with
            kana, `Zyyy` without letters.
        n_letters: how many letters there are, in all scripts.
        weight: the letters, a Chinese character for three.
        shares: script -> share of the text, a Chinese character for three letters.
    """

    counts: Counter[str]
    script: str
    n_letters: int
    weight: float
    shares: dict[str, float]


def count_letters(text: str) -> Letters:
    """The counted letters of a text, as long as it is: sample it before."""
    counts = Counter(text)
    weights: Counter[str] = Counter()
    for character, n in counts.items():
        weights[script_of(character)] += n
    del weights["Zyyy"]
    n_letters = weights.total()
    if not n_letters:
        return Letters(counts, "Zyyy", 0, 0.0, {})
    n_kana = weights.pop("Hira", 0) + weights.pop("Kana", 0)
    if n_kana and n_kana * 10 >= weights["Hani"]:
        weights["Jpan"] = n_kana + weights.pop("Hani", 0)
    heavy = {code: n * _WEIGHTS.get(code, 1.0) for code, n in weights.items() if n}
    total = sum(heavy.values())
    shares = {code: weight / total for code, weight in sorted(heavy.items())}
    script = max(shares, key=shares.__getitem__, default="Zyyy")
    return Letters(counts, script, n_letters, total, shares)


def is_mixed(letters: Letters) -> bool:
    """Whether the letters hint at a second language: worth a look line by line."""
    if letters.n_letters < MIN_MIXED:
        return False
    shares = sorted(letters.shares.values(), reverse=True)
    if len(shares) > 1 and shares[1] >= 0.08:
        return True
    if letters.script not in ("Hani", "Jpan"):
        return False
    counts = letters.counts
    n_hans, n_hant = han.count(counts, "Hans"), han.count(counts, "Hant")
    if letters.script == "Hani":
        has_kana = any(script_of(c) in ("Hira", "Kana") for c in counts)
        return has_kana or min(n_hans, n_hant) * 8 >= max(n_hans, n_hant, 1)
    n_kana = sum(n for c, n in counts.items() if script_of(c) in ("Hira", "Kana"))
    return n_kana * 5 < letters.n_letters * 2


def by_script(letters: Letters, text: str) -> tuple[str, str, float] | None:
    """Language, script and how sure, where the letters decide; None where not."""
    script = letters.script
    if script == "Zyyy":
        return "und", "Zyyy", 0.0
    if script == "Jpan":
        return "ja", "Jpan", SURE
    if script == "Hang":
        return "ko", "Kore", SURE
    if script == "Hani":
        return chinese(letters.counts, text)
    language = SINGLE.get(script)
    return (language, script, SURE) if language else None


def chinese(counts: Counter[str], text: str) -> tuple[str, str, float]:
    """The answer for Chinese characters without kana."""
    n_han = sum(n for c, n in counts.items() if script_of(c) == "Hani")
    if han.count(counts, "yue") * 25 >= n_han:
        return "yue", "Hant", SURE
    sure = SURE
    if n_han <= kanji.MAX_CHARS and han.may_be_japanese(counts):
        is_japanese, sure = kanji.judge(text, n_han)
        if is_japanese:
            return "ja", "Jpan", sure
    script = han.written(counts)
    return (f"zh-{script}", script, sure) if script else ("zh", "Hani", sure)
