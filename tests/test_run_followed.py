import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean.options import RedactOptions
from corpuskit.document import REMOVED_SPANS, Document
from corpuskit.run.followed import followed
from corpuskit.run.steps import Redact

OLD = "标题\n第一段。\n\n広告です\n第二段。"


def document(text, *places):
    spans = [{"at": at, "rule": "clean.x", "text": f"gone {at}"} for at in places]
    return Document("a#0").with_text(text).with_extra(**{REMOVED_SPANS: spans})


def spans_of(found):
    return [(span["at"], span["rule"]) for span in found.extra()[REMOVED_SPANS]]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, [0, 2, 7, 13, 17]),
        ("标题\n第一段。\n\n第二段。", [0, 2, 7, 8, 8, 12]),
        ("第一段。\n\n広告です\n第二段。", [0, 0, 0, 4, 10, 14]),
        ("标题\n<X>\n\n広告です\n第二段。", [0, 2, 6, 12, 16]),
        ("", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_places_move_with_their_lines(new, expected):
    before = document(OLD, 0, 2, 7, 13, 17)
    found = followed(before, before.with_text(new), "survey.lines")
    assert [at for at, _ in spans_of(found)] == expected


def test_lines_that_a_step_cuts_are_spans_of_their_own():
    before = document(OLD, 17)
    found = followed(before, before.with_text("标题\n第二段。"), "survey.lines")
    texts = [span["text"] for span in found.extra()[REMOVED_SPANS]]
    assert texts == ["第一段。", "広告です", "gone 17"]
    assert spans_of(found)[0] == (2, "survey.lines")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("标题\n第段。\n\n広告です\n第二段。", [(4, "一")]),
        ("标题\n第一段。\n\n広告\n第二段。", [(11, "です")]),
        ("标题\n第一段。\n\nです\n第二段。", [(9, "広告")]),
        ("标题\n<X>\n\n広告です\n第二段。", []),
    ],
)
def test_what_is_cut_out_of_a_line_is_a_span(new, expected):
    before = document(OLD, 0)
    found = followed(before, before.with_text(new), "dedup.passage")
    spans = found.extra()[REMOVED_SPANS][1:]
    assert [(span["at"], span["text"]) for span in spans] == expected


def test_a_step_that_sees_to_the_spans_itself_is_not_followed():
    before = document(OLD, 17)
    after = document("标题\n第二段。", 3, 7)
    assert followed(before, after, "survey.lines") is after


def test_documents_without_spans_come_back_as_they_are():
    before = Document("a#0").with_text(OLD)
    after = before.with_text("标题")
    assert followed(before, after, "survey.lines") is after
    for own in ("mine", [1], {"at": 3}):
        odd = before.with_extra(**{REMOVED_SPANS: own})
        after = odd.with_text("标题")
        assert followed(odd, after, "survey.lines") is after


LINES = st.lists(st.sampled_from(["甲", "いろは", "b c", "", "한국"]), max_size=9)


@settings(deadline=None)
@given(LINES, LINES, st.lists(st.integers(0, 40), max_size=5))
def test_every_place_lies_in_the_new_text(old, new, places):
    text = "\n".join(old)
    before = document(text, *sorted(min(at, len(text)) for at in places))
    found = followed(before, before.with_text("\n".join(new)), "survey.lines")
    assert all(0 <= at <= found.n_chars for at, _ in spans_of(found))


@pytest.mark.parametrize("keep", [True, False])
def test_what_was_removed_is_redacted_too_and_not_counted(keep):
    text = "写信给 a@example.org 或来访。\n末尾。"
    found = Document("a#0").with_text(text)
    spans = [
        {"at": text.index("\n"), "rule": "clean.x", "text": "电邮 shop@example.org"}
    ]
    found = found.with_extra(**{REMOVED_SPANS: spans})
    if not keep:
        found = found.with_text("").dropped("clean.empty")
    done = Redact(RedactOptions(("email",)))(found)
    (span,) = done.extra()[REMOVED_SPANS]
    assert "@" not in done.metadata.extra
    assert span["text"] == "电邮 <EMAIL>"
    if keep:
        assert json.loads(done.metadata.extra)["redacted"] == {"email": 1}
        assert done.text[: span["at"]].endswith("来访。")
