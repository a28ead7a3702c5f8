"""Text in Chinese characters without kana: Simplified, Traditional or something else.

Counts the characters that exist in one way of writing only (table: OpenCC). What it
says is almost never wrong from 20 characters on; without evidence it says nothing.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from corpuskit.language.data_files import read_lines


@cache
def only(name: str) -> frozenset[str]:
    """The characters of one way of writing: `Hans`, `Hant`, `Jpan` or `yue`."""
    for line in read_lines("han.txt"):
        key, _, characters = line.partition("\t")
        if key == name:
            return frozenset(characters)
    raise KeyError(name)


def count(counts: Mapping[str, int], name: str) -> int:
    """How many of these characters exist in this way of writing only."""
    return sum(counts[c] for c in only(name).intersection(counts))


def written(counts: Mapping[str, int]) -> str:
    """`Hans`, `Hant`, or "" where the characters do not tell."""
    n_hans, n_hant = count(counts, "Hans"), count(counts, "Hant")
    if n_hans == n_hant:
        return ""
    return "Hans" if n_hans > n_hant else "Hant"


def may_be_japanese(counts: Mapping[str, int]) -> bool:
    """Whether all simplified characters are ones that Japanese has too."""
    simplified = only("Hans").intersection(counts)
    try:
        "".join(simplified).encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return True


def tag(text: str) -> str:
    """`zh-Hans`, `zh-Hant`, or `zh` where the characters of a text do not tell."""
    script = written(Counter(text))
    return f"zh-{script}" if script else "zh"
