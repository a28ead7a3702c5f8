"""Pages worked out together: each as if it were alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import CleanOptions, clean, clean_all
from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.blocks_features import features
from corpuskit.clean.blocks_view import view_of
from corpuskit.clean.meta import Fields
from corpuskit.clean.page import extract, extract_all
from corpuskit.clean.page_keep import keep
from corpuskit.clean.page_model import judge, load_model
from corpuskit.clean.tree import parse
from corpuskit.document import Document, Metadata
from corpuskit.errors import UsageError

LONG = "The river rose in the night, and by morning the lower streets were under water."
WIDE = "昨天夜里河水上涨，到了早晨，下游的街道已经全部被水淹没，居民不得不离开家园。"
KANA = "昨夜、川の水があふれ、朝には町の低い通りがすべて水につかっていました。"
HANGUL = "어젯밤 강물이 불어나 아침에는 낮은 거리들이 모두 물에 잠겼습니다."
COOKIES = "<div class=popup><p>We use cookies.</p><p>Consent?</p><p>cookies</p></div>"
MENU = "<nav class=menu><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>"
PIECES = (
    *("<h1>Flood</h1>", "<article class='a b'>", "</article>", "<div class='story'>"),
    *("</div>", "<section>", "</section>", f"<p>{LONG}</p>", f"<p>{WIDE}</p>"),
    *(f"<blockquote class=share>{KANA}</blockquote>", f"<li><a href=x>{HANGUL}</a>"),
    *("<p>Related articles</p>", "<p>3 comments</p>", MENU, COOKIES, "x", "<pre>a\nb"),
)
pages = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def opinions(bodies, title):
    """Columns and opinions of pages worked out together, page by page."""
    filled = [blocks for body in bodies if len(blocks := to_blocks(parse(body)))]
    view = view_of(filled, [Fields(title=title)] * len(filled))
    columns = features(view)
    found = judge(load_model(), view, columns)
    rows = [
        (columns.rows[:, view.blocks_of(page)], columns.pages[:, page])
        for page in range(len(filled))
    ]
    return list(zip(rows, found, view.titles(), strict=True))


@settings(deadline=None, max_examples=60)
@given(st.lists(pages, min_size=1, max_size=6), st.sampled_from(["", "Flood"]))
def test_pages_do_not_depend_on_those_beside_them(bodies, title):
    bodies = [f"{body}." for body in bodies]
    together = opinions(bodies, title)
    for body, (rows, opinion, title_at) in zip(bodies, together, strict=True):
        ((own_rows, own, own_title),) = opinions([body], title)
        assert all(map(np.array_equal, rows, own_rows))
        assert np.array_equal(opinion.content, own.content)
        assert opinion.article == own.article
        assert title_at == own_title


@settings(deadline=None, max_examples=30)
@given(st.lists(pages, max_size=5), st.sampled_from(["precision", "balanced"]))
def test_pages_are_extracted_as_if_alone(bodies, mode):
    options = {"mode": mode, "parser": "lexbor", "markdown": False, "keep": ()}
    found = extract_all(bodies, ["http://h.org/"] * len(bodies), **options)
    assert found == [extract(b, url="http://h.org/", **options) for b in bodies]


def test_pages_without_text_keep_nothing_and_their_place():
    bodies = ["", f"<p>{LONG}</p>", "<div></div>", f"<p>{WIDE}</p>"]
    blocks = [to_blocks(parse(body)) for body in bodies]
    assert keep(blocks, [Fields()] * 4, mode="balanced") == [[], [0], [], [0]]
    assert keep([], [], mode="balanced") == []


def test_unknown_mode_is_named():
    blocks = [to_blocks(parse(LONG))]
    with pytest.raises(UsageError, match="no mode 'eager'"):
        keep(blocks, [Fields()], mode="eager")


@pytest.mark.parametrize("options", [CleanOptions(), CleanOptions(explain=True)])
def test_documents_are_cleaned_as_if_alone(options):
    kinds = ("text/html", "text/plain", "application/xhtml+xml", "text/markdown")
    texts = (f"{MENU}<p>{LONG}</p><p>{WIDE}</p>", f"{LONG}\n\n{KANA}", f"<p>{HANGUL}")
    found = [
        Document(id=f"s/{n}", metadata=Metadata(media_type=kind)).with_text(text)
        for n, (kind, text) in enumerate((k, t) for k in kinds for t in texts)
    ]
    found.insert(3, found[0].dropped("read.empty"))
    found.insert(5, clean(found[1], options))
    assert clean_all(found, options) == [clean(one, options) for one in found]
