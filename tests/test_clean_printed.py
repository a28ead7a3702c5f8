"""Printed pages: running heads, page numbers, lines that the margin broke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.clean.printed import join_pages

ZH = "公园里的樱花开得很美许多市民带着孩子出来散步也有人带着照相机在树下拍照留念"
EN = "the cherry trees of the park are in flower and many people walk under them"


def wrapped(text: str, width: int) -> str:
    """The text in lines of so many characters, broken at its blanks if it has any."""
    if " " not in text:
        return "\n".join(text[i : i + width] for i in range(0, len(text), width))
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "width"),
    [(ZH, 12), (ZH, 20), (EN, 24), (EN, 40), ("桜が咲いてカメラを持つ" * 6, 15)],
)
def test_lines_that_the_margin_broke_are_joined(text, width):
    assert join_pages(wrapped(text, width)) == text


def test_paragraphs_and_lists_stay_apart():
    first, second = ZH[:24] + "也拍照。", ZH[10:34] + "散步"
    text = f"{wrapped(first, 12)}\n{wrapped(second, 12)}\n1. {ZH[:8]}\n2. {ZH[:9]}"
    assert join_pages(text).split("\n")[:2] == [first, second]
    assert join_pages(text).count("\n") == 3


def test_a_paragraph_goes_on_over_the_page():
    text = wrapped(ZH, 12).replace("\n", "\f", 2).replace("\f", "\n", 1)
    assert join_pages(text) == ZH


@pytest.mark.parametrize("number", ["{}", "- {} -", "第 {} 页", "{} / 40", "Page {}"])
def test_running_heads_and_page_numbers_are_gone(number):
    texts = [ZH[n:] + ZH[:n] + "。" for n in range(1, 6)]
    pages = [
        f"春の科学 第{n}号\n{wrapped(text, 12)}\n{number.format(n)}"
        for n, text in enumerate(texts)
    ]
    assert join_pages("\f".join(pages)).split("\n") == texts


def test_a_head_that_is_on_few_pages_stays():
    assert join_pages("頭\n本文。\f頭\n本文。") == "頭\n本文。\n頭\n本文。"


def test_pages_of_the_same_few_lines_are_kept():
    assert join_pages("本文。\f本文。\f本文。") == "本文。\n本文。\n本文。"


@given(st.text(alphabet="\n\f 12ab公園。한-.", max_size=80))
def test_no_letter_of_a_short_text_is_lost(text):
    letters = [c for c in text if c not in "\n\f 12-"]
    kept = [c for c in join_pages(text) if c not in "\n\f 12-"]
    assert kept == letters or text.count("\f") >= 2 or "1" in text or "2" in text
