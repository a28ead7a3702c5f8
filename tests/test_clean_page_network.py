"""The networks of the page model: whole numbers, so that sums are exact."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import network
from corpuskit.clean.page_model import load_model


def small_arrays():
    """Two inputs, a logarithm and a code; two networks of eight and eight units.

    Of the first, unit 0 takes the logarithm and unit 1 the code; its second unit 0 adds
    up unit 0 of the second block before (once), the one before (twice), itself (four
    times), the next two (8 and 16 times) and the page (32 times), and unit 1 is skipped
    to the end.
    """
    weight = np.zeros((16, 2), np.int8)
    weight[0], weight[1] = (1, 0), (0, 1)
    inner = np.zeros((2, 6 * 8, 8), np.int16)
    inner[0, np.arange(6) * 8, 0] = 2 ** np.arange(6)
    out, skip = np.zeros(16, np.int32), np.zeros(16, np.int32)
    out[0], skip[1] = 2, -4
    shrink = np.zeros(16, np.float32)
    shrink[:2] = 1
    return {
        "column": np.array([1, 0], np.int16),
        "code": np.array([-2, 7], np.int8),
        "mean": np.array([1, 0], np.float32),
        "scale": np.array([16, 16], np.float32),
        "weight": weight,
        "bias": np.zeros(16, np.int32),
        "shrink": shrink,
        "inner": inner,
        "inner_bias": np.zeros(16, np.int32),
        "out": out,
        "skip": skip,
        "unit": np.array([0.25]),
        "odds": np.array([0.5]),
    }


def scores(rows, words, start):
    """What the small networks say of blocks with these two columns."""
    model = network.from_arrays(small_arrays())
    columns = np.array(rows, np.float32).reshape(-1, 2).T
    return model.score(columns, np.array(words, np.float32), np.array(start)).tolist()


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ((0, 1), 0.5),
        ((7, 1), 0.5 - 16),
        ((0, 3), 0.5 + (4 + 32) * 16 / 2),
        ((7, 3), 0.5 - 16 + (4 + 32) * 16 / 2),
        ((0, 1e9), 0.5 + (4 + 32) * 64 / 2),
        ((0, -3), 0.5),
    ],
)
def test_scores_are_sums_of_whole_numbers(row, score):
    assert scores(row, [5], [0, 1]) == [score]


def test_blocks_see_their_neighbours_and_the_mean_of_their_page():
    low, high = (0, 1), (0, 3)
    found = scores([high, *[low] * 4, high, low], [1, 1, 1, 4, 1, 3, 1], [0, 5, 7])
    of_first, of_second = 32 * 2, 32 * 12  # an eighth and three quarters of 16
    near = [4 * 16, 2 * 16, 16, 0, 0, 4 * 16, 2 * 16]
    pages = [of_first] * 5 + [of_second] * 2
    assert found == [0.5 + (a + b) / 2 for a, b in zip(near, pages, strict=True)]
    found = scores([low] * 3 + [high, low], [7, 1, 1, 3, 4], [0, 4, 5])
    near, pages = [0, 16 * 16, 8 * 16, 4 * 16, 0], [32 * 4] * 4 + [0]
    assert found == [0.5 + (a + b) / 2 for a, b in zip(near, pages, strict=True)]


def test_a_long_block_weighs_like_a_hundred_words_and_an_empty_one_like_one():
    found = network.page_means(
        np.array([[10, 0, 0], [0, 0, 202]], np.float32),
        np.array([0, 100, 1e6], np.float32),
        np.array([0]),
    )
    assert found.tolist() == [[0], [100]]


def test_logarithms_come_first_and_codes_are_one_or_nothing():
    columns = np.array([[7, 3], [0, -7]], np.float32)
    column = np.array([1, 0, 0])
    code = np.array([[network.SIGNED], [network.NUMBER], [7]], np.float32)
    found = network.inputs(columns, column, code)
    assert found.tolist() == [[0, -3], [3, 2], [1, 0]]
    assert columns.tolist() == [[7, 3], [0, -7]]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 250), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_pages_are_scored_alone_whatever_stands_beside_them(sizes, seed):
    model = load_model().general
    rng = np.random.default_rng(seed)
    shape = (int(model.column.max()) + 1, sum(sizes))
    columns = rng.uniform(-9, 999, shape).astype(np.float32)
    words = rng.uniform(0, 300, sum(sizes)).astype(np.float32)
    start = np.cumsum([0, *sizes])
    found = model.score(columns, words, start)
    for first, last in pairwise(start):
        part = slice(int(first), int(last))
        one = np.array([0, last - first])
        assert (model.score(columns[:, part], words[part], one) == found[part]).all()


def test_sums_of_the_shipped_networks_stay_exact():
    for model in (load_model().general, load_model().expert):
        first = np.abs(model.weight).sum(axis=2).ravel() * network.LIMIT
        first += np.abs(model.bias).ravel()
        assert first.max() < 2**24
        n_nets, size, n_hidden = model.of_page.shape
        around = np.abs(model.inner).reshape(n_nets, network.N_NEAR, size, n_hidden)
        second = around.sum(axis=(1, 3)) + np.abs(model.of_page).sum(axis=2)
        second = second.ravel() * network.LARGEST + np.abs(model.inner_bias).ravel()
        assert second.max() < 2**24
        total = second.astype(float) @ np.abs(model.out)
        assert total + network.LARGEST * np.abs(model.skip).sum() < 2**53
        for whole in (model.weight, model.inner, model.of_page, model.bias):
            assert (whole == np.rint(whole)).all()
