import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean.head_lines import Head
from corpuskit.clean.lines_arrays import best_segment, signed_log, window_mean
from corpuskit.clean.lines_features import line_features
from corpuskit.clean.lines_gate import Evidence, find_evidence
from corpuskit.clean.lines_rules import drop_indexes, find_indexes, is_stamped
from corpuskit.clean.lines_split import split_lines

TEXT = (
    "桥已经开放，市民可以步行通过，市政府说工程用了三年时间，花费比预计的少，"
    "沿河的居民对此表示满意，孩子们上学的路近了两里，河边还将种上新的树木和花草。"
)
ENTRIES = [
    f"关于第{n}座桥的话题【读者{n}】08-1{n} 16:0{n} 30字 [15{n}/1]" for n in range(9)
]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("十座老桥的故事 (2005-04-27 14:32PM)", True),
        ("话题【读者】08-11 16:06 298字 [4321/87]", True),
        ("Why trains are late 10:30", True),
        ("다리 이야기 2024.03.05", True),
        ("橋の話 2024年3月5日", True),
        ("On 2024-03-05 the bridge was opened to the public", False),
        ("Bridges of 1998", False),
        ("看桥的人很多", False),
        ("3:10 to Yuma is the name of a film that many have seen", False),
        ("", False),
    ],
)
def test_stamped_lines_end_with_a_date_or_a_time(line, expected):
    assert is_stamped(line) is expected


def test_an_index_is_a_run_of_stamped_headlines():
    assert find_indexes([TEXT, *ENTRIES, "返回"]) == [(1, 10)]
    assert find_indexes([TEXT, *ENTRIES[:7]]) == []
    gapped = [line for entry in ENTRIES for line in (entry, "回复")]
    assert find_indexes(gapped) == [(0, 17)]


def test_posts_and_references_are_no_index():
    posts = [TEXT + entry for entry in ENTRIES]
    sources = [f"Miller, J. Bridges {n}. Town Press. 2010-02-1{n}" for n in range(9)]
    assert find_indexes(posts) == find_indexes(sources) == []


def test_an_index_goes_only_where_text_is_left():
    lines = split_lines("\n".join([TEXT + TEXT, *ENTRIES]))
    keep = [True] * 10
    drop_indexes(lines, keep)
    assert keep == [True] + [False] * 9
    keep = [False] + [True] * 9
    drop_indexes(lines, keep)
    assert keep == [False] + [True] * 9


@pytest.mark.parametrize(
    ("last", "evidence"),
    [
        ("示例日报社主办 京ICP备09000733号", Evidence.SOME),
        ("京ICP证 030173", Evidence.SOME),
        ("我们去办 ICP 备案", Evidence.NONE),
        ("编号 09000733 号", Evidence.NONE),
    ],
)
def test_the_number_of_a_licence_is_evidence_of_a_page(last, evidence):
    assert find_evidence(split_lines(f"{TEXT}\n{TEXT}\n{last}"), Head()) is evidence


def test_title_again_is_an_anchor():
    body = "The river is wide here, and the old bridge was narrow and often closed."
    lines = ["Town opens a bridge", "Home", "News", "Town opens a bridge", body]
    matrix, _ = line_features(split_lines("\n".join(lines)))
    moved, _ = line_features(split_lines("\n".join(lines[1:])))
    n = matrix.shape[1]
    (column,) = (i for i in range(n) if (moved[:, i] == 9).all())
    assert np.sign(matrix[:, column]).tolist() == [-1, -1, -1, 0, 1]


def test_windows_segments_and_logs():
    values = np.array([0, 3, 0, 0], np.float32)
    assert window_mean(values, 1).tolist() == [1.5, 1, 1, 0]
    assert best_segment(values - 1) == (1, 1)
    assert signed_log(np.array([-1.0, 0.0, 1.0])).round(3).tolist() == [
        -0.693,
        0,
        0.693,
    ]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("ab1 -:.年2024字。\ud83d\ude00", min_size=1), min_size=1))
def test_features_are_finite_for_any_lines(texts):
    lines = split_lines("\n".join(texts))
    if lines.texts:
        matrix, words = line_features(lines)
        assert matrix.shape[0] == len(words) == len(lines.texts)
        assert np.isfinite(matrix).all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([TEXT, *ENTRIES, "返回", "10:30"]), min_size=1))
def test_indexes_are_parts_of_the_text_in_order(texts):
    found = find_indexes(texts)
    bounds = [bound for span in found for bound in span]
    assert bounds == sorted(set(bounds))
    assert all(is_stamped(texts[a]) and is_stamped(texts[b - 1]) for a, b in found)
