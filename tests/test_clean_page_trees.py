"""Boosted trees as plain arrays."""

import numpy as np
import pytest

from corpuskit.clean import trees


def stump_arrays():
    """One tree of three leaves and one of two, by hand.

    Tree 1: x0 <= 1 ? (x1 <= 5 ? a : b) : c.  Tree 2: x1 <= 2 ? d : e.
    """
    leaf = np.zeros((2, trees.MAX_LEAVES), np.float32)
    leaf[0, :3] = (0.5, -1.0, 2.0)
    leaf[1, :2] = (0.25, -0.25)
    full = 0xFFFFFFFF
    return {
        "feature": np.array([0, 1, 1], np.int16),
        "threshold": np.array([1, 5, 2], np.float32),
        "mask": np.array([full & ~0b011, full & ~0b001, full & ~0b1], np.uint32),
        "start": np.array([0, 2], np.int32),
        "leaf": leaf,
        "bias": np.array([0.125]),
    }


@pytest.mark.parametrize(
    ("row", "score"),
    [((0, 1), 0.875), ((1, 2), 0.875), ((0, 6), -1.125), ((2, 1), 2.375)],
)
def test_score_follows_the_splits(row, score):
    model = trees.from_arrays(stump_arrays())
    rows = np.array([row], np.float32)
    assert model.score(rows)[0] == pytest.approx(score)
    assert model.predict(rows)[0] == pytest.approx(1 / (1 + np.exp(-score)))


def test_rows_are_scored_alone_whatever_their_number():
    rows = np.random.default_rng(1).uniform(0, 7, (700, 2)).astype(np.float32)
    model = trees.from_arrays(stump_arrays())
    alone = [model.predict(rows[i : i + 1])[0] for i in (0, 255, 256, 699)]
    assert model.predict(rows)[[0, 255, 256, 699]].tolist() == alone
    assert model.predict(rows[:0]).shape == (0,)


def test_load_reads_what_was_saved(tmp_path):
    np.savez_compressed(tmp_path / "model.npz", **stump_arrays())
    model = trees.load(tmp_path / "model.npz")
    assert model.predict(np.array([[0, 1]], np.float32)).dtype == np.float32


def test_load_refuses_other_arrays(tmp_path):
    np.savez(tmp_path / "other.npz", feature=np.zeros(1))
    with pytest.raises(ValueError, match="missing"):
        trees.load(tmp_path / "other.npz")
