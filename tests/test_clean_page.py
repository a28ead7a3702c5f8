"""Main content of pages and fragments: what is kept, and how it is laid out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean.page import Page, extract
from corpuskit.errors import UsageError
from tests.benchmarks._gold import gold

PROSE = (
    "The river rose in the night, and by morning the lower streets were under water.",
    "Nobody had expected it so early in the year, said the keeper of the old bridge.",
    "By noon the water fell again, leaving mud and branches on the market square.",
)
WIDE = (
    "昨天夜里河水上涨，到了早晨，下游的街道已经全部被水淹没，居民不得不离开家园。",
    "守桥的老人说，谁也没有想到今年的洪水会来得这么早，大家都没有做好准备。",
    "中午时分河水退去，集市的广场上留下了许多泥土和树枝，人们开始清理街道。",
)
MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>'
FOOT = "<footer><p>Copyright 2024 The River Post. All rights reserved.</p></footer>"


def page_of(body, head=""):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("prose", [PROSE, WIDE])
@pytest.mark.parametrize("wrap", ["div", "article", "section", "main", "table"])
@pytest.mark.parametrize("parser", ["lexbor", "bs4"])
def test_article_is_kept_and_frame_goes(prose, wrap, parser):
    body = "".join(f"<p>{p}</p>" for p in prose)
    cell = f"<tr><td>{body}</td></tr>" if wrap == "table" else body
    page = page_of(f"{MENU}<{wrap}>{cell}</{wrap}>{FOOT}")
    assert extract(page, parser=parser).text == "\n\n".join(prose)


@pytest.mark.parametrize("prose", [PROSE, WIDE])
def test_fragment_without_html_element_works(prose):
    body = "".join(f"<p>　　{p}</p>\n<!-- mark -->" for p in prose)
    fragment = f"<div>{body}<style>.x{{}}</style><div><img src=x></div></div>"
    assert extract(fragment).text == "\n\n".join(prose)


def test_bytes_in_a_declared_charset_are_read():
    head = '<meta charset="gb2312"><title>河水上涨</title>'
    page = page_of("".join(f"<p>{p}</p>" for p in WIDE), head)
    found = extract(page.encode("gbk"))
    assert found.text == "\n\n".join(WIDE)
    assert found.title == "河水上涨"


@pytest.mark.parametrize(
    ("charset", "word"),
    [
        *(("utf-8", "河水上涨"), ("utf-8-sig", "河水上涨"), ("utf-16", "河水上涨")),
        *(("gb18030", "河水上涨"), ("shift_jis", "洪水です"), ("euc_kr", "홍수입니다")),
        *(("iso-8859-1", "Überflutung"), ("utf-8", "rose\ufffd"), ("ascii", "Flood")),
    ],
)
@pytest.mark.parametrize("where", ["title", "text", "both"])
def test_bytes_of_any_charset_give_what_their_text_gives(charset, word, where):
    name = charset.removesuffix("-sig")
    title = "Flood" if where == "text" else word
    text = PROSE[0] if where == "title" else f"{word} {PROSE[0]}"
    body = f"<p>{text}</p><p>{PROSE[1]}</p>"
    page = page_of(body, f"<meta charset={name}><title>{title}</title>")
    found = extract(page.encode(charset))
    assert found == extract(page)
    assert (found.title, found.text) == (title, f"{text}\n\n{PROSE[1]}")


def test_damaged_bytes_in_scripts_do_no_harm():
    body = "".join(f"<p>{text}</p>" for text in WIDE)
    page = page_of(f"<script>'*'</script>{body}").encode().replace(b"*", b"\xff\xe4")
    assert extract(page).text == "\n\n".join(WIDE)


@pytest.mark.parametrize("page", ["", " ", "<p></p>", "<!-- x -->", b"", b"\x00\xff"])
def test_nothing_to_find_gives_no_text(page):
    assert extract(page).text.strip("\x00\ufffdÿ") == ""


def test_short_text_is_not_lost():
    assert extract("<p>Hello</p>").text == "Hello"
    assert extract("plain words, no markup").text == "plain words, no markup"


def test_unknown_parser_is_an_error():
    with pytest.raises(UsageError, match="lexbor, bs4"):
        extract("<p>x", parser="none")


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="<>/pdivatrul =\"'&;!-é中\n", max_size=200))
def test_any_markup_is_taken(source):
    page = extract(source)
    assert isinstance(page, Page)
    assert extract(source) == page


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_are_taken(data):
    assert isinstance(extract(data).text, str)


def test_deep_nesting_is_walked():
    page = "<div>" * 20_000 + PROSE[0] + "</div>" * 20_000
    assert extract(page).text == PROSE[0]


@pytest.mark.parametrize("parser", ["lexbor", "bs4"])
def test_the_sample_page_comes_out_whole(parser):
    path = gold("seeds", "gold.jsonl")
    if path is None:
        pytest.skip("set CORPUSKIT_GOLD to the folder of labelled data")
    with path.open(encoding="utf-8", newline="") as rows:
        wanted = json.loads(next(rows))
    seed = path.parents[2] / "seeds" / wanted["file"]
    source = seed.read_text(encoding="utf-8")
    fragment = source[source.index("<div>") :]
    assert extract(fragment, parser=parser).text == wanted["text"]
