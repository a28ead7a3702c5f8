"""Fields from the head of a page."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean.meta import Fields, read_fields, url_date
from corpuskit.clean.page import extract

DAY = "20240325T000000Z"


def of_head(markup, url=""):
    return read_fields(
        f"<html><head>{markup}</head><body><p>x</p></body></html>", url=url
    )


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>河水上涨</title>", "河水上涨"),
        ("<title>A &amp; B\n rise</title>", "A & B rise"),
        ('<meta property="og:title" content="The river rose">', "The river rose"),
        (
            '<meta property="og:site_name" content="Post">'
            "<title>The river rose | Post</title>",
            "The river rose",
        ),
        (
            "<title>A long title about a river - Post</title>",
            "A long title about a river",
        ),
        (
            '<script type="application/ld+json">'
            '{"@type": "NewsArticle", "headline": "川が増水"}</script><title>x</title>',
            "川が増水",
        ),
        ("", ""),
    ],
)
def test_title(markup, title):
    assert of_head(markup).title == title


@pytest.mark.parametrize(
    ("markup", "created"),
    [
        ('<meta property="article:published_time" content="2024-03-25">', DAY),
        ("<meta name='pubdate' content='2024年3月25日'>", DAY),
        ('<meta content="March 25, 2024" name="date">', DAY),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, '
            '{"@type": ["Article"], "datePublished": "2024-03-25T08:00:00+08:00"}]}'
            "</script>",
            DAY,
        ),
        ('<meta name="date" content="soon">', ""),
        ('<script type="application/ld+json">{broken</script>', ""),
    ],
)
def test_date(markup, created):
    assert of_head(markup).created == created


def test_date_from_time_element_and_address():
    page = '<body><time datetime="2024-03-25">a day</time></body>'
    assert read_fields(page).created == DAY
    assert read_fields("<p>x", url="https://a.example/2024/03/25/x").created == DAY
    assert url_date("https://a.example/20240325.html") == DAY
    assert url_date("https://a.example/item/2024325") == ""


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ('<meta name="author" content="By 王小明">', "王小明"),
        ('<meta name="author" content="admin">', ""),
        ('<meta property="article:author" content="https://a.example/me">', ""),
        (
            '<script type="application/ld+json">{"@type": "Article", "author": '
            '[{"name": "A. Writer"}, {"name": "B. Writer"}]}</script>',
            "A. Writer, B. Writer",
        ),
    ],
)
def test_author(markup, author):
    assert of_head(markup).author == author


def test_site_and_address():
    found = of_head(
        '<meta property="og:site_name" content="The Post">'
        '<link rel="canonical" href="https://a.example/story">',
        url="https://a.example/story?x=1",
    )
    assert (found.site, found.url) == ("The Post", "https://a.example/story")
    assert of_head("", url="https://a.example/").url == "https://a.example/"
    assert of_head('<link rel="canonical" href="/story">').url == ""


@pytest.mark.parametrize(
    "markup",
    [
        '<meta name="author" content="王小明">',
        '<META Name="Author" content="王小明" />',
        "<meta content='王小明' name=author>",
        '<meta itemprop="author" id="a" content="王小明">',
        '<meta name="author" property="" content="王小明">',
    ],
)
def test_meta_element_however_written(markup):
    assert of_head(markup).author == "王小明"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<head><title>a</title></head><body><title>b</title>", "a"),
        ("<HEAD><script>'<body>'</script><title>川</title></HEAD><title>b", "川"),
        ("<title>a</title><body><meta name='title' content='b'></body>", "a"),
        ("<body><meta name='title' content='b'><body>", ""),
        ("<p>a</p><meta name='title' content='标题'>", "标题"),
    ],
)
def test_fields_are_read_up_to_the_end_of_the_head(page, title):
    assert read_fields(page).title == title


def test_extract_and_head_agree():
    source = "<title>河水上涨</title><meta name=date content=2024-03-25><p>昨天。"
    page = extract(source)
    assert (page.title, page.created) == ("河水上涨", DAY)
    assert read_fields(source).title == page.title


@settings(deadline=None, max_examples=80)
@given(st.text(alphabet="<>\"'= metaconthdld+js{}[]:,/&;本", max_size=300))
def test_any_head_is_taken(source):
    assert isinstance(read_fields(source), Fields)


@pytest.mark.parametrize(
    "page",
    [
        '<meta content="' * 20_000,
        "<meta a=" * 30_000,
        "<meta " + ('"' + "a" * 9_000 + '" ') * 25 + ">",
        f"<time {'a' * 500}>1" * 2_000,
        "<h1>" * 100_000,
        f"<link {'a' * 9_000}canonical>" * 20,
    ],
)
def test_what_never_ends_is_given_up_soon(page):
    assert read_fields(page) == Fields()


def test_head_needs_no_numpy():
    code = (
        "import sys; from corpuskit.clean.meta import read_fields;"
        "read_fields('<title>x</title>');"
        "sys.exit('numpy' in sys.modules or 'selectolax' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("kind", ["application/ld+json", "text/ld+json", "ld+json"])
def test_json_ld_is_read_whatever_its_type_begins_with(kind):
    script = '{"@type": "NewsArticle", "author": "安倍", "headline": "洪水"}'
    fields = read_fields(f"<head><script type={kind}>{script}</script></head>")
    assert (fields.title, fields.author) == ("洪水", "安倍")


@pytest.mark.parametrize("before", ["", "+", "+json ", "d+json", "a+b " * 500])
def test_json_ld_is_found_among_any_number_of_plus_signs(before):
    one = '<script type="application/ld+json">{"@type": "Article", "headline": "洪水"}'
    two = '<script type=ld+json>{"@type": "NewsArticle", "author": "安倍"}</script>'
    fields = read_fields(f"{before}{one}</script><p>{'1+1 ' * 500}</p>{two}")
    assert (fields.author, fields.kinds) == ("安倍", ("article", "newsarticle"))
