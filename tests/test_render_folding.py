import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from corpuskit.render.folding import folded


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("one two", 7, ["one two"]),
        ("一二三四五", 6, ["一二三", "四五"]),
        ("2022 一二三四五六七", 10, ["2022 一二", "三四五六七"]),
        ("一二 RCEP 三四", 8, ["一二", "RCEP 三", "四"]),
        ("一二三，四", 6, ["一二", "三，四"]),
        ("一二「三四」", 6, ["一二", "「三", "四」"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("한국어 문장", 8, ["한국어", "문장"]),
        ("a 𠀀𠀁𠀂", 5, ["a 𠀀", "𠀁𠀂"]),
    ],
)
def test_lines_fold_between_words_and_wide_characters(text, width, lines):
    assert [line.plain for line in folded(Text(text), width)] == lines


@settings(deadline=None)
@given(st.text("ab 一二，。「」한é\u0301𠀀", max_size=60), st.integers(2, 30))
def test_folding_keeps_all_but_blanks_and_every_width(text, width):
    lines = [line.plain for line in folded(Text(text), width)]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


def test_styles_stay_where_they_are():
    text = Text.assemble("一二", ("三四", "red"))
    first, second = folded(text, 6)
    assert [(span.start, span.end) for span in first.spans] == [(2, 3)]
    assert [(span.start, span.end) for span in second.spans] == [(0, 1)]
