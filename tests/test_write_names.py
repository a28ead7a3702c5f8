from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.write.names import numbered, text_name


@pytest.mark.parametrize(
    ("document_id", "name"),
    [
        ("seeds/a.txt#0", "seeds/a.txt"),
        ("seeds/b.html#0", "seeds/b.html.txt"),
        ("seeds/b.jsonl#12", "seeds/b.jsonl#12.txt"),
        ("语料/新闻.html#0", "语料/新闻.html.txt"),
        ("s/../../etc/passwd#0", "s/_/_/etc/passwd.txt"),
        ("/absolute#0", "absolute.txt"),
        ("a//b/./c#0", "a/b/c.txt"),
        ("http://x.example/?a=1", "http_/x.example/_a=1.txt"),
        ("s/new\nline.html#0", "s/new_line.html.txt"),
        ("s/esc\x1b[31m.html#0", "s/esc_[31m.html.txt"),
        ("con/nul.txt#0", "_con/_nul.txt"),
        ("dir.txt/inner.html#0", "dir.txt_/inner.html.txt"),
        ("", "_.txt"),
        ("...", "_.txt"),
    ],
)
def test_text_name(document_id, name):
    assert text_name(document_id) == name


def test_long_names_stay_apart_and_fit():
    one, two = (text_name("字" * 300 + end) for end in "ab")
    assert one != two
    assert len(one.encode()) <= 204


def test_second_name_is_numbered_before_the_suffix():
    assert numbered("s/a.txt", 2) == "s/a~2.txt"


@given(st.text(alphabet=st.characters(codec=None), max_size=400))
def test_name_stays_inside_and_is_portable(document_id):
    name = text_name(document_id)
    path = PurePosixPath(name)
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert path.suffix == ".txt"
    name.encode("utf-8")
    assert all(len(part.encode()) <= 204 for part in path.parts)
