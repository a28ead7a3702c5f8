import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from corpuskit.clean.removed import Removed
from corpuskit.document import Document
from corpuskit.render import (
    Changes,
    Decisions,
    Side,
    SideBySide,
    Twin,
    Woven,
    changes_table,
    decisions_view,
    document_view,
)
from corpuskit.render.side_by_side import paired
from corpuskit.render.woven import reason_of
from corpuskit.run.differences import Change

WIDTHS = pytest.mark.parametrize("width", [20, 80, 200])
LONG = "清晨的港口十分安静，第一批渔船随着潮水缓缓驶入。" * 6
TEXT = f"第一段。\n\n{LONG}\n\n朝の港。"
SPANS = [
    Removed(0, "clean.page_model", 0.02, 0.6, 1.0, 1.2, "body/nav", "in nav", "首页"),
    Removed(0, "clean.page_model", 0.1, 0.6, 1.0, 1.2, "body/nav", "in nav, a", "新闻"),
    Removed(4, "clean.copy", text=f"{LONG}\x1b[31m"),
    Removed(len(TEXT), "clean.tail", 0.5, 0.4, 0.0, 2.0, "line 9", "", "版权所有"),
]


def shown(renderable, width=80, *, colour=False):
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(renderable)
    return stream.getvalue()


@WIDTHS
def test_removed_and_kept_lines_are_told_apart_at_every_width(width):
    lines = [
        x.rstrip() for x in shown(Woven(TEXT, SPANS), width).splitlines() if x.strip()
    ]
    assert all(cell_len(line) <= width for line in lines)
    assert lines[0] == "- 首页 · 新闻"
    assert lines[1].startswith("# clean.page_mode")
    assert "  第一段。" in lines
    kept = "".join(line[2:] for line in lines if line.startswith("  "))
    assert kept == TEXT.replace("\n", "")
    struck = "".join(line[2:] for line in lines if line.startswith("- "))
    assert struck == f"首页 · 新闻{LONG}\\x1b[31m版权所有"


def test_places_that_make_no_sense_lose_no_text():
    spans = [Removed(at, "clean.x", text="乙") for at in (99, -5, 2, 0)]
    kept = [x[2:] for x in shown(Woven("甲甲甲", spans)).splitlines() if x[:2] == "  "]
    assert "".join(line.rstrip() for line in kept) == "甲甲甲"


def test_removed_text_is_struck_through_and_kept_text_plain():
    lines = shown(Woven("甲", SPANS[:1]), colour=True).splitlines()
    assert "\x1b[9;31m首页" in lines[0]
    assert [line for line in lines if line.endswith("甲")] == ["\x1b[2m  \x1b[0m甲"]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (
            SPANS[:2],
            "clean.page_model: score 0.02 to 0.10, kept from 0.60, "
            "100.0 % links, in nav, a",
        ),
        (SPANS[2:3], "clean.copy"),
        (SPANS[3:], "clean.tail: score 0.50, kept from 0.40"),
    ],
)
def test_evidence_in_a_few_words(spans, expected):
    assert reason_of(spans) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("甲\n乙", "甲\n乙", [(" ", "甲", "甲"), (" ", "乙", "乙")]),
        ("甲\n乙", "甲", [(" ", "甲", "甲"), ("<", "乙", "")]),
        ("甲", "乙\n甲", [(">", "", "乙"), (" ", "甲", "甲")]),
        ("a b", "a c", [("~", "a b", "a c")]),
        ("", "", [(" ", "", "")]),
    ],
)
def test_paragraphs_are_put_in_line(left, right, expected):
    assert list(paired(left.split("\n"), right.split("\n"))) == expected


def test_wide_outputs_show_texts_side_by_side():
    sides = SideBySide(Side("a#0", TEXT), Side("b#0", TEXT.replace("缓缓", "慢慢")))
    lines = shown(sides, 120).splitlines()
    assert lines[0].split() == ["a#0", "b#0"]
    first = next(line for line in lines if "第一段" in line)
    # The second column begins at the same place in every line, wide characters or not.
    middle = cell_len(first[: first.rindex("第一段")])
    for line in lines:
        assert cell_len(line) <= 120
    changed = next(line for line in lines if "~" in line)
    assert cell_len(changed[: changed.index("~")]) + 2 == middle


