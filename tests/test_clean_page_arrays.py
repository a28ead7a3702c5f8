"""Arithmetic over the numbers of a page, and the families of its classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.clean.blocks_arrays import first_in, is_same, numbered, spread, whole
from corpuskit.clean.blocks_style import families

numbers = st.lists(st.integers(-(2**62), 2**62), min_size=1)


@given(numbers)
def test_whole_numbers_are_those_of_the_list(values):
    found = whole(iter(values), len(values))
    assert found.dtype == np.int64
    assert found.tolist() == values
    assert is_same(found, np.array(values))
    assert not is_same(found, found - 1)


@given(numbers)
def test_keys_are_numbered_in_their_order(values):
    wanted = np.unique(values, return_inverse=True)[1]
    assert numbered(np.array(values)).tolist() == wanted.tolist()


def test_no_keys_have_no_numbers():
    assert numbered(whole([], 0)).tolist() == []


@pytest.mark.parametrize("values", [[7.0, 8.0], [[1, 2], [3, 4]]])
def test_values_of_pages_are_repeated_where_there_are_several(values):
    values, page = np.array(values), np.array([0, 0, 1])
    assert spread(values, page).tolist() == values[..., page].tolist()
    alone = values[..., :1]
    assert spread(alone, np.zeros(3, np.int64)) is alone


@pytest.mark.parametrize(
    ("numbers", "start", "wanted"),
    [
        ([], [0, 2], [-1]),
        ([0, 1, 5], [0, 2, 4, 6], [0, -1, 5]),
        ([3], [0, 3, 4], [-1, 3]),
        ([2, 3], [0, 2], [-1]),
    ],
)
def test_first_number_in_each_range(numbers, start, wanted):
    found = first_in(np.array(numbers, np.int64), np.array(start))
    assert found.tolist() == wanted


@pytest.mark.parametrize(
    ("names", "family"),
    [
        ("", ""),
        ("post-title big", "post"),
        ("2col_main x", "col_main"),
        ("新闻 list_item2", "list_item"),
        (" \0é9", ""),
    ],
)
def test_a_family_is_the_first_word_of_the_classes(names, family):
    assert families([names, "x", names]) == [family, "x", family]
