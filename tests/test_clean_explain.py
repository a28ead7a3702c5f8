import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import CleanOptions, clean
from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.page_keep import tidy
from corpuskit.clean.removed import Removed, placed, removed_from
from corpuskit.clean.removed_blocks import _rules
from corpuskit.clean.removed_lines import LineTrace
from corpuskit.clean.tree import parse
from corpuskit.document import REMOVED_SPANS, Document

EXPLAIN = CleanOptions(explain=True)
PROSE = (
    "清晨的港口十分安静，第一批渔船随着潮水缓缓驶入，人们把鱼抬进市场，谁也没有多说话。"
)
STORY = (
    "朝の港はとても静かで、最初の漁船が潮に乗ってゆっくりと入ってきた。市場は賑わった。"
)
NEWS = f"""首页 > 新闻 > 正文
港口的早晨
发布时间：2024-03-25 10:07 来源：日报
{PROSE}
{PROSE[::-1]}
微信图片_2024.jpg
{STORY}
责任编辑：王五
分享到： 微信 微博
相关文章
版权所有 © 2024 日报 ICP备12345号"""
PAGE = f"""<html><head><title>港口的早晨</title></head><body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></nav>
<article><h1>港口的早晨</h1><p>{PROSE}</p><p>{STORY}</p><p>{PROSE[::-1]}</p></article>
<div class="related"><a href="/1">另一篇文章的标题在这里</a></div>
<footer>版权所有 © 2024 日报</footer></body></html>"""


def document(text, media_type="text/plain"):
    return Document("a#0").with_text(text).with_metadata(media_type=media_type)


@pytest.mark.parametrize(
    ("text", "media_type"),
    [(NEWS, "text/plain"), (PAGE, "text/html"), (PAGE, "application/xhtml+xml")],
)
def test_spans_tell_rule_evidence_and_place(text, media_type):
    plain = clean(document(text, media_type))
    done = clean(document(text, media_type), EXPLAIN)
    assert done.text == plain.text
    spans = removed_from(done)
    assert spans
    assert [span.at for span in spans] == sorted(span.at for span in spans)
    for span in spans:
        assert span.rule.startswith("clean.")
        assert span.text in text
        assert span.text not in done.text.split("\n")
    gone = {span.text: span for span in spans}
    assert gone["首页 > 新闻 > 正文" if media_type == "text/plain" else "首页"].at == 0
    last = spans[-1]
    assert last.text.startswith("版权所有")
    assert last.at == len(done.text)


def test_without_explain_nothing_is_noted():
    assert removed_from(clean(document(NEWS))) is None
    assert REMOVED_SPANS not in clean(document(PAGE, "text/html")).metadata.extra


def test_evidence_of_a_block():
    spans = {
        s.text: s for s in removed_from(clean(document(PAGE, "text/html"), EXPLAIN))
    }
    menu = spans["首页"]
    assert menu.rule == "clean.page_model"
    assert menu.score < menu.cut <= 1
    assert menu.link_share == 1.0
    assert menu.path == "body/nav/ul/li"
    assert "in nav" in menu.signs
    assert "in footer" in spans["版权所有 © 2024 日报"].signs
    assert "named related" in spans["另一篇文章的标题在这里"].signs


def test_evidence_of_a_line():
    spans = {s.path: s for s in removed_from(clean(document(NEWS), EXPLAIN))}
    assert "breadcrumb" in spans["line 1"].signs
    assert "label" in spans["line 3"].signs
    assert spans["line 6"].text == "微信图片_2024.jpg"
    assert "rights words" in spans["line 11"].signs
    assert spans["line 6"].at == clean(document(NEWS)).text.index(STORY) - 1


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (PROSE, "text/plain"),
        ("# 题\n\n版权所有", "text/markdown"),
        (f"<p>{PROSE}</p>", "text/html"),
        ("", "text/html"),
        ("", "text/plain"),
    ],
)
def test_nothing_removed_is_told_as_such(text, media_type):
    assert removed_from(clean(document(text, media_type), EXPLAIN)) == []


def test_page_without_content_explains_itself():
    source = "<nav>" + "<a href=/x>菜单</a> " * 9 + "</nav>"
    done = clean(document(source, "text/html"), EXPLAIN)
    assert removed_from(done) is not None


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([Removed(9, "x"), "ab"], [0]),
        (["ab", Removed(9, "x"), "cd"], [2]),
        (["ab", Removed(9, "x"), "cd", Removed(9, "y")], [2, 6]),
        (["lost", Removed(9, "x"), "cd", Removed(9, "y")], [0, 6]),
        ([Removed(9, "x"), Removed(9, "y")], [0, 0]),
    ],
)
def test_places_follow_the_kept_pieces(pieces, expected):
    assert [span.at for span in placed("ab\n\ncd", pieces)] == expected


LINES = st.lists(
    st.sampled_from([*NEWS.split("\n"), "", "  短い行", "a | b | c | d", "2024-01-02"]),
    max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_every_line_is_kept_or_told(lines):
    found = document("\n".join(lines))
    done = clean(found, EXPLAIN)
    assert done.text == clean(found).text
    kept = [line for line in done.text.split("\n") if line.strip()]
    told = [span.text for span in removed_from(done)]
    assert len(kept) + len(told) == sum(1 for line in lines if line.strip())


def test_cleaned_documents_are_not_explained_again():
    once = clean(document(NEWS), EXPLAIN)
    assert clean(once, EXPLAIN) is once


def rules_of(source):
    """The rules that took what a model had chosen: all the blocks of a page."""
    blocks = to_blocks(parse(source))
    chosen = list(range(len(blocks)))
    kept = tidy(blocks, chosen, -1)
    return _rules(blocks, chosen, kept or [0], -1)


def test_copies_are_told():
    source = f"<p>{PROSE}</p><p>{STORY}</p><div><p>{PROSE}</p></div>"
    assert rules_of(source) == {2: "clean.copy"}


def test_notices_of_consent_are_told():
    notices = "".join(f"<p>Cookie {n} helps us</p>" for n in range(4))
    page = f"<article><p>{PROSE * 4}</p></article><div>{notices}</div>"
    assert rules_of(page) == dict.fromkeys(range(1, 5), "clean.consent")


def test_rules_that_decide_in_place_of_the_model_are_told():
    blocks = to_blocks(parse("<p>a</p><p>b</p>"))
    assert _rules(blocks, [], [0], -1) == dict.fromkeys((0, 1), "clean.page_rules")


def test_a_line_that_is_given_back_is_not_told():
    trace = LineTrace(4)
    trace.after("line_model", [False, False, True, True])
    trace.after("tail", [False, False, True, False])
    trace.taken([False, True, True, False])
    assert trace.rules == ["clean.line_model", "", "", "clean.tail"]
    trace.after("head", [False, True])
    trace.taken([False, True])
    assert trace.rules == ["clean.line_model", "clean.head", "", "clean.tail"]
    trace.after("island", [False])
    assert trace.rules[2] == ""


@pytest.mark.parametrize("parser", ["lexbor", "bs4"])
@pytest.mark.parametrize(
    "options", [{}, {"markdown": True}, {"keep": ("links", "tables")}]
)
def test_both_trees_and_all_shapes_give_the_same_reasons(parser, options):
    done = clean(
        document(PAGE, "text/html"),
        CleanOptions(explain=True, parser=parser, **options),
    )
    spans = removed_from(done)
    assert [span.text for span in spans if span.at == 0][:2] == ["首页", "新闻"]
    assert spans[-1].at == len(done.text)
