"""The networks of the page model: whole numbers, so that sums are exact."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import network
from corpuskit.clean.blocks_features import MORE, NUMBERS, PAGE_COLUMNS
from corpuskit.clean.page_model import load_model

NETWORKS = (load_model().expert, *load_model().general)
READER = {
    "scale": np.array([16, 1], np.float32),
    "page_scale": np.array([1], np.float32),
    "more_scale": np.array([1], np.float32),
    "code_of": np.array([1], np.int16),
    "code": np.array([7], np.int8),
}


def small_arrays():
    """Two columns, one of them with a code, and one of the page; eight and eight units.

    Unit 0 of the first layer takes the logarithm of the first column and that of the
    page, unit 1 the code. Unit 0 of the second adds up unit 0 of the second block
    before (once), the one before (twice), itself (four times), the next two (8 and 16
    times) and the page (32 times); unit 1 of the first is skipped to the end.
    """
    weight, page_weight = np.zeros((8, 3), np.int16), np.zeros((8, 1), np.int16)
    weight[0, 0], weight[1, 2], page_weight[0, 0] = 1, 1, 1
    inner = np.zeros((6 * 8, 8), np.int16)
    inner[np.arange(6) * 8, 0] = 2 ** np.arange(6)
    out, skip = np.zeros(8, np.int32), np.zeros(8, np.int32)
    out[0], skip[1] = 2, -1
    shrink = np.zeros(8, np.float32)
    shrink[:2] = 1
    return {
        "weight": weight,
        "page_weight": page_weight,
        "bias": np.array([-64, *[0] * 7], np.int32),
        "shrink": shrink,
        "inner": inner,
        "inner_bias": np.zeros(8, np.int32),
        "out": out,
        "skip": skip,
        "unit": np.array([0.25]),
        "odds": np.array([0.5]),
    }


def scores(rows, words, start, of_pages=None):
    """What the small network says of blocks with these two columns."""
    model, reader = network.network_from(small_arrays()), network.reader_from(READER)
    columns = np.array(rows, np.float32).reshape(-1, 2).T
    of_pages = np.array([of_pages or [0] * (len(start) - 1)], np.float32)
    seen = reader.blocks(columns), reader.pages(of_pages)
    weights = network.block_weights(np.array(words, np.float32))
    hidden = model.read(*seen, weights, np.array(start))
    return model.score(hidden, np.array(start)).tolist()


LOW, HIGH = 15 / 16, 31 / 16  # 64 steps, of which the bias leaves none, and 80


@pytest.mark.parametrize(
    ("row", "of_page", "score"),
    [
        ((LOW, 0), 0, 0.5),
        ((LOW, 7), 0, 0.5 - 16),
        ((HIGH, 0), 0, 0.5 + (4 + 32) * 16 / 2),
        ((HIGH, 7), 0, 0.5 - 16 + (4 + 32) * 16 / 2),
        ((HIGH, 0), 3, 0.5 + (4 + 32) * (16 + 32) / 2),
        ((1e9, 0), 0, 0.5 + (4 + 32) * 255 / 2),
        ((-HIGH, 0), 0, 0.5),
    ],
)
def test_scores_are_sums_of_whole_numbers(row, of_page, score):
    assert scores(row, [5], [0, 1], [of_page]) == [score]


def test_blocks_see_their_neighbours_and_the_mean_of_their_page():
    low, high = (LOW, 0), (HIGH, 0)
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
        network.block_weights(np.array([0, 100, 1e6], np.float32)),
        np.array([0, 3]),
    )
    assert found.tolist() == [[0], [100]]


@given(st.lists(st.integers(1, 900), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
def test_means_of_pages_of_any_size_are_exact(sizes, seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(-511, 512, (120, sum(sizes)))
    words = rng.integers(1, 101, sum(sizes))
    start = np.cumsum([0, *sizes])
    found = network.page_means(values.astype(np.float32), words.astype(float), start)
    for page, (first, last) in enumerate(pairwise(start)):
        total = values[:, first:last] @ words[first:last]
        assert (
            found[:, page].tolist() == np.rint(total / words[first:last].sum()).tolist()
        )


def test_logarithms_come_first_and_codes_are_one_or_nothing():
    rows = np.array([[7, -3, 0], [0, 7, 0.5]], np.float32)
    reader = network.reader_from({**READER, "scale": np.array([1, 2], np.float32)})
    found = reader.blocks(rows)
    assert found.tolist() == [[48, -32, 0], [0, 62, 16], [0, 64, 0]]
    assert rows.tolist() == [[7, -3, 0], [0, 7, 0.5]]


@given(st.floats(0, 2.0**31, width=32), st.floats(0, 2.0**31, width=32))
def test_steps_grow_with_the_logarithm(some, more):
    some, more = sorted((some, more))
    values = np.array([[some, more, -more]], np.float32)
    steps = np.empty_like(values)
    network.to_steps(values, np.ones((1, 1), np.float32), out=steps)
    assert steps[0, 0] <= steps[0, 1] == -steps[0, 2] <= network.LIMIT
    assert abs(steps[0, 1] / network.STEPS - np.log2(1 + more)) < 0.15


def random_pages(model, sizes, seed):
    """Inputs of blocks, columns of pages, weights, and where each page begins."""
    rng, n, reader = np.random.default_rng(seed), sum(sizes), load_model().reader
    rows = rng.uniform(-9, 999, (len(NUMBERS) + len(MORE), n)).astype(np.float32)
    seen = reader.blocks(rows[: len(NUMBERS)])
    if model.first.weight.shape[1] > len(seen):
        seen = np.concatenate((seen, reader.more(rows[len(NUMBERS) :])))
    pages = rng.uniform(0, 999, (len(PAGE_COLUMNS), len(sizes))).astype(np.float32)
    weights = network.block_weights(rng.uniform(0, 300, n).astype(np.float32))
    return seen, pages, weights, np.cumsum([0, *sizes])


@pytest.mark.parametrize("model", NETWORKS)
@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(1, 250), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_pages_are_scored_alone_whatever_stands_beside_them(model, sizes, seed):
    reader, gate = load_model().reader, load_model().gate
    seen, pages, weights, start = random_pages(model, sizes, seed)
    of_pages = reader.pages(pages)
    hidden = model.read(seen, of_pages, weights, start)
    found, judged = model.score(hidden, start), gate.score(hidden.means, of_pages)
    for page, (first, last) in enumerate(pairwise(start)):
        part, ends = slice(int(first), int(last)), np.array([0, last - first])
        of_page = reader.pages(pages[:, page : page + 1])
        own = model.read(seen[:, part], of_page, weights[part], ends)
        assert (model.score(own, ends) == found[part]).all()
        assert (gate.score(own.means, of_page) == judged[page]).all()


def test_pages_are_judged_by_means_of_units_and_by_themselves():
    inner = np.zeros((8, 9), np.int16)
    inner[0, [0, 8]] = 1, 100
    arrays = {
        name: small_arrays()[name] for name in ("inner_bias", "out", "unit", "odds")
    }
    model = network.gate_from({**arrays, "inner": inner})
    means = np.array([[12, 24, -50], *[[9, 9, 9]] * 7], np.float32)
    found = model.score(means, np.array([[0, 16, 0]], np.float32))
    assert found.tolist() == [0.5 + 12 / 2, 0.5 + (24 + 1600) / 2, 0.5]


@pytest.mark.parametrize("model", NETWORKS)
def test_sums_of_the_shipped_networks_stay_exact(model):
    layer, size = model.first, len(model.inner_bias)
    first = np.abs(layer.weight).sum(axis=1) + np.abs(layer.page_weight).sum(axis=1)
    assert (first * network.LIMIT + np.abs(layer.bias).ravel()).max() < 2**24
    around = np.abs(model.inner).reshape(network.N_NEAR, size, -1).sum(axis=(0, 2))
    around += np.abs(model.of_page).sum(axis=1)
    second = np.abs(model.inner_bias).ravel() + around * network.LARGEST
    assert second.max() < 2**24
    total = second.astype(float) @ np.abs(model.out)
    assert total + network.LARGEST * np.abs(model.skip).sum() < 2**53
    for whole in (layer.weight, layer.page_weight, layer.bias, model.inner):
        assert (whole == np.rint(whole)).all()


def test_sums_of_the_shipped_gate_stay_exact():
    gate = load_model().gate
    second = np.abs(gate.inner).sum(axis=1) * network.LIMIT
    second += np.abs(gate.inner_bias).ravel()
    assert second.max() < 2**24
    assert second.astype(float) @ np.abs(gate.out) < 2**53
    assert (gate.inner == np.rint(gate.inner)).all()
