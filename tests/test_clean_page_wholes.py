"""Tables, code and quotes: kept or dropped with the text around them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit import extract
from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.blocks_view import view_of
from corpuskit.clean.meta import Fields
from corpuskit.clean.page_wholes import with_wholes
from corpuskit.clean.tree import parse

LONG = "The river rose in the night, and by morning the lower streets were under water."
WIDE = "昨天夜里河水上涨，到了早晨，下游的街道已经全部被水淹没，居民不得不离开家园。"
KANA = "昨夜、川の水があふれ、朝には町の低い通りがすべて水につかっていました。"
HANGUL = "어젯밤 강물이 불어나 아침에는 낮은 거리들이 모두 물에 잠겼습니다."
CELLS = "<tr><th>a<td>b<tr><th>c<td>d"
CODE = "pip install flow\nflow --help"


def seen(bodies, chances):
    """The chances of the blocks of pages, tables and the like seen as a whole."""
    view = view_of(
        [to_blocks(parse(body)) for body in bodies], [Fields()] * len(bodies)
    )
    found = with_wholes(np.array(chances, np.float32), view)
    assert found.dtype == np.float32
    return [round(float(chance), 3) for chance in found]


@pytest.mark.parametrize(
    ("body", "chances", "found"),
    [
        ("<p>x<p>y", [0.9, 0.1], [0.9, 0.1]),
        # cells share their mean, which their words weigh
        (f"<table>{CELLS}</table>", [0.9, 0.1, 0.5, 0.5], [0.5] * 4),
        ("<table><tr><td>a b c<td>d<td>e</table>", [1, 0, 0], [0.6] * 3),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", [0.9, 0.1, 0.5, 0.5], [0.5] * 4),
        # two cells are no table, and long ones are layout
        ("<table><tr><td>a<td>b</table>", [0.9, 0.1], [0.9, 0.1]),
        (f"<table><tr><td>{LONG * 2}<td>{LONG * 2}<td>a</table>", [1, 0, 1], [1, 0, 1]),
        # the less likely neighbour lends a part
        (
            f"<p>x<table>{CELLS}</table><p>y",
            [0.9, *[0] * 4, 0.5],
            [0.9, *[0.3] * 4, 0.5],
        ),
        (f"<p>x<table>{CELLS}</table>", [0.9, *[0] * 4], [0.9, *[0] * 4]),
        ("<p>x<pre>a</pre><p>y", [1, 0.5, 1], [1, 0.8, 1]),
        ("<p>x<pre>a</pre><p>y", [0.1, 0.5, 1], [0.1, 0.5, 1]),
        ("<p>x<blockquote><p>a<p>b</blockquote>y", [1, 0, 1, 1], [1, 0.8, 1, 1]),
        # what stands in an inner one is the inner one's
        (
            f"<table><tr><td>{LONG}<td><table>{CELLS}</table><td>{LONG}</table>",
            [0.1, 0.9, 0.1, 0.5, 0.5, 0.1],
            [0.1, *[0.5] * 4, 0.1],
        ),
    ],
)
def test_how_likely_blocks_are_as_parts_of_a_whole(body, chances, found):
    assert seen([body], chances) == pytest.approx(found, abs=0.002)


def test_pages_beside_lend_nothing():
    table = f"<table>{CELLS}</table>"
    together = seen(["<p>x", table, "<p>y<pre>a"], [1, 0, 0, 0, 0, 1, 0])
    assert together == [1, 0, 0, 0, 0, 1, 0]


@pytest.mark.parametrize("text", [LONG, WIDE, KANA, HANGUL])
@pytest.mark.parametrize(
    ("part", "lines"),
    [
        (
            "<table><tr><th>Year<th>Flow<tr><td>1998<td>120<tr><td>2007<td>141</table>",
            ("Year", "1998", "141"),
        ),
        (
            "<dl><dt>Source<dd>The glacier<dt>Mouth<dd>The Rhine</dl>",
            ("Source", "The glacier", "The Rhine"),
        ),
        (f"<pre>{CODE}</pre>", (CODE,)),
        (f"<pre><code>if x:\n    {CODE}</code></pre>", (f"    {CODE}",)),
        ("<blockquote><p>Water moves all.</p></blockquote>", ("Water moves all.",)),
    ],
)
def test_parts_between_paragraphs_stay_whole(text, part, lines):
    body = (
        f"<h1>{text[:9]}</h1>{f'<p>{text} 1.</p>' * 2}{part}{f'<p>2. {text}</p>' * 2}"
    )
    menu = "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>"
    found = extract(f"<body>{menu}<div class=content>{body}</div></body>").text
    assert [line for line in lines if line not in found] == []
    assert "Home" not in found


TAGS = (
    "<table>",
    "<tr><td>",
    "</table>",
    "<dl><dd>",
    "</dl>",
    "<pre>",
    "</pre>",
    "<p>",
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from((*TAGS, "<blockquote>", WIDE, "x")), min_size=1), st.data()
)
def test_chances_stay_chances_whatever_the_markup(parts, data):
    body = "".join((*parts, "<p>x"))
    n = len(to_blocks(parse(body)))
    chance = st.floats(0, 1, width=32)
    chances = data.draw(st.lists(chance, min_size=n, max_size=n))
    assert all(0 <= found <= 1 for found in seen([body], chances))
