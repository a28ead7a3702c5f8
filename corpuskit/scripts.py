"""Writing systems: character classes, the script of a character, words in a text.

The strings HAN, KANA, HANGUL ... are the inside of a regular expression class:
`re.compile(f"[{HAN}{KANA}]")`. Script codes are ISO 15924 ("Latn", "Hani"). The ranges
are Unicode blocks (Unicode 16), joined where one script owns neighbouring blocks.
"""

from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import Final

from corpuskit._patterns import pattern

HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, with the iteration mark and the round zero."""

HIRAGANA: Final = "\u3041-\u3096\u309d-\u309f\U0001b001-\U0001b11f"
KATAKANA: Final = (
    "\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff6f\uff71-\uff9d"
    "\U0001b000\U0001b120-\U0001b122"
)
KANA_LETTERS: Final = HIRAGANA + KATAKANA
"""Kana without the marks that Chinese text borrows (the long mark, the middle dot)."""

KANA: Final = KANA_LETTERS + "\u30fb\u30fc\uff65\uff70\uff9e\uff9f\u3099-\u309c"
"""Kana with its marks."""

BOPOMOFO: Final = "\u3105-\u312f\u31a0-\u31bf"
HANGUL: Final = "\uac00-\ud7af\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff"
THAI: Final = "\u0e01-\u0e3a\u0e40-\u0e4e"
LAO: Final = "\u0e81-\u0ece\u0edc-\u0edf"
TIBETAN: Final = "\u0f00\u0f18\u0f19\u0f35-\u0fbc"
MYANMAR: Final = "\u1000-\u103f\u1050-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
KHMER: Final = "\u1780-\u17d3\u17d7\u17dc\u17dd"

CJK: Final = HAN + KANA
"""Chinese characters and kana: scripts written without spaces in East Asia."""

UNSPACED: Final = CJK + BOPOMOFO + THAI + LAO + TIBETAN + MYANMAR + KHMER
"""All scripts that do not put spaces between words."""

CJK_PUNCTUATION: Final = (
    "\u2018\u2019\u201c\u201d\u2026\u2014\u3001-\u3003\u3008-\u301f\u30fb"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
"""Full-width and ideographic punctuation, and the quotes and dashes used with it."""

HAN_RE: Final = pattern(f"[{HAN}]")
KANA_RE: Final = pattern(f"[{KANA_LETTERS}]")
HANGUL_RE: Final = pattern(f"[{HANGUL}]")
CJK_RE: Final = pattern(f"[{CJK}]")
UNSPACED_RE: Final = pattern(f"[{UNSPACED}]")

_UNSPACED_RUN = pattern(f"[{UNSPACED}]+")
# A word starts at a letter or digit and ends at a space or at punctuation that never
# stands inside a word; apostrophes, hyphens, points and combining marks stay in it.
_WORD = pattern(
    r"[^\W_][^\s_,;:!?\"()\[\]{}<>/|\\=+*&@#\u2013\u00ab\u00bb\u201e\u00b7\u060c\u061b"
    r"\u0964\u104a\u104b\u17d4\u2014\u2026\u201c\u201d\u3001-\u303f\u30fb"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]*"
)


def count_words(text: str) -> int:
    """The number of words: those between spaces, and one per unspaced character.

    Chinese characters, kana, Thai, Lao, Khmer, Burmese and Tibetan count one each;
    Korean is written with spaces and counts as words.
    """
    if text.isascii():
        return len(_WORD.findall(text))
    rest, n_runs = _UNSPACED_RUN.subn(" ", text)
    return len(text) - len(rest) + n_runs + len(_WORD.findall(rest))


_BLOCKS = """
Latn 0041 007a 00aa 00ba 00c0 02af 1d00 1d25 1d2c 1dbf 1e00 1eff 2090 209c 2c60 2c7f \
a720 a7ff ab30 ab64 fb00 fb06 ff21 ff5a
Grek 0370 03e1 03f0 03ff 1f00 1fff
Copt 03e2 03ef 2c80 2cff
Cyrl 0400 052f 1c80 1c8f 2de0 2dff a640 a69f
Armn 0530 058f fb13 fb17
Hebr 0590 05ff fb1d fb4f
Arab 0600 06ff 0750 077f 0870 08ff fb50 fdff fe70 fefe
Syrc 0700 074f 0860 086f
Thaa 0780 07bf
Nkoo 07c0 07ff
Samr 0800 083f
Mand 0840 085f
Deva 0900 0963 0966 097f a8e0 a8ff
Beng 0980 09ff
Guru 0a00 0a7f
Gujr 0a80 0aff
Orya 0b00 0b7f
Taml 0b80 0bff
Telu 0c00 0c7f
Knda 0c80 0cff
Mlym 0d00 0d7f
Sinh 0d80 0dff
Thai 0e00 0e7f
Laoo 0e80 0eff
Tibt 0f00 0fff
Mymr 1000 109f a9e0 a9ff aa60 aa7f
Geor 10a0 10ff 1c90 1cbf 2d00 2d2f
Hang 1100 11ff 3131 318e a960 a97f ac00 d7ff ffa0 ffdc
Ethi 1200 139f 2d80 2ddf ab01 ab2f
Cher 13a0 13ff ab70 abbf
Cans 1400 167f 18b0 18ff
Ogam 1680 169f
Runr 16a0 16ff
Tglg 1700 171f
Khmr 1780 17ff 19e0 19ff
Mong 1800 18af
Limb 1900 194f
Tale 1950 197f
Talu 1980 19df
Bugi 1a00 1a1f
Lana 1a20 1aaf
Bali 1b00 1b7f
Sund 1b80 1bbf 1cc0 1ccf
Batk 1bc0 1bff
Lepc 1c00 1c4f
Olck 1c50 1c7f
Glag 2c00 2c5f
Tfng 2d30 2d7f
Hani 3005 3005 3007 3007 3400 4dbf 4e00 9fff f900 faff 20000 3ffff
Hira 3041 3096 309d 309f 1b001 1b11f
Kana 30a1 30fa 30fd 30ff 31f0 31ff ff66 ff6f ff71 ff9d 1b000 1b000 1b120 1b122
Bopo 3105 312f 31a0 31bf
Yiii a000 a4cf
Lisu a4d0 a4ff
Vaii a500 a63f
Bamu a6a0 a6ff 16800 16a3f
Sylo a800 a82f
Phag a840 a87f
Saur a880 a8df
Kali a900 a92f
Rjng a930 a95f
Java a980 a9df
Cham aa00 aa5f
Tavt aa80 aadf
Mtei aae0 aaff abc0 abff
Goth 10330 1034f
Dsrt 10400 1044f
Osma 10480 104af
Osge 104b0 104ff
Rohg 10d00 10d3f
Cakm 11100 1114f
Hmng 16b00 16b8f
Adlm 1e900 1e95f
"""


def _read_blocks(table: str) -> tuple[list[int], list[int], list[str]]:
    """The first and last code points of all blocks in order, and their scripts."""
    rows: list[tuple[int, int, str]] = []
    for line in table.strip().splitlines():
        code, *ends = line.split()
        points = [int(point, 16) for point in ends]
        rows += [(a, b, code) for a, b in zip(points[::2], points[1::2], strict=True)]
    rows.sort()
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


_FIRST, _LAST, _CODES = _read_blocks(_BLOCKS)


@cache
def script_of(character: str) -> str:
    """The ISO 15924 code of a letter's script; "Zyyy" for all that is no letter.

    Compatibility letters (mathematical, circled) belong to no script here.
    """
    if not (character.isalpha() or character == "\u3007"):
        return "Zyyy"
    point = ord(character)
    block = bisect_right(_FIRST, point) - 1
    if block < 0 or point > _LAST[block]:
        return "Zyyy"
    return _CODES[block]


def count_scripts(text: str) -> dict[str, int]:
    """How many letters of each script a text has, most frequent first."""
    counts: Counter[str] = Counter()
    for character, n in Counter(text).items():
        counts[script_of(character)] += n
    del counts["Zyyy"]
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
