"""Front matter: what is taken off, what it gives, and what must stay text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.sources import read
from corpuskit.sources.flat_yaml import load_flat
from corpuskit.sources.front_matter import split_front_matter
from corpuskit.sources.yaml_values import YamlProblem, load_mapping

BODY = "本文はここから始まります。\n"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n"
    for n in range(8)
)


def read_text(tmp_path, text: str, name: str = "a.txt"):
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    (document,) = read([tmp_path / name])
    return document


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("title: 春の日", {"title": "春の日"}),
        ("title: '引用: あり'", {"title": "引用: あり"}),
        ('title: "say \\"hi\\""', {"title": 'say "hi"'}),
        ("tags:\n - 金融\n - 财经", {"tags": ["金融", "财经"]}),
        ("tags: [a, b]", {"tags": ["a", "b"]}),
        ("a:\n  b:\n    c: 1", {"a": {"b": {"c": 1}}}),
        ("n: 12\nzip: 01234\nt: 12:30\nno: no", {"n": 12, "zip": "01234"}),
        ("date: 2024-03-25\ndraft: false", {"date": "2024-03-25", "draft": False}),
        ("empty:\nnull: ~", {"empty": "", "null": ""}),
        ("text: |\n  one\n  two", {"text": "one\ntwo\n"}),
        ("x: !!python/object/apply:os.system ['true']", {"x": ["true"]}),
        ("x: &a 1\ny: *a", {"x": 1, "y": 1}),
        ("title: a: b", {"title": "a: b"}),
        ("title: 'open\nauthor: b", {"title": "open", "author": "b"}),
        ("title: x\r", {"title": "x"}),
    ],
)
def test_front_matter_is_taken_off(block, values):
    found = split_front_matter(f"---\n{block}\n---\n{BODY}")
    assert found.body == BODY
    assert {key: found.values[key] for key in values} == values


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: never closed\n\n" + BODY,
        "---\njust a line between two rules\n---\n" + BODY,
        "---\n: : [\n  ]]\n- - -\n? ?\n---\n" + BODY,
        "---\n- a\n- b\n---\n" + BODY,
        "---\n---\n" + BODY,
        "text\n---\ntitle: later\n---\n" + BODY,
        "----\ntitle: x\n----\n" + BODY,
        "---\n" + "[" * 30_000 + "\n---\n" + BODY,
        "---\n" + "- " * 30_000 + "\n---\n" + BODY,
        "---\ntitle: x\n" + "long " * 20_000 + "\n---\n" + BODY,
    ],
)
def test_what_is_no_front_matter_stays_text(text):
    found = split_front_matter(text)
    assert found.body == text
    assert not found.values


def test_blank_lines_and_a_mark_may_stand_before_it():
    found = split_front_matter(f"\n\n---\ntitle: x\n...\n\n\n{BODY}")
    assert (found.body, found.values) == (BODY, {"title": "x"})


def test_fields_are_filled(tmp_path):
    text = (
        "---\ntitle: 春\nauthor: [甲, 乙]\ndate: 2024-03-25 10:07:00 +0800\n"
        "link: https://example.org/a\nsite: 例\nviews: 12\n---\n" + BODY
    )
    document = read_text(tmp_path, text)
    assert document.text == BODY
    assert (document.title, document.url) == ("春", "https://example.org/a")
    assert document.created == "20240325T020700Z"
    assert (document.metadata.author, document.metadata.site) == ("甲, 乙", "例")
    assert document.extra()["front_matter"] == {
        "date": "2024-03-25 10:07:00 +0800",
        "views": 12,
    }


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [
        ("a.md", "# 見出し\n", "text/markdown"),
        ("a.txt", "<div>\n<p>段落</p>\n</div>\n", "text/html"),
        ("a.html", "<p>x</p>\n", "text/html"),
    ],
)
def test_kind_is_that_of_what_follows(tmp_path, name, body, media_type):
    document = read_text(tmp_path, f"---\ntitle: x\n---\n{body}", name)
    assert document.metadata.media_type == media_type
    assert document.text == body


def test_aliases_do_not_grow(tmp_path):
    document = read_text(tmp_path, f"---\n{BOMB}---\n\n{BODY}")
    assert document.text == BODY
    assert len(document.metadata.extra) < 2000


@pytest.mark.parametrize("text", [BOMB, "[" * 1000, "a: &a [*a]", "x", "", "a: *b"])
def test_yaml_beyond_the_limits_is_a_problem(text):
    if text == "a: &a [*a]":  # an alias to what is still open stands for nothing
        assert load_mapping(text) == {"a": [""]}
        return
    if text == "a: *b":
        assert load_mapping(text) == {"a": ""}
        return
    with pytest.raises(YamlProblem):
        load_mapping(text)


LINES = st.one_of(
    st.from_regex(r"\A[a-z_]{1,3}:( [ -~春:#']{0,9})?\Z"),
    st.from_regex(r"\A {0,3}- ?[ -~春']{0,8}\Z"),
    st.sampled_from(["", "# c", "a: 'x'", 'b: "y"', "t: true", "n: 007", "k: no"]),
)


@given(st.lists(LINES, max_size=4))
@settings(deadline=None, max_examples=150)
def test_flat_yaml_means_what_yaml_means(lines):
    text = "\n".join(lines) + "\n"
    flat = load_flat(text)
    if flat is not None:
        assert load_mapping(text) == flat


@given(st.text("-:\n a&*[]{}'\"春#!|>", max_size=60))
@settings(deadline=None, max_examples=150)
def test_any_front_matter_keeps_the_text(block):
    found = split_front_matter(f"---\n{block}\n---\n{BODY}")
    assert found.body.endswith(BODY)
