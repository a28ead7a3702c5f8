import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.document import (
    SCHEMA,
    Document,
    decode_record,
    dump_extra,
    encode,
    load_extra,
    sealed,
    text_hash,
    well_formed,
)
from corpuskit.errors import ReadError

KEYS = [
    "id",
    "text",
    "source",
    "created",
    "version",
    "url",
    "title",
    "language",
    "language_score",
    "n_chars",
    "sha256",
    "cluster",
    "keep",
    "reason",
    "metadata",
]
METADATA_KEYS = ["path", "media_type", "encoding", "site", "author", "extra"]


def test_record_has_all_keys_in_order():
    record = json.loads(encode(Document("s/a.txt#0")))
    assert list(record) == KEYS
    assert list(record["metadata"]) == METADATA_KEYS
    assert record["version"] == SCHEMA


def test_record_has_no_nulls_and_score_has_a_point():
    line = encode(Document("s/a.txt#0", language_score=1.0)).decode()
    assert "null" not in line
    assert '"language_score":1.0,' in line
    assert '"extra":"{}"' in line
    assert line.endswith("}\n")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("重庆两江新区", "重庆两江新区"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("nul\x00byte", "nulbyte"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("pair \ud83d\ude00 joined", "pair 😀 joined"),
        ("한국어 日本語 русский", "한국어 日本語 русский"),
    ],
)
def test_text_is_well_formed(text, kept):
    document = Document("x").with_text(text)
    assert document.text == kept
    assert document.n_chars == len(kept)
    assert document.sha256 == text_hash(kept)
    assert document.sha256.startswith("s")


@given(st.text(alphabet=st.characters(codec=None)))
def test_well_formed_text_always_encodes(text):
    once = well_formed(text)
    once.encode("utf-8")
    assert "\r" not in once
    assert "\x00" not in once
    assert well_formed(once) == once
    assert sealed(text) == (once, text_hash(once))


@given(
    st.builds(
        Document,
        id=st.text(),
        text=st.text(),
        title=st.text(),
        language_score=st.floats(0, 1),
        keep=st.booleans(),
    )
)
def test_record_round_trip(document):
    assert decode_record(encode(document)) == document


def test_older_record_is_filled_with_defaults():
    document = decode_record('{"id":"a#0","text":"文","version":"corpuskit/0"}')
    assert document.version == SCHEMA
    assert document.language == "und"
    assert document.keep is True
    assert document.metadata.extra == "{}"


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("corpuskit/2", "newer"),
        ("corpuskit/99", "upgrade"),
        ("dolma/1", "unknown record version"),
        ("corpuskit/x", "unknown record version"),
    ],
)
def test_newer_or_foreign_record_is_refused(version, words):
    with pytest.raises(ReadError, match=words) as caught:
        decode_record(msgspec.json.encode({"id": "a", "version": version}))
    assert caught.value.rule == "version"


@pytest.mark.parametrize("line", ["", "[]", '{"text": 1}', "{", '{"id": null}'])
def test_broken_record_is_refused(line):
    with pytest.raises(ReadError, match="not a corpuskit record"):
        decode_record(line)


def test_extra_is_a_json_object_in_a_string():
    document = Document("x").with_extra(views=16, 分类="金融")
    assert document.metadata.extra == '{"views":16,"分类":"金融"}'
    assert document.with_extra(views=17).extra() == {"views": 17, "分类": "金融"}
    assert dump_extra({}) == "{}"


@pytest.mark.parametrize("extra", ["", "{}", "[1]", "no json", '"text"'])
def test_extra_that_is_no_object_reads_as_empty(extra):
    assert load_extra(extra) == {}


def test_dropped_keeps_the_text_and_says_why():
    dropped = Document("x", text="t").dropped("clean.empty")
    assert (dropped.keep, dropped.reason, dropped.text) == (False, "clean.empty", "t")


def test_a_record_that_is_not_utf8_is_a_read_error():
    with pytest.raises(ReadError, match="not a corpuskit record"):
        decode_record(b'{"id":"a","text":"\xff"}')
