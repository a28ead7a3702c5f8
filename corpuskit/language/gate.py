"""The script first: what the letters alone say about the language.

Kana means Japanese, Hangul Korean, Chinese characters Chinese; two dozen scripts are
written for one language each. Latin, Cyrillic, Arabic and the like need an engine.
"""

from collections import Counter

import msgspec

from corpuskit._patterns import pattern
from corpuskit.language import han, kanji
from corpuskit.scripts import HAN_RE, KANA_LETTERS, script_of

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

_SECOND_SHARE = 0.08
_ASCII = bytes(range(0x80))
_LATIN = bytes(b for b in range(0x80) if chr(b).isalpha())
_NO_LATIN = bytes(set(range(0x100)).difference(_LATIN))
# Enough text without kana to be Chinese beside Japanese.
_NO_KANA = pattern(f"[^{KANA_LETTERS}\n]{{30,}}")


class Letters(msgspec.Struct, frozen=True):
    """The letters of a text, counted.

    Attributes:
        counts: the characters beyond ASCII and how often they stand.
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
    data = text.encode("utf-8", "replace")
    counts = Counter(data.translate(None, _ASCII).decode("utf-8"))
    weights = {"Latn": len(data.translate(None, _NO_LATIN))}
    for code, n in zip(map(script_of, counts), counts.values(), strict=True):
        weights[code] = weights.get(code, 0) + n
    weights.pop("Zyyy", None)
    n_letters = sum(weights.values())
    if not n_letters:
        return Letters(counts, "Zyyy", 0, 0.0, {})
    n_kana = weights.pop("Hira", 0) + weights.pop("Kana", 0)
    if n_kana and n_kana * 10 >= weights.get("Hani", 0):
        weights["Jpan"] = n_kana + weights.pop("Hani", 0)
    heavy = {code: n * _WEIGHTS.get(code, 1.0) for code, n in weights.items() if n}
    total = sum(heavy.values())
    shares = {code: weight / total for code, weight in sorted(heavy.items())}
    script = max(shares, key=shares.__getitem__, default="Zyyy")
    return Letters(counts, script, n_letters, total, shares)


def second_script(letters: Letters) -> str:
    """The script with the second largest share, where that is worth a look; or ""."""
    if letters.n_letters < MIN_MIXED or len(letters.shares) < 2:
        return ""
    second = sorted(letters.shares, key=letters.shares.__getitem__)[-2]
    return second if letters.shares[second] >= _SECOND_SHARE else ""


def may_be_two(letters: Letters, text: str) -> bool:
    """Whether Chinese characters hint at Japanese beside Chinese, or at two scripts."""
    if letters.n_letters < MIN_MIXED or letters.script not in ("Hani", "Jpan"):
        return False
    counts = letters.counts
    if letters.script == "Hani":
        n_hans, n_hant = han.count(counts, "Hans"), han.count(counts, "Hant")
        has_kana = any(script_of(c) in ("Hira", "Kana") for c in counts)
        return has_kana or min(n_hans, n_hant) * 8 >= max(n_hans, n_hant, 1)
    n_kana = sum(n for c, n in counts.items() if script_of(c) in ("Hira", "Kana"))
    return n_kana * 5 < letters.n_letters * 2 or _has_chinese(text)


def _has_chinese(text: str) -> bool:
    """Whether a Japanese text has a long stretch of Chinese characters alone."""
    return any(len(HAN_RE.findall(stretch)) >= 20 for stretch in _NO_KANA.findall(text))


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
