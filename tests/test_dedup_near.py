"""Duplicates across splits: clusters, the keep rule, marks."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.dedup import DedupOptions, NearDuplicates, dedup
from corpuskit.document import Document
from corpuskit.errors import UsageError
from tests.test_dedup_texts import ALPHABETS, edited, words


def clusters(texts, **options):
    """Which texts fall together: a set of sets of positions."""
    documents = [Document(id=f"d{n:04}", text=text) for n, text in enumerate(texts)]
    found = {}
    for place, document in enumerate(dedup(documents, **options)):
        if document.cluster:
            found.setdefault(document.cluster, set()).add(place)
    return sorted(map(sorted, found.values()))


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.upper().replace(" ", "\n\n"),
        lambda text: edited(text, 0.1),
        lambda text: text[: len(text) * 3 // 5],
        lambda text: text[len(text) // 2 :] + text[: len(text) // 2],
        lambda text: words("en", 20, "menu") + text + words("ja", 20, "footer"),
    ],
    ids=["copy", "case", "edit", "cut", "order", "frame"],
)
def test_a_changed_copy_falls_together_with_the_text(language, change):
    texts = [words(language, 300, seed) for seed in range(3)]
    assert clusters([*texts, change(texts[1])]) == [[1, 3]]


@pytest.mark.parametrize("language", ALPHABETS)
def test_pages_of_one_frame_stay_apart(language):
    frame = words(language, 150, "frame")
    pages = [frame + words(language, 150, page) + frame[:90] for page in range(12)]
    assert clusters(pages) == []


@pytest.mark.parametrize("language", ALPHABETS)
def test_forms_filled_in_many_times_stay_apart(language):
    labels = [words(language, 3, f"label {n}") for n in range(40)]
    forms = [
        " ".join(label + words(language, 3, f"{form} {label}") for label in labels)
        for form in range(12)
    ]
    assert clusters(forms) == []


@pytest.mark.parametrize(
    "texts",
    [
        ["C", "C++", "C#", "c--"],
        ["1.5", "15", "-15", "1,5"],
        ["はい", "いいえ", "ばい", "パイ"],
        ["好的", "好", "是的", "不是"],
        ["네", "아니요", "예"],
        ["!!!", "???", "😀", "😁"],
    ],
)
def test_distinct_short_texts_stay_apart(texts):
    assert clusters(texts) == []


@pytest.mark.parametrize("text", ["Yes!", "ＹＥＳ!", " yes!\n"])
def test_short_copies_fall_together(text):
    assert clusters(["yes!", "no", text]) == [[0, 2]]


def test_traditional_and_simplified_fall_together():
    simplified = "国会图书馆的后台数据与头发护理" * 4 + words("zh", 60, 1)
    traditional = simplified.translate(
        str.maketrans("国会图书馆后数据与头发护", "國會圖書館後數據與頭髮護")
    )
    assert clusters([simplified, traditional]) == [[0, 1]]


@pytest.mark.parametrize("language", ALPHABETS)
def test_a_chain_of_quotes_drops_nothing_that_is_not_kept_elsewhere(language):
    one, two, three, four = (words(language, 200, seed) for seed in range(4))
    texts = [one, one + two, two + three, three + four + four[:99], four]
    documents = [Document(id=f"d{n}", text=text) for n, text in enumerate(texts)]
    marked = list(dedup(documents))
    left = "".join(d.text for d in marked if d.keep)
    assert all(text in left for text in (one, two, three, four))
    dropped = [d for d in marked if not d.keep]
    assert dropped
    assert all(d.extra()["similarity"] > 0.2 for d in dropped)


def test_dedup_gives_every_document_back_in_order():
    documents = [
        Document(id="0", text="a"),
        Document(id="1"),
        Document(id="2", text="a", keep=False, reason="read.binary"),
        Document(id="3", text="a"),
    ]
    found = list(dedup(documents))
    assert found[1:3] == documents[1:3]
    assert [(d.id, d.keep, d.reason, d.cluster) for d in (found[0], found[3])] == [
        ("0", True, "", "0"),
        ("3", False, "dedup.exact", "0"),
    ]


@pytest.mark.parametrize("documents", [[], [Document(id="a")]])
def test_nothing_is_marked_where_there_is_no_text(documents):
    assert list(dedup(documents)) == documents


def test_documents_without_letters_and_ids_are_compared_too():
    marked = dedup([Document(id="", text="!!!"), Document(id="", text="!!!")])
    assert [document.reason for document in marked] == ["", "dedup.exact"]


def test_decide_without_splits_marks_nothing():
    assert len(NearDuplicates(DedupOptions()).decide([])) == 0


TEXT = words("en", 200, "keep")
MEMBERS = [
    Document(id="b", text=TEXT, created="20200101T000000Z"),
    Document(id="c", text=TEXT + " tail", created="20190101T000000Z"),
    Document(id="a", text=TEXT + " tail", title="T", created="20210101T000000Z"),
    Document(id="d", text=TEXT + " tail", title="T", created="20210101T000000Z"),
]


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("best", "a"), ("first", "b"), ("longest", "c"), ("newest", "a")],
)
def test_keep_rule_picks_one_member(keep, kept):
    marked = list(dedup(MEMBERS, keep=keep))
    assert [d.id for d in marked if d.keep] == [kept]
    assert {d.cluster for d in marked} == {kept}


def test_mark_says_how_similar_the_kept_member_is():
    marked = {document.id: document for document in dedup(MEMBERS)}
    assert marked["a"].extra() == {}
    assert marked["b"].reason == "dedup.near"
    assert 0.9 < marked["b"].extra()["similarity"] < 1
    assert marked["d"].extra() == {"similarity": 1.0}


def test_without_near_only_exact_copies_are_found():
    text = words("ja", 200, 1)
    assert clusters([text, text + "!", edited(text, 0.02)], near=False) == [[0, 1]]


@pytest.mark.parametrize("options", [{"keep": "last"}, {"threshold": 0}])
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(UsageError):
        DedupOptions(**options)


def test_a_hot_cluster_is_one_cluster():
    text = words("zh", 120, "hot")
    copies = [edited(text, 0.05, seed) for seed in range(600)]
    assert clusters([*copies, words("zh", 120, "other")]) == [list(range(600))]


def mixed_corpus():
    """Texts with exact and near copies, in four scripts."""
    texts = []
    for language in ALPHABETS:
        for seed in range(3):
            text = words(language, 150, seed)
            texts += [text, text + " ", edited(text, 0.1, 1), edited(text, 0.4, 2)]
    return texts


CORPUS = mixed_corpus()


def marks_of(parts, scratch):
    """The mark of each id, everything sent through pickle as between processes."""
    survey = NearDuplicates()
    summaries = [
        pickle.loads(pickle.dumps(survey.summarize(part, scratch))) for part in parts
    ]
    marks = survey.decide(summaries)
    return {
        part[position].id: mark
        for index, part in enumerate(parts)
        for position, mark in pickle.loads(pickle.dumps(marks.of(index))).items()
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    documents = [Document(id=f"d{n:02}", text=text) for n, text in enumerate(CORPUS)]
    return marks_of([documents], tmp_path_factory.mktemp("scratch"))


@settings(deadline=None, max_examples=15)
@given(st.permutations(range(len(CORPUS))), st.data())
def test_clusters_do_not_depend_on_order_or_splits(
    tmp_path_factory, expected, order, data
):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(order)), max_size=4)))
    bounds = [0, *cuts, len(order)]
    documents = [Document(id=f"d{n:02}", text=CORPUS[n]) for n in order]
    parts = [documents[begin:end] for begin, end in pairwise(bounds)]
    assert marks_of(parts, tmp_path_factory.mktemp("scratch")) == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_very_long_texts_are_compared_too(language):
    text = words(language, 40_000, 1)
    other = words(language, 40_000, 2)
    assert clusters([text, other, edited(text, 0.1)]) == [[0, 2]]