@pytest.mark.parametrize("width", [20, 80, 119])
def test_narrow_outputs_show_texts_one_under_the_other(width):
    sides = SideBySide(Side("a#0", "甲乙丙\n같은 글"), Side("b#0", "甲乙丁\n같은 글"))
    lines = [line.rstrip() for line in shown(sides, width).splitlines()]
    assert lines == ["< a#0", "> b#0", "", "< 甲乙丙", "> 甲乙丁", "", "  같은 글", ""]


TEXTS = st.lists(
    st.sampled_from(["甲乙", "word word", "한국 글", "\x1b[2J", "𠀀𠀁", ""])
)


@settings(deadline=None, max_examples=40)
@given(TEXTS, TEXTS, st.integers(20, 200))
def test_two_texts_fit_every_width_and_lose_nothing(left, right, width):
    sides = SideBySide(Side("a", "\n".join(left)), Side("b", "\n".join(right)))
    out = shown(sides, width)
    assert "\x1b" not in out
    assert all(cell_len(line) <= width for line in out.splitlines())
    assert out.count("甲乙") >= max(left.count("甲乙"), right.count("甲乙"))


def test_decisions_about_a_kept_document():
    document = Document("s/a#0", title="题", language="zh-Hans", language_score=0.9)
    document = document.with_text(TEXT)
    twins = [Twin(f"s/{n}#0", "dedup.near", 0.9) for n in range(12)]
    out = shown(decisions_view(Decisions(document, SPANS, twins=twins)))
    assert out.startswith("s/a#0")
    assert "4 spans" in out
    assert "0.90  dedup.near  s/9#0" in out
    assert "and 2 more" in out
    assert "characters removed, by rule" in out


def test_decisions_about_a_duplicate():
    kept = Document("s/b#0").with_text("甲")
    gone = Document("s/a#0", cluster="s/b#0").with_text("乙").dropped("dedup.near")
    gone = gone.with_extra(similarity=0.93)
    out = shown(decisions_view(Decisions(gone, None, matched=kept)))
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    assert ["dropped", "dedup.near"] in [[w.strip() for w in words] for words in lines]
    assert "s/b#0, 0.93 alike " in out
    assert "--explain" in out
    assert "< 乙" in out
    assert "> 甲" in out
    alone = shown(decisions_view(Decisions(gone, None)))
    assert "which this run does not hold" in " ".join(alone.split())


def test_decisions_about_what_was_not_read():
    gone = Document("s/a#0").dropped("read.binary").with_extra(error="a: binary data")
    out = shown(decisions_view(Decisions(gone)))
    assert "read.binary" in out
    assert "a: binary data" in out
    assert "--explain" not in out


@WIDTHS
def test_a_document_is_shown_below_its_title(width):
    document = Document("s/a#0", title="标题", created="20240325T000000Z").with_text(
        "甲\x07\n\n乙"
    )
    lines = [
        line.rstrip() for line in shown(document_view(document), width).splitlines()
    ]
    assert lines == ["标题", "2024-03-25", "", "甲\\x07", "", "乙"]


@WIDTHS
def test_changes_by_kind(width):
    rows = [Change("added", f"s/{n}#0", "", 0, 1200, "dedup.near") for n in range(30)]
    rows += [Change("changed", "s/甲#0", "text,title", 5, 7)]
    rows += [Change("changed", "s/乙#0", "metadata", 5, 5)]
    rows += [Change("removed", "s/\x1b#0", "", 3, 0, "", "clean.empty")]
    out = shown(changes_table(Changes().take(rows)), width)
    flat = " ".join(out.split())
    assert flat.endswith("30 added, 2 changed, 1 removed")
    assert "and 10 more" in flat
    assert "1,200 characters, was dedup.near" in flat
    assert "text, title, 5 to 7 characters" in flat
    assert "now clean.empty" in flat
    assert "\x1b" not in out
