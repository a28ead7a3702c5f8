"""Runs of words that documents have in common with test sets."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.cli.main import corpuskit
from corpuskit.dedup import EvalSets, RunOptions
from corpuskit.document import Document
from corpuskit.errors import EmptyError
from tests.test_dedup_texts import ALPHABETS, words

QUESTIONS = {
    "en": "Which of the following gases makes up the largest share of the air that "
    "we breathe on the surface of the earth every day?",
    "zh": "下列气体中哪一种在我们每天呼吸的空气里所占的比例最大，"
    "请从四个选项中选出正确答案。",
    "ja": "次の気体のうち、私たちが毎日呼吸している空気の中で"
    "最も多いものを一つ選びなさい。",
    "ko": "다음 기체 가운데 우리가 날마다 숨 쉬는 공기 속에서 가장 많은 몫을 "
    "차지하는 것은 무엇인지 네 개의 보기 중에서 하나만 골라 쓰시오",
}


def sets(*texts, options=None):
    items = [Document(id=f"q{n}", text=text) for n, text in enumerate(texts)]
    return EvalSets([("test", items)], options or RunOptions())


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_document_with_a_test_item_is_dropped_and_names_it(language):
    question = QUESTIONS[language]
    page = words(language, 50, 1) + " " + question.upper() + " " + words("en", 50, 2)
    checked = sets("x", question).check(Document(id="a", text=page))
    assert (checked.keep, checked.reason) == (False, "dedup.contaminated")
    (told,) = checked.extra()["contaminated"]
    assert (told["set"], told["item"], told["share"]) == ("test", "q1", 1.0)


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_few_words_in_common_are_no_contamination(language):
    question = QUESTIONS[language]
    few = " ".join(question.split()[:9]) if " " in question else question[:18]
    document = Document(id="a", text=f"{words(language, 50, 1)} {few}。 other words")
    assert sets(question).check(document) is document


def test_traditional_and_simplified_are_the_same():
    traditional = (
        "下列氣體中哪一種在我們每天呼吸的空氣裡所占的比例最大請從四個選項中選出正確答案"
    )
    assert sets(QUESTIONS["zh"]).matches(traditional)


def test_a_run_of_so_many_words_is_enough_and_one_less_is_not():
    tokens = [f"word{n}" for n in range(40)]
    found = sets(" ".join(tokens))
    assert found.matches("x " + " ".join(tokens[5:18]) + " y") == {0: 1}
    assert found.matches("x " + " ".join(tokens[5:17]) + " y") == {}


def test_the_frame_of_a_set_is_no_contamination():
    frame = "Answer the question below with one letter and give a short reason for it: "
    found = sets(*(frame + words("en", 20, n) for n in range(12)))
    assert found.matches(frame * 2) == {}
    assert found.matches(frame + words("en", 20, 3)).keys() == {3}


def test_short_items_have_no_runs():
    assert [item.n_runs for item in sets("好", "ten words are not enough").items] == [
        0,
        0,
    ]


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.text(max_size=80))
def test_a_run_is_found_in_any_surroundings(before, after):
    core = " ".join(words(language, 20, 5) for language in ALPHABETS)
    assert sets(core).matches(f"{before} \n {core} \n {after}").get(0)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=200))
def test_any_text_can_be_checked(text):
    assert sets(text, text).matches(text) in ({}, sets(text, text).matches(text))


@pytest.fixture
def corpus(tmp_path):
    rows = [{"id": "clean", "text": words("zh", 60, 1)}]
    rows += [{"id": n, "text": f"{words(n, 30, 2)} {QUESTIONS[n]}"} for n in QUESTIONS]
    questions = [{"id": f"q-{n}", "question": q} for n, q in QUESTIONS.items()]
    for name, values in (("docs", rows), ("eval", questions)):
        lines = "".join(json.dumps(value) + "\n" for value in values)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def arguments(folder, *more):
    eval_set = ["--eval", str(folder / "eval.jsonl"), "--eval-key", "question"]
    return ["decontaminate", "--raw", str(folder / "docs.jsonl"), *eval_set, *more]


def invoke(corpus, *more):
    command = arguments(corpus, *more)
    return CliRunner().invoke(corpuskit, command, standalone_mode=False)


def test_command_in_a_process_of_its_own_keeps_the_clean(corpus):
    command = [sys.executable, "-m", "corpuskit", *arguments(corpus)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert [json.loads(row)["id"] for row in done.stdout.splitlines()] == ["clean"]
    assert done.returncode == 0


def test_command_marks_and_reports_every_item(corpus):
    report = corpus / "report.jsonl"
    more = ["--mark", "--report", str(report)]
    result = invoke(corpus, *more)
    reasons = [json.loads(row)["reason"] for row in result.stdout.splitlines()]
    assert reasons == ["", *["dedup.contaminated"] * 4]
    rows = [json.loads(row) for row in report.read_text("utf-8").splitlines()]
    assert [(r["item"], r["documents"], r["share"]) for r in rows] == [
        (f"q-{name}", 1, 1.0) for name in QUESTIONS
    ]
    assert [row["document"] for row in rows] == list(QUESTIONS)


def test_command_shows_a_table_and_checks(corpus):
    more = ["--check", "--format", "table"]
    result = invoke(corpus, *more)
    assert "4 of 4 items found" in result.stdout
    assert result.return_value == 1


def test_command_needs_items_that_are_long_enough(corpus):
    more = ["--words", "200", "--characters", "200"]
    result = invoke(corpus, *more)
    assert isinstance(result.exception, EmptyError)
