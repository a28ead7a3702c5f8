import pytest

from corpuskit.clean import extract
from corpuskit.clean.tree import without_deep_nests

TAGS = ("div", "section", "ul", "dl", "aside", "figure", "main", "nav", "pre", "b")


@pytest.mark.parametrize(
    "opening",
    [
        *("<div>" * 60_000, "<DIV class=x>" * 60_000, "<pre>" * 60_000),
        *("<span>" * 30_000 + "<div>" * 30_000, "<nav>" * 30_000 + "<main>" * 30_000),
        "".join(f"<{tag}>" * 1_900 for tag in TAGS),
    ],
)
@pytest.mark.parametrize(
    "text", ["a text at the bottom of it all", "底部的文字在这里。"]
)
def test_text_below_absurd_nests_is_kept(opening, text):
    assert text in extract(f"<html><body>{opening}<p>{text}</p>").text
    closing = opening.replace("<", "</").replace(" class=x", "")
    page = f"<html><body>{opening}<p>{text}</p>{closing}"
    assert text in extract(page).text
    assert text in extract(page.encode()).text


@pytest.mark.parametrize("tag", ["div", "pre", "menu", "h1", "ruby"])
def test_both_trees_are_kept_from_absurd_nests(tag):
    page = f"<{tag}>" * 10_000 + "<p>底部的文字在这里。"
    assert extract(page, parser="bs4") == extract(page)


def test_comments_that_never_end_hold_the_rest():
    page = "<p>底部的文字在这里。</p>" + "<!-- no end <p>" * 20_000
    assert (
        extract(page, parser="bs4").text == extract(page).text == "底部的文字在这里。"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 500 + "deep but fine" + "</div>" * 500,
        "<div>flat</div>" * 5000,
        "<divider>" * 3000,
        "",
    ],
)
def test_other_pages_stay_as_they_are(page):
    assert without_deep_nests(page) == page
