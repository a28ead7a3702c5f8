"""What the models see of a page."""

import numpy as np
import pytest

from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.blocks_features import (
    MORE,
    NUMBERS,
    PAGE_COLUMNS,
    features,
    more_features,
)
from corpuskit.clean.blocks_shape import shape_of
from corpuskit.clean.blocks_view import view_of
from corpuskit.clean.meta import Fields
from corpuskit.clean.page_model import load_model
from corpuskit.clean.tree import parse

LONG = "The river rose in the night, and by morning the lower streets were under water."
WIDE = "昨天夜里河水上涨，到了早晨，下游的街道已经全部被水淹没，居民不得不离开家园。"
MENU = "<nav class=menu><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>"


def blocks_of(body):
    return to_blocks(parse(body))


def columns_of(body, title=""):
    return features(view_of([blocks_of(body)], [Fields(title=title)]))


@pytest.mark.parametrize("text", ["x", "。", "\U0001f600", LONG, WIDE, "|"])
@pytest.mark.parametrize("tag", ["p", "h1", "a", "article", "td"])
def test_every_number_is_finite(text, tag):
    columns = columns_of(f"<{tag}>{text}</{tag}>" * 3)
    assert len(columns.rows) == len(NUMBERS)
    assert columns.pages.shape == (len(PAGE_COLUMNS), 1)
    assert np.isfinite(columns.rows).all()
    assert np.isfinite([*more_of(f"<{tag}>{text}</{tag}>" * 3).values()]).all()
    assert np.isfinite(columns.pages).all()


def more_of(body):
    columns = more_features(view_of([blocks_of(body)], [Fields()]))
    return dict(zip(MORE, columns, strict=True))


@pytest.mark.parametrize("text", [LONG, WIDE])
def test_further_columns_say_where_area_and_core_are_and_what_is_repeated(text):
    body = "".join(f"<p>{text}</p>" for _ in range(3))
    found = more_of(f"{MENU}<div><h1>Flood</h1>{body}</div>")
    assert found["in_area"].tolist() == [0, 0, 1, 1, 1, 1]
    assert found["core"].tolist() == [0, 0, 0, 1, 1, 1]
    assert found["sure"].tolist() == [0, 0, 0, 1, 1, 1]
    assert found["from_area"].tolist() == [-2, -1, 0, 1, 2, 3]
    assert found["from_core"].tolist() == [-3, -2, -1, 0, 1, 2]
    assert found["to_core"].tolist() == [5, 4, 3, 2, 1, 0]
    assert found["core_share"].tolist() == [1] * 6
    assert found["repeated"].tolist() == [1, 1, 1, 3, 3.5, 3.5]


@pytest.mark.parametrize("text", [LONG, WIDE])
def test_columns_say_where_the_body_is(text):
    body = "".join(f"<p>{text}</p>" for _ in range(3))
    columns = columns_of(f"{MENU}<div><h1>Flood</h1>{body}</div>", "Flood")
    assert columns["in_best"].tolist() == [0, 0, 1, 1, 1, 1]
    assert columns["to_best"].tolist() == [5, 4, 3, 2, 1, 0]
    assert columns["from_title"].tolist() == [-2, -1, 0, 1, 2, 3]
    assert columns["linked"].tolist() == [1, 1, 0, 0, 0, 0]
    assert columns["around_NAV"].tolist() == [1, 1, 0, 0, 0, 0]


def test_words_since_a_cue_are_counted():
    columns = columns_of("<p>One<p>Related articles<p>two three<p>four")
    assert columns["cue"].tolist() == [0, 1, 0, 0]
    assert columns["since_cue1"].tolist() == [60, 0, 1, 2]
    assert columns["since_cue1_words"].tolist() == [9000, 0, 2, 4]


@pytest.mark.parametrize(
    ("text", "words", "upper", "wide", "ends"),
    [
        ("One two.", 2, 1 / 8, 0, 1),
        ("昨天夜里。", 1 + 0.6 * 4, 0, 4 / 5, 1),
        ("Ünder 水\U0001f600", 2 + 0.6 * 2, 1 / 8, 2 / 8, 0),
    ],
)
def test_characters_are_counted_by_class_in_any_script(text, words, upper, wide, ends):
    columns = columns_of(f"<p>{text}<p>A.<p>{text}")
    assert columns["words"].tolist() == pytest.approx([words, 1, words])
    assert columns["chars"].tolist() == [len(text), 2, len(text)]
    assert columns["upper"].tolist() == pytest.approx([upper, 0.5, upper])
    assert columns["wide"].tolist() == pytest.approx([wide, 0, wide])
    assert columns["ends_stop"].tolist() == [ends, 1, ends]


def test_wrappers_count_as_one_step_and_give_their_hints():
    page = f"<div class=sidebar><div><p>{LONG}</p></div></div>" + f"<p>{LONG}</p>" * 2
    blocks = blocks_of(page)
    shape = shape_of(
        [blocks],
        start=np.array([0, 3]),
        page=np.zeros(3, np.int64),
        sums=np.arange(4.0)[None],
        title_at=np.array([-1]),
    )
    first, second, _ = shape.owner
    assert shape.up[[first, second]].tolist() == [0, 0]
    assert shape.near[first] == blocks.hint[1] > 0 == shape.near[second]
    assert shape.same[[first, second]].tolist() == [1, 2]


def test_siblings_are_counted_among_thousands_of_tags():
    body = "".join(f"<x{i}><p>x</p><p>x</p><q{i}>x</q{i}></x{i}>" for i in range(600))
    found = columns_of(body)["up0_same"]
    assert found.reshape(600, 3).tolist() == [[2, 2, 1]] * 600


def test_text_is_likelier_content_than_a_menu():
    view = view_of([blocks_of(f"{MENU}<p>{LONG}</p>")], [Fields()])
    found, articles = load_model().opinions(view, features(view))
    assert 0 <= articles[0] <= 1
    assert found[2] > found[0]
