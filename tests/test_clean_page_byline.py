"""Date, author and source from the lines around a page's title."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.meta import Fields, read_fields
from corpuskit.clean.meta_byline import with_byline
from corpuskit.clean.page import extract
from corpuskit.clean.tree import PARSERS, parse

PROSE = "<p>" + "The river rose in the night, and by morning the town was wet. " * 5


def found_in(lines, title="<h1>The river rose</h1>", language="", parser="lexbor"):
    source = f"<html lang={language}>{title}{lines}{PROSE}"
    return with_byline(read_fields(source), to_blocks(parse(source, parser)))


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("lines", "created", "author", "site"),
    [
        ("<p>By Ann Baker, 3 May 2024", "20240503", "Ann Baker", ""),
        ("<p>By <a>Ann Baker</a> | May 3, 2024", "20240503", "Ann Baker", ""),
        ("<p>3 May 2024 by Ann Baker", "20240503", "Ann Baker", ""),
        ("<p>By<p>Ann Baker<p>May 3, 2024", "20240503", "Ann Baker", ""),
        ("<p>by<a>Ann Baker</a><p>May 3, 2024", "20240503", "Ann Baker", ""),
        (
            "<p>By Ann Baker, Bo Li and Cy Day",
            "",
            "Ann Baker, Bo Li and Cy Day",
            "",
        ),
        ("<p>By Ann Baker, National Security Writer", "", "Ann Baker", ""),
        ("<p>Von Anna Bäcker, 3. Mai 2024", "20240503", "Anna Bäcker", ""),
        ("<p>Par Anne de Boulanger<p>Publié le 3 mai 2024", "20240503",
         "Anne de Boulanger", ""),
        ("<p>来源：新华社 作者：王小明 2024-05-03", "20240503", "王小明", "新华社"),
        ("<p>2024年05月03日 10:00 来源：人民日报", "20240503", "", "人民日报"),
        ("<p>公開日：2024年5月3日 著者：山田太郎", "20240503", "山田太郎", ""),
        ("<p>입력 2024.05.03 10:00", "20240503", "", ""),
        ("<p>Updated 5 May 2024<p>Published 3 May 2024", "20240503", "", ""),
        ("<p>Published 3 May 2024, updated 5 May 2024", "20240503", "", ""),
    ],
)  # fmt: skip
def test_byline_is_read(lines, created, author, site, parser):
    found = found_in(lines, parser=parser)
    assert (found.created[:8], found.author, found.site) == (created, author, site)


@pytest.mark.parametrize(
    "lines",
    [
        "<p>Last updated: May 3, 2024",
        "<p>Last updated:<p>May 3, 2024",
        "<p>Joined<p>Nov 4, 2011",
        "<p>By appointment only",
        "<p>By Staff",
        "<p>By 2030 the river will rise",
        "<p>By the river, where we stood in May",
        "<p>Source: Some Pictures",
        "<p>Byron Smith",
        "<p>The minister at the river on 3 May 2024. Picture by Ann Baker",
        "<nav><p>By Ann Baker, 3 May 2024</nav>",
        "<p>In the flood of 3 May 2024 four houses were lost to the river.",
        f"{PROSE}<p>By Ann Baker, 3 May 2024",
        "<p>昨日は雨でした<p>川",
        "",
    ],
)
def test_other_lines_are_no_byline(lines):
    found = found_in(lines)
    assert (found.created, found.author, found.site) == ("", "", "")


def test_head_of_the_page_wins():
    title = (
        "<meta name=author content='Cy Day'><meta name=date content=2024-01-02>"
        "<h1>The river rose</h1>"
    )
    found = found_in("<p>By Ann Baker, 3 May 2024", title)
    assert (found.created[:8], found.author) == ("20240102", "Cy Day")


def test_line_above_the_title_and_second_heading_count():
    title = "<title>The river rose</title><h1>The Post</h1><p>May 3, 2024"
    found = found_in("<p>By Ann Baker", f"{title}<h1>The river rose</h1>")
    assert (found.created[:8], found.author) == ("20240503", "Ann Baker")


@pytest.mark.parametrize(
    ("language", "created"),
    [
        ("", "20240304"),
        ("en-US", "20240304"),
        ("en-GB", "20240403"),
        ("fr", "20240403"),
    ],
)
def test_language_tells_how_days_are_written(language, created):
    assert found_in("<p>03/04/2024 10:00", language=language).created[:8] == created


def test_page_has_what_its_byline_says():
    body = "<h1>河水上涨</h1><p>来源：新华社 作者：王小明 2024-05-03 10:00</p>"
    page = extract(f"<body>{body}<p>{'昨天夜里河水上涨，街道被水淹没。' * 9}</p>")
    assert (page.author, page.site) == ("王小明", "新华社")
    assert page.created == "20240503T100000Z"


LINES = st.sampled_from(
    [
        "By",
        "By Ann",
        "作者：",
        "来源:",
        "2024-05-03",
        "Updated",
        ",",
        "12",
        "&nbsp;",
        "中",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES, max_size=12), st.sampled_from(["<p>", "<br>", " "]))
def test_any_lines_are_taken(lines, between):
    source = f"<h1>T</h1>{between}{between.join(lines)}"
    assert isinstance(with_byline(Fields(), to_blocks(parse(source))), Fields)
