"""What speaks against blocks: comments, further articles, dialogs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.blocks_features import MORE, more_features
from corpuskit.clean.blocks_said import SAYS, says
from corpuskit.clean.blocks_view import view_of
from corpuskit.clean.meta import Fields, read_fields
from corpuskit.clean.page_doubts import with_doubts
from corpuskit.clean.page_keep import without_copies
from corpuskit.clean.tree import parse

LONG = "The river rose in the night, and by morning the lower streets were under water."
WIDE = "昨天夜里河水上涨，到了早晨，下游的街道已经全部被水淹没，居民不得不离开家园。"
NOTE = "<p>We use cookies to store what you like, if you consent to that.</p>"


def view(body, title=""):
    return view_of([to_blocks(parse(f"<body>{body}</body>"))], [Fields(title=title)])


def doubted(page, article):
    """The texts whose opinion is lowered, on a page that is an article so likely."""
    ones = np.ones(len(page.words), np.float32)
    found = with_doubts(ones, page, np.array([article]))
    return [text for text, chance in zip(page.texts, found, strict=True) if chance < 1]


@pytest.mark.parametrize("text", [LONG, WIDE])
def test_comments_are_doubted_on_articles_only(text):
    comments = f"<div class='comments'><p>{text}</p><p>{text}</p></div>"
    page = view(f"<h1>Flood</h1><p>{text}</p>{comments * 4}", "Flood")
    assert len(doubted(page, 0.9)) == 8
    assert doubted(page, 0.5) == []


def test_further_article_with_a_title_of_the_same_kind_is_doubted():
    one = "<div class='story'><h1 class='t'>{}</h1><p>{}</p></div>"
    page = view(one.format("Flood", LONG) + one.format("Fire", WIDE), "Flood")
    assert doubted(page, 0.5) == ["Fire", WIDE]
    assert doubted(page, 0.1) == []


def test_several_headings_inside_one_article_are_its_own():
    body = f"<h1>Flood</h1><p>{LONG}</p><h1>The day after</h1><p>{WIDE}</p>"
    assert doubted(view(f"<div>{body}</div>", "Flood"), 0.9) == []


def test_later_article_elements_of_the_same_kind_are_doubted():
    first = f"<article class='post a1'><h2>Flood</h2><p>{LONG}</p><p>{LONG}</p>"
    nested = f"<article class='post a2'><h2>Fire</h2><p>{WIDE}</p></article>"
    part = f"<article class='recipe'><h2>Steps</h2><p>{WIDE}</p></article>"
    page = view(f"{first}{nested}{part}</article>", "Flood")
    assert doubted(page, 0.9) == ["Fire", WIDE]


@pytest.mark.parametrize("mark", ["class='popup'", "role=dialog", "hidden"])
def test_dialogs_with_notices_of_consent_are_doubted_anywhere(mark):
    page = view(f"<h1>Flood</h1><p>{LONG}</p><div {mark}>{NOTE * 3}</div>", "Flood")
    assert len(doubted(page, 0.0)) == 3
    single = f"<p>{LONG}</p><div {mark}>{NOTE}<p>OK</p></div>"
    assert len(doubted(view(single), 0.0)) == 2
    mostly_text = f"<p>{LONG}</p><div {mark}>{NOTE}<p>{LONG}</p><p>{WIDE}</p></div>"
    assert doubted(view(mostly_text), 0.0) == []


def test_dialog_that_holds_the_title_is_not_doubted():
    page = view(f"<div class='popup'><h1>Cookies</h1>{NOTE * 4}</div>", "Cookies")
    assert doubted(page, 0.0) == []


def test_hints_of_a_box_that_holds_most_of_the_page_count_unless_it_has_the_title():
    many = f"<div class='comments'><ul>{f'<li>{LONG}</li>' * 9}</ul></div>"
    outside = view(f"<h1>Flood</h1><p>{LONG}</p>{many}", "Flood")
    assert len(doubted(outside, 0.9)) == 9
    inside = view(f"<div class='comments'><h1>Flood</h1><ul>{many}</ul></div>", "Flood")
    assert "Flood" not in doubted(inside, 0.9)


def test_blocks_are_of_one_style_by_the_family_of_their_classes():
    card = "<div class='card-{}'><h3><a href=x>Fire</a></h3><p>Short text.</p></div>"
    cards = "".join(card.format(i) for i in range(4))
    page = view(f"<h1>Flood</h1><p>{LONG}</p><div>{cards}</div>", "Flood")
    columns = dict(zip(MORE, more_features(page), strict=True))
    words, means = columns["style_words"].tolist(), columns["style_mean"].tolist()
    n_long = words[1] - 4 * 2
    assert words[2::2] == [4] * 4
    assert words[1::2] == [n_long + 8] * 5
    assert means[3::2] == pytest.approx([(n_long + 8) / 5] * 4)
    assert columns["style_share"][1] > columns["style_share"][0] > 0


def said(**fields):
    """What pages with these fields say, by name, where it is not 0."""
    found = zip(SAYS, says(Fields(**fields)), strict=True)
    return {name: value for name, value in found if value}


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ((), {}),
        (("webpage",), {"says_some": 1}),
        (("og:article", "newsarticle", "published"), {"says_article": 3}),
        (("og:website", "webpage", "blogposting"), {"says_article": 1, "says_site": 1}),
        (("discussionforumposting",), {"says_forum": 1}),
        (("og:product", "product"), {"says_product": 1}),
    ],
)
def test_what_a_page_says_that_it_is(kinds, found):
    assert said(kinds=kinds) == (found and {"says_some": 1, **found})


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("", {}),
        ("pages/a-b.html", {}),
        ("https://h.org/", {"has_url": 1, "url_is_root": 1}),
        ("https://h.org?q=1", {"has_url": 1, "url_is_root": 1, "url_query": 1}),
        (
            "https://h.org/2024/03/the-river_rose.html",
            {"has_url": 1, "url_depth": 3, "url_hyphens": 2, "url_date": 1}
            | {"url_last": 19, "url_file": 1},
        ),
        (
            "https://h.org/新闻/12345/?p=1",
            {"has_url": 1, "url_depth": 2, "url_number": 1, "url_last": 5}
            | {"url_query": 1},
        ),
    ],
)
def test_what_an_address_tells(url, found):
    assert said(url=url) == found


def test_what_else_a_head_tells():
    found = said(title="河水 上涨", author="x", site="y", created="20240325T000000Z")
    counts = {"title_chars": 5, "title_words": 2}
    assert found == {**counts, "has_date": 1, "has_author": 1, "has_site": 1}


def test_types_are_read_from_the_head():
    source = (
        '<meta property="og:type" content="Article">'
        '<meta property="article:published_time" content="2024-03-25">'
        '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"],'
        ' "name": "河水"}, {"@type": "WebPage"}, {"@type": 3}]}</script>'
    )
    fields = read_fields(source)
    assert fields.kinds == ("og:article", "newsarticle", "webpage", "published")


def test_what_a_text_says_twice_stays_and_a_copy_elsewhere_goes():
    blocks = to_blocks(parse(f"<p>{LONG}<p>x<p>{LONG}<div><p>{LONG}</div>"))
    assert without_copies(blocks, [0, 1, 2, 3]) == [0, 1, 2]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["<div class='a'>", "<h1>", "x", WIDE, "</div>"])))
def test_any_markup_is_judged(parts):
    page = "".join(parts) + "x"
    assert len(doubted(view(page, "x"), 0.9)) <= len(to_blocks(parse(page)))
