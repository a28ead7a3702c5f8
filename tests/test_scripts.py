import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit import scripts


@pytest.mark.parametrize(
    ("text", "n_words"),
    [
        ("", 0),
        (" \n\t", 0),
        ("— … ，。！", 0),
        ("hello world", 2),
        ("don't stop: state-of-the-art, e.g. 3.14!", 5),
        ("naïve café — déjà vu", 4),
        ("你好，世界。", 4),
        ("他用Python写代码", 6),
        ("東京タワーへ行った", 9),
        ("々〇", 2),
        ("대한민국의 수도는 서울이다.", 3),
        ("हिन्दी भाषा", 2),
        ("สวัสดี", 6),
        ("ABC，DEF", 2),
        ("Привет, мир", 2),
        ("مرحبا، العالم", 2),
        ("snake_case", 2),
        ("𠮷野家", 3),
    ],
)
def test_count_words(text, n_words):
    assert scripts.count_words(text) == n_words


@pytest.mark.parametrize(
    ("characters", "code"),
    [
        ("azAZéßĀﬁａ", "Latn"),
        ("中々〇𠮷﨑", "Hani"),
        ("あんゝ", "Hira"),
        ("アンヽｱ", "Kana"),
        ("한글ㄱ", "Hang"),
        ("жЁ", "Cyrl"),
        ("ا", "Arab"),
        ("ก", "Thai"),
        ("ㄅ", "Bopo"),
        ("ᜀ", "Tglg"),
        ("۝1 .，・ー😀²", "Zyyy"),
    ],
)
def test_script_of(characters, code):
    found = {c: scripts.script_of(c) for c in characters}
    marks = {"ー"} if code == "Zyyy" else set()
    assert {c for c, s in found.items() if s != code} <= marks


def test_long_mark_and_middle_dot_are_no_kana_evidence():
    assert not scripts.KANA_RE.search("阿尔伯特・爱因斯坦ー")
    assert scripts.KANA_RE.search("アルベルト")


@pytest.mark.parametrize(
    "name",
    [n for n in dir(scripts) if n.isupper() and isinstance(getattr(scripts, n), str)],
)
def test_class_strings_compile(name):
    assert re.compile(f"[{getattr(scripts, name)}]")


def test_blocks_do_not_overlap():
    ends = zip(scripts._LAST, scripts._FIRST[1:], strict=False)
    assert all(last < first for last, first in ends)


@pytest.mark.parametrize(
    ("prefix", "code"),
    [
        ("CJK UNIFIED", "Hani"),
        ("HIRAGANA LETTER", "Hira"),
        ("CYRILLIC", "Cyrl"),
        ("GREEK", "Grek"),
        ("DEVANAGARI LETTER", "Deva"),
        ("ETHIOPIC", "Ethi"),
        ("GEORGIAN", "Geor"),
        ("HEBREW", "Hebr"),
        ("LATIN", "Latn"),
    ],
)
def test_script_agrees_with_unicode_names(prefix, code):
    letters = [
        c
        for c in map(chr, range(0x30000))
        if c.isalpha() and unicodedata.name(c, "").startswith(prefix)
    ]
    rare = [c for c in letters if scripts.script_of(c) != code]
    assert len(rare) <= len(letters) * 0.1


def test_count_scripts_orders_by_frequency():
    counts = scripts.count_scripts("漢字と kana とカナ 123")
    assert counts == {"Latn": 4, "Hani": 2, "Hira": 2, "Kana": 2}
    assert next(iter(counts)) == "Latn"


@settings(deadline=None)
@given(st.text())
def test_words_never_exceed_characters(text):
    assert 0 <= scripts.count_words(text) <= len(text)


@settings(deadline=None)
@given(st.text(), st.text())
def test_words_add_up_over_lines(first, second):
    together = scripts.count_words(f"{first}\n{second}")
    assert together == scripts.count_words(first) + scripts.count_words(second)
