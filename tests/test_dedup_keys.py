"""Key text: dress does not matter, letters and digits do."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.dedup.keys import make_keys


def key(text: str) -> list[int]:
    keys = make_keys([text])
    assert keys.counts.tolist() == [keys.codes.size]
    return keys.codes.tolist()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Hello, World!", "hello world"),
        ("ＡＢＣ　１２３", "abc123"),
        ("ﾃﾞｰﾀﾍﾞｰｽ", "データベース"),
        ("がぎぐ", unicodedata.normalize("NFD", "がぎぐ")),
        ("한국어 문서", unicodedata.normalize("NFD", "한국어문서")),
        ("Việt Nam", unicodedata.normalize("NFD", "việt nam")),
        ("Straße", "STRASSE"),
        ("ﬁn ½ ㎡ ™", "fin 12 m2 tm"),
        ("漢字後發頭髮裡", "汉字后发头发里"),
        ("國會圖書館", "国会図書館"),
        ("「中文」，。", "中文"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphenzerowidth"),
        ("Тhе сорy", "the copy"),
        ("𝐁𝐨𝐥𝐝 ①②", "bold 12"),
        ("カタロ", "力タ口"),
        ("", " \n\t!?…—"),
    ],
)
def test_key_is_the_same_when_only_the_dress_differs(text, same):
    assert key(text) == key(same)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("バス", "ハス"),
        ("été", "ete"),
        ("2023年", "2024年"),
        ("कि", "का"),
        ("ที่", "ที"),
        ("й", "и"),
        ("𠮷", "吉"),
    ],
)
def test_key_differs_when_a_letter_differs(text, other):
    assert key(text) != key(other)


@pytest.mark.parametrize("text", ["\ud800abc", "a\x00b", "\uffff\U0010ffff", "😀🎉"])
def test_broken_and_strange_characters_leave_their_letters(text):
    letters = [ord(c) for c in text if c.isascii() and c.isalpha()]
    assert key(text) == letters


def test_a_mark_at_the_start_does_not_join_the_document_before():
    keys = make_keys(["e", "\u0301e", "が\u3099"])
    assert keys.counts.tolist() == [1, 1, 1]
    assert keys.codes.tolist() == [ord("e"), ord("e"), ord("が")]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_a_batch_gives_what_each_text_gives_alone(texts):
    keys = make_keys(texts)
    parts = np.split(keys.codes, np.cumsum(keys.counts)[:-1]) if texts else []
    assert [part.tolist() for part in parts] == [key(text) for text in texts]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60))
def test_key_does_not_depend_on_the_composition_of_letters(text):
    composed = unicodedata.normalize("NFC", text)
    assert key(composed) == key(unicodedata.normalize("NFD", composed))
