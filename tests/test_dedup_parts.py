"""The parts of near deduplication, one by one."""

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.dedup.candidates import candidates
from corpuskit.dedup.compare import BREADTH, JACCARD, compare
from corpuskit.dedup.groups import connect
from corpuskit.dedup.keys import make_keys
from corpuskit.dedup.shingles import NONE, Shingler
from corpuskit.dedup.signed import Signed
from corpuskit.dedup.sketch import N_BINS, likeness, sketch
from corpuskit.dedup.spread import Spread
from corpuskit.dedup.tables import ENTRY, MIN_CODES, write_table
from tests.test_dedup_texts import ALPHABETS, edited, words


def hashes(keys):
    return Shingler().hashes(keys).copy()


def shares(left, right):
    return compare(np.array([[0, 1]]), make_keys([left, right]))[0]


def shingles(text):
    """The set that the fast way stands for, the slow way."""
    found = set()
    for begin, letter in enumerate(text):
        size = 4 if letter >= "\u2e80" else 8
        if begin + size <= len(text):
            found.add(text[begin : begin + size])
    return found


@pytest.mark.parametrize(
    "text", ["", "abc", "abcdefgh", "漢字仮", "漢字仮名", "a漢字仮名"]
)
def test_only_whole_shingles_count(text):
    whole = np.count_nonzero(hashes(make_keys([text, "x" * 9])) != NONE)
    assert whole == len(shingles(text)) + 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("abcあいう漢字", max_size=30), min_size=1, max_size=5))
def test_shingles_of_a_batch_are_those_of_each_text(texts):
    pad = "long enough"
    alone = [hashes(make_keys([text, pad]))[: len(text)].tolist() for text in texts]
    batch = hashes(make_keys([*texts, pad])).tolist()
    assert batch[: sum(map(len, texts))] == [value for part in alone for value in part]


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize("share", [0, 0.05, 0.2])
def test_jaccard_is_that_of_the_shingle_sets(language, share):
    left = words(language, 400, 1).replace(" ", "")
    right = edited(left, share)
    sets = shingles(left), shingles(right)
    true = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert shares(left, right)[JACCARD] == pytest.approx(true, abs=0.03)


def test_a_phrase_said_often_is_not_a_copy_of_a_page_that_says_it_once():
    phrase = "buy now and save a lot today "
    page = words("en", 120, 1) + phrase
    assert shares(phrase * 40, page)[JACCARD] < 0.1


def test_breadth_tells_a_frame_from_changes_all_over():
    text = words("ja", 300, 1)
    half = text[: len(text) // 2]
    framed = shares(half + words("ja", 150, 2), half + words("ja", 150, 3))
    changed = shares(text, edited(text, 0.25))
    assert framed[BREADTH] < 0.7 < 0.9 < changed[BREADTH]


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize("share", [0, 0.1, 0.3])
def test_signatures_estimate_the_jaccard(language, share):
    left = words(language, 500, 1)
    texts = [left, edited(left, share)]
    keys = make_keys(texts)
    rows = sketch(hashes(keys), keys.counts)
    true = shares(*texts)[JACCARD]
    error = 4 * math.sqrt(true * (1 - true) / N_BINS) + 0.02
    assert likeness(rows[:1], rows[1:])[0] == pytest.approx(true, abs=error)


def find(folder, rows, least, memory=1 << 30, spread=None):
    entries = np.zeros(len(rows), ENTRY)
    entries["n_codes"] = MIN_CODES
    with (folder / "tables").open("wb") as file:
        table = write_table(file, folder / "tables", entries, rows)
    signed = Signed([table], np.arange(len(rows)), folder / "signed", memory)
    shares = np.full(len(rows), least)
    return candidates(signed, shares, spread or Spread(), memory)[0]


def test_candidates_of_a_hot_group_are_few(tmp_path):
    row = np.arange(N_BINS, dtype=np.uint16)
    pairs = find(tmp_path, np.tile(row, (500, 1)), 0.5)
    assert len(pairs) < 500 * 4
    assert set(pairs.reshape(-1).tolist()) == set(range(500))


def test_candidates_are_pairs_that_agree_in_a_band(tmp_path):
    rows = np.arange(3 * N_BINS, dtype=np.uint16).reshape(3, N_BINS)
    rows[2, : N_BINS // 2] = rows[0, : N_BINS // 2]
    assert find(tmp_path, rows, 0.4).tolist() == [[0, 2]]
    assert find(tmp_path, rows, 0.6).tolist() == []


@pytest.mark.parametrize("n_rows", [0, 1])
def test_candidates_need_two_rows(tmp_path, n_rows):
    assert len(find(tmp_path, np.zeros((n_rows, N_BINS), np.uint16), 0.1)) == 0


def test_candidates_are_the_same_in_little_memory_and_in_a_pool(tmp_path, monkeypatch):
    monkeypatch.setattr("corpuskit.dedup.candidates._LEAST_PAIRS", 50)
    monkeypatch.setattr("corpuskit.dedup.candidates._LEAST_SORTED", 64)
    draw = np.random.default_rng(1)
    rows = np.repeat(draw.integers(0, 1 << 16, (90, N_BINS), np.uint16), 3, axis=0)
    rows[draw.random(rows.shape) < 0.3] += 1
    wanted = find(tmp_path, rows, 0.2).tolist()
    assert len(wanted) == 270
    assert find(tmp_path, rows, 0.2, memory=1).tolist() == wanted
    with ThreadPoolExecutor(2) as pool:
        found = find(tmp_path, rows, 0.2, spread=Spread(pool, 2)).tolist()
    assert found == wanted


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=40))
def test_connect_gives_the_least_member_of_each_group(pairs):
    groups = [{n} for n in range(20)]
    for left, right in pairs:
        joined = groups[left] | groups[right]
        for member in joined:
            groups[member] = joined
    labels = connect(np.arange(20), np.array(pairs, np.int64).reshape(-1, 2))
    assert labels.tolist() == [min(group) for group in groups]
