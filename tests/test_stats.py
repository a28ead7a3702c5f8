import json
import pickle
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpuskit
from corpuskit.document import Document, Metadata
from corpuskit.stats import Group, Stats, stats, values_of


def document(id="a#0", text="", **fields):
    return Document(id=id, **fields).with_text(text)


TEXTS = (
    "",
    "Plain words here",
    "打造区域协同，2022 IASP",
    "ニュース",
    "한국어 글",
    "bad \ufffd\ufffd",
    "👩‍👩‍👧 é",
)
DOCUMENTS = st.lists(
    st.builds(
        lambda n, text, language, created, reason, own: document(
            f"d{n}#0",
            text,
            language=language,
            created=created,
            source="s",
            keep=not reason,
            reason=reason,
            cluster=f"d{n}#0" if own and not reason else "",
            metadata=Metadata(encoding="utf-8", media_type="text/plain", site=language),
        ),
        st.integers(0, 9),
        st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=["Cs"])),
        st.sampled_from(["zh-Hans", "ja", "ko", "und"]),
        st.sampled_from(["", "20240325T000000Z", "19991231T235959Z"]),
        st.sampled_from(["", "", "dedup.near", "read.binary"]),
        st.booleans(),
    ),
    max_size=12,
)
FIELDS = st.sampled_from(["", "language", "year", "reason", "site"])


@given(st.lists(DOCUMENTS, min_size=1, max_size=4), FIELDS, st.randoms())
@settings(deadline=None)
def test_merge_in_any_order_equals_adding_all(parts, by, random):
    whole = stats([one for part in parts for one in part], by=by)
    random.shuffle(parts)
    merged = reduce(Stats.merge, [stats(part, by=by) for part in parts])
    assert merged == whole
    assert json.dumps(merged.to_dict()) == json.dumps(whole.to_dict())


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
@settings(deadline=None)
def test_merge_is_associative_and_leaves_its_parts_alone(one, two, three):
    a, b, c = (stats(part, by="language") for part in (one, two, three))
    before = a.to_dict()
    assert a.merge(b).merge(c) == a.merge(b.merge(c))
    assert a.to_dict() == before


def test_merge_refuses_other_groups():
    with pytest.raises(ValueError, match="by 'year'"):
        Stats(by="year").merge(Stats())


@given(DOCUMENTS, FIELDS)
@settings(deadline=None)
def test_round_trips(documents, by):
    numbers = stats(documents, by=by)
    assert Stats.from_dict(json.loads(json.dumps(numbers.to_dict()))) == numbers
    assert pickle.loads(pickle.dumps(numbers)) == numbers


@pytest.mark.parametrize(
    ("text", "characters", "words", "size_bytes", "damaged"),
    [
        ("", 0, 0, 0, 0),
        ("two words", 9, 2, 9, 0),
        ("中文，文字", 5, 4, 15, 0),
        ("日本語です", 5, 5, 15, 0),
        ("한국어 문장", 6, 2, 16, 0),
        ("2024年 report", 12, 3, 14, 0),
        ("a\ufffdb \ufffd", 5, 1, 9, 2),
        ("𠮷野家", 3, 3, 10, 0),
    ],
)
def test_counts_of_one_text(text, characters, words, size_bytes, damaged):
    numbers = stats([document(text=text)])
    assert numbers.documents == 1
    assert numbers.characters == numbers.lengths.most == characters
    assert (numbers.words, numbers.size_bytes) == (words, size_bytes)
    assert numbers.damaged_characters == damaged
    assert numbers.damaged_documents == (damaged > 0)


def test_dropped_documents_only_count_as_dropped():
    kept = document("a#0", "kept", cluster="a#0", language="en")
    near = document("b#0", "keep", cluster="a#0").dropped("dedup.near")
    broken = document("c#0", "", language="ja").dropped("read.binary")
    numbers = stats([kept, near, broken])
    assert (numbers.documents, numbers.dropped) == (1, 2)
    assert (numbers.duplicates, numbers.clusters) == (1, 1)
    assert numbers.reasons == {"dedup.near": 1, "read.binary": 1}
    assert numbers.languages == {"en": 1}
    assert numbers.lengths.n == 1


def test_dates_range_over_what_is_known():
    dates = ("20240325T000000Z", "", "19991231T235959Z")
    numbers = stats([document(created=date) for date in dates])
    assert (numbers.first, numbers.last) == ("19991231T235959Z", "20240325T000000Z")
    assert numbers.years == {"2024": 1, "": 1, "1999": 1}


def test_groups_hold_kept_and_dropped():
    documents = [
        document("a#0", "中文", language="zh-Hans"),
        document("b#0", "文", language="zh-Hans").dropped("dedup.exact"),
        document("c#0", "かな", language="ja"),
    ]
    assert stats(documents, by="language").groups == {
        "zh-Hans": Group(1, 1, 2, 2, 6),
        "ja": Group(1, 0, 2, 2, 6),
    }
    assert stats(documents).groups == {}


def test_to_dict_ranks_by_count_then_name():
    tags = ["ja", "ko", "zh-Hans", "ko", "en", "ja"]
    numbers = stats([document(language=tag) for tag in tags], by="language")
    ranking = ["ja", "ko", "en", "zh-Hans"]
    assert list(numbers.to_dict()["languages"]) == ranking
    assert list(numbers.to_dict()["groups"]) == ranking


EXTRA = json.dumps(
    {
        "views": 12,
        "tags": ["金融", "经济", "金融"],
        "empty": [],
        "none": None,
        "front_matter": {"section": "財経", "nested": {"deep": True}},
    },
    ensure_ascii=False,
)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("language", ("ja",)),
        ("source", ("seeds",)),
        ("year", ("2024",)),
        ("keep", ("true",)),
        ("site", ("新浪",)),
        ("encoding", ("gb18030",)),
        ("views", ("12",)),
        ("tags", ("金融", "经济")),
        ("empty", ("",)),
        ("none", ("",)),
        ("section", ("財経",)),
        ("front_matter.section", ("財経",)),
        ("front_matter.nested.deep", ("true",)),
        ("nobody.knows", ("",)),
        ("extra", ("",)),
    ],
)
def test_values_of_a_field(field, values):
    one = document(
        language="ja",
        source="seeds",
        created="20240325T000000Z",
        metadata=Metadata(site="新浪", encoding="gb18030", extra=EXTRA),
    )
    assert values_of(one, field) == values


def test_values_of_broken_extra_are_unknown():
    broken = document(metadata=Metadata(extra="[1, 2"))
    assert values_of(broken, "views") == ("",)


def test_the_room_is_callable():
    numbers = corpuskit.stats([document(text="x")], by="language")
    assert isinstance(numbers, corpuskit.Stats)
    assert numbers.groups["und"].documents == 1


def test_unknown_names_are_refused():
    with pytest.raises(AttributeError, match="no attribute 'nobody'"):
        _ = corpuskit.stats.nobody
