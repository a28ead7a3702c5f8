"""The network of the page model: whole numbers, so that sums are exact."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import network
from corpuskit.clean.page_model import load_model


def small_arrays():
    """Two inputs, a logarithm and a code, and two units that say something."""
    weight = np.zeros((16, 2), np.int8)
    weight[0], weight[1] = (1, 0), (-1, 2)
    bias, out = np.zeros(16, np.int32), np.zeros(16, np.int32)
    bias[1], out[:2] = 3, (2, -4)
    return {
        "column": np.array([1, 0], np.int16),
        "code": np.array([-2, 7], np.int8),
        "mean": np.array([1, 0], np.float32),
        "scale": np.array([16, 16], np.float32),
        "weight": weight,
        "hidden_bias": bias,
        "out": out,
        "unit": np.array([0.25]),
        "bias": np.array([0.5]),
    }


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ((0, 1), 0.5 - 3),
        ((7, 1), 0.5 - 35),
        ((0, 3), 0.5 + 8),
        ((7, 0), 0.5 - 51),
        ((0, 1e9), 0.5 + 32),
        ((0, -3), 0.5 - 51),
    ],
)
def test_scores_are_sums_of_whole_numbers(row, score):
    model = network.from_arrays(small_arrays())
    columns = np.array([row], np.float32).T
    assert model.score(columns).tolist() == [score]


def test_logarithms_come_first_and_codes_are_one_or_nothing():
    columns = np.array([[7, 3], [0, -7]], np.float32)
    column = np.array([1, 0, 0])
    code = np.array([[network.SIGNED], [network.NUMBER], [7]], np.float32)
    found = network.inputs(columns, column, code)
    assert found.tolist() == [[0, -3], [3, 2], [1, 0]]
    assert columns.tolist() == [[7, 3], [0, -7]]


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 400), st.integers(0, 2**32 - 1))
def test_rows_are_scored_alone_whatever_their_number(size, seed):
    model = load_model().general.network
    n_columns = int(model.column.max()) + 1
    columns = np.random.default_rng(seed).uniform(-9, 999, (n_columns, size))
    columns = columns.astype(np.float32)
    found = model.score(columns)
    alone = [model.score(columns[:, i : i + 1])[0] for i in {0, size // 2, size - 1}]
    assert [found[i] for i in {0, size // 2, size - 1}] == alone


def test_no_rows_give_no_scores():
    model = load_model().expert.network
    assert model.score(np.empty((200, 0), np.float32)).shape == (0,)


def test_sums_of_the_shipped_networks_stay_exact():
    for pair in (load_model().general, load_model().expert):
        model = pair.network
        most = np.abs(model.weight).sum(axis=2).ravel() * network.LIMIT
        most += np.abs(model.hidden_bias).ravel()
        assert most.max() < 2**24
        assert (most.astype(float) @ np.abs(model.out)) < 2**53
        assert (model.weight == np.rint(model.weight)).all()
