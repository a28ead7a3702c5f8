import itertools
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.stats.lengths import MOST_VALUES, Lengths, rounded

LENGTHS = st.lists(st.integers(0, 10**12), max_size=60)


def lengths_of(values):
    lengths = Lengths()
    for value in values:
        lengths.add(value)
    return lengths


@given(st.integers(0, 10**15))
@settings(deadline=None)
def test_rounded_stays_within_one_percent(length):
    assert abs(rounded(length) - length) <= length / 100
    assert rounded(rounded(length)) == rounded(length)


@given(LENGTHS, LENGTHS)
@settings(deadline=None)
def test_update_equals_adding_all(first, second):
    merged = lengths_of(first)
    merged.update(lengths_of(second))
    assert merged == lengths_of(second + first)


@pytest.mark.parametrize("cut", [0, 10, 3000, 5999])
def test_update_equals_adding_all_when_lengths_get_rounded(cut):
    values = [n * 37 for n in range(MOST_VALUES + 2000)]
    whole = lengths_of(values)
    for parts in ((values[:cut], values[cut:]), (values[cut:], values[:cut])):
        merged = lengths_of(parts[0])
        merged.update(lengths_of(parts[1]))
        assert merged == whole
    assert not whole.exact


def test_percentiles_when_exact():
    lengths = lengths_of(range(1, 101))
    assert lengths.percentiles((1, 5, 50, 99)) == {1: 1, 5: 5, 50: 50, 99: 99}
    assert (lengths.least, lengths.most, lengths.mean) == (1, 100, 50.5)


def test_percentiles_when_rounded():
    values = [n * n for n in range(1, 10_001)]
    found = lengths_of(values).percentiles()
    for percent, length in found.items():
        true = values[-(-len(values) * percent // 100) - 1]
        assert abs(length - true) <= true / 100


def test_memory_is_bounded():
    lengths = lengths_of(range(0, 10**9, 10**5))
    assert len(lengths.counts()) <= MOST_VALUES


@given(LENGTHS)
@settings(deadline=None)
def test_histogram_counts_every_length_once(values):
    bins = lengths_of(values).histogram()
    assert sum(n for _, _, n in bins) == len(values)
    for low, high, n in bins:
        assert n == sum(low <= value < high for value in values)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(bins))


@pytest.mark.parametrize(
    ("values", "bins"),
    [
        ([], []),
        ([0, 0], [(0, 1, 2)]),
        ([1], [(1, 2, 1)]),
        ([4, 5, 9], [(2, 5, 1), (5, 10, 2)]),
        ([100, 999], [(100, 200, 1), (200, 500, 0), (500, 1000, 1)]),
        ([1000], [(1000, 2000, 1)]),
    ],
)
def test_histogram_has_round_limits(values, bins):
    assert lengths_of(values).histogram() == bins


def test_nothing_has_no_percentiles():
    assert Lengths().percentiles() == {}
    assert Lengths().mean == 0.0


@given(LENGTHS)
@settings(deadline=None)
def test_round_trips(values):
    lengths = lengths_of(values)
    assert Lengths.from_dict(lengths.to_dict()) == lengths
    assert pickle.loads(pickle.dumps(lengths)) == lengths
