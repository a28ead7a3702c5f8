import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import Cut, Edges, cut_lines, cuts_of, find_cuts
from corpuskit.clean.boilerplate import HEAD, TAIL, site_of
from corpuskit.document import Document, Metadata

WORDS = "港口市场河桥列车花园冬天音乐信石窗夜故事"
HEADS = {
    "zh": ["山东财经网", "每日要闻"],
    "ja": ["地域ニュース", "トップ"],
    "ko": ["지역 뉴스", "홈"],
    "en": ["The Harbour Post", "Daily since 1890"],
}
TAILS = {
    "zh": ["本网站转载文章仅为传播信息之目的。", "地址：济南市泺源大街2号"],
    "ja": ["無断転載を禁じます。", "編集部"],
    "ko": ["무단 전재 금지", "편집국"],
    "en": ["Read us every day, at home and on the road.", "12 Mill Street"],
}
REFRAIN = "风雨之后，河水依旧流过这座老桥，一年又一年，从不停留。"


def document(text, number=0, **fields):
    metadata = Metadata(media_type=fields.pop("media_type", "text/plain"))
    made = Document(id=f"s/p{number}.txt#0", source="s", metadata=metadata, **fields)
    return made.with_text(text)


def body(number, n_lines=6):
    rng = random.Random(number)
    return ["".join(rng.choices(WORDS, k=40)) + "。" for _ in range(n_lines)]


def learn(*parts):
    """The documents after learning from all of them, given split by split."""
    edges = [Edges() for _ in parts]
    passed = [list(e.watch(part)) for e, part in zip(edges, parts, strict=True)]
    cuts = list(map(cuts_of, find_cuts(edges)))
    return [
        cut_lines(one, cut[n]) if n in cut else one
        for part, cut in zip(passed, cuts, strict=True)
        for n, one in enumerate(part)
    ]


def pages(n, language="zh", **fields):
    return [
        document(
            "\n\n".join([*HEADS[language], *body(i), *TAILS[language]]), i, **fields
        )
        for i in range(n)
    ]


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_shared_lines_go_from_head_and_tail(language, media_type):
    done = learn(pages(3, language, media_type=media_type))
    assert [one.text for one in done] == ["\n\n".join(body(i)) for i in range(3)]
    assert all(one.extra() == {"boilerplate": 4} for one in done)
    assert all(one.n_chars == len(one.text) for one in done)


def test_two_pages_are_not_enough():
    assert learn(pages(2)) == pages(2)
    assert learn([]) == []


def test_lines_of_half_the_pages_go_and_of_fewer_stay():
    plain = [document("\n".join(body(i)), i) for i in range(10, 13)]
    assert [one.extra()["boilerplate"] for one in learn([*pages(3), *plain])] == (
        [4] * 3 + [0] * 3
    )
    more = document("\n".join(body(20)), 20)
    done = learn([*pages(3), *plain, more])
    assert all(one.extra()["boilerplate"] == 0 for one in done)


def test_refrains_and_formulas_inside_stay():
    texts = [[*body(i, 3), REFRAIN, *body(i + 50, 3), REFRAIN] for i in range(4)]
    texts = [[*text, f"第{i}篇完。"] for i, text in enumerate(texts)]
    given = [document("\n".join(text), i) for i, text in enumerate(texts)]
    assert [one.text for one in learn(given)] == ["\n".join(text) for text in texts]


def test_repeats_within_one_page_are_no_evidence():
    text = [REFRAIN, *body(1), REFRAIN]
    given = [document("\n".join(text), 1), *(document(b, i) for i, b in _plain(4))]
    assert learn(given)[0].text == "\n".join(text)


def _plain(n):
    return [(i, "\n".join(body(i))) for i in range(50, 50 + n)]


def test_versions_of_one_page_stay_whole():
    text = body(1, 12)
    given = [document("\n".join([*text, f"第{i}版"]), i) for i in range(4)]
    assert [one.text for one in learn(given)] == [one.text for one in given]


def test_pages_that_are_alike_from_end_to_end_stay():
    forms = [
        ["天气预报", "今天天气很好。", f"气温{i}度。", "明天多云。", "后天有雨。"]
        for i in range(5)
    ]
    done = learn([document("\n".join(form), i) for i, form in enumerate(forms)])
    assert [one.text for one in done] == ["\n".join(form) for form in forms]


@pytest.mark.parametrize("end", ["head", "tail"])
def test_runs_without_end_stay(end):
    shared = [f"{c}行" for c in "甲乙丙丁戊己庚辛壬癸子丑"]
    texts = [
        [*shared, *body(i, 9)] if end == "head" else [*body(i, 9), *shared]
        for i in range(4)
    ]
    given = [document("\n".join(text), i) for i, text in enumerate(texts)]
    assert len(shared) >= max(HEAD, TAIL)
    assert [one.text for one in learn(given)] == [one.text for one in given]


def test_sites_are_learned_apart():
    hosts = [
        *pages(3, url="https://www.a.example/x"),
        *pages(2, url="https://b.example/x"),
    ]
    assert [one.extra().get("boilerplate") for one in learn(hosts)] == [
        4,
        4,
        4,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"url": "https://www.a.example:80/x?y"}, "a.example"),
        ({"url": "no address"}, "s\ns"),
        ({"url": "http://[bad"}, "s\ns"),
        ({}, "s\ns"),
    ],
)
def test_site_is_the_host_or_the_folder(fields, expected):
    assert site_of(document("x", **fields)) == expected


def test_site_name_counts_for_pages_only():
    for media_type, expected in (("text/html", "新华网"), ("text/plain", "s\ns")):
        one = document("x", media_type=media_type).with_metadata(site="新华网")
        assert site_of(one) == expected


def test_markdown_dropped_and_known_documents_are_not_looked_at():
    others = [
        *pages(2, media_type="text/markdown"),
        pages(1)[0].dropped("clean.empty"),
        pages(1)[0].with_extra(boilerplate=0),
    ]
    assert learn([*pages(2), *others]) == [*pages(2), *others]


def test_learning_twice_changes_nothing():
    once = learn(pages(5))
    assert learn(once) == once


def test_title_that_was_boilerplate_is_looked_for_again():
    one = document("站名\n\n新馆开放\n\n" + "\n".join(body(1)), title="站名")
    assert cut_lines(one, Cut(1)).title == "新馆开放"
    other = document(one.text, title="新馆开放了")
    assert cut_lines(other, Cut(1)).title == "新馆开放了"


def test_indentation_and_gaps_of_the_rest_stay():
    one = document("站名\n\n    甲\n\n\n  乙\n丙丙丙丙丙丙\n\n尾")
    assert cut_lines(one, Cut(1, 1)).text == "    甲\n\n\n  乙\n丙丙丙丙丙丙"
    assert cut_lines(one, Cut()).text == one.text
    assert cut_lines(document("甲\n乙"), Cut(1, 1)).text == "甲\n乙"


_LINES = st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=8).map("\n".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(_LINES, max_size=9), st.integers(0, 9))
def test_only_ends_go_and_splits_do_not_matter(texts, at):
    given_documents = [document(text, i) for i, text in enumerate(texts)]
    whole = learn(given_documents)
    assert learn(given_documents[:at], given_documents[at:]) == whole
    for before, after in zip(texts, whole, strict=True):
        assert after.text in before
        assert 3 * len(after.text) >= 2 * len(before) - 3
    assert learn(whole) == whole
