"""Decoding: what is certain, what is guessed, what is damaged, what is binary."""

import codecs
import hashlib
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import UsageError
from corpuskit.sources import decode
from corpuskit.sources.encoding_labels import codec_of, find_label
from tests.benchmarks._gold import gold

CHINESE = (
    "春天来了，公园里的樱花开得很美，许多市民带着孩子出来散步。\n"
    "记者从有关部门了解到，今年的花期比往年提前了一个星期左右。\n"
)
TAIWANESE = "春天來了，公園裡的櫻花開得很美，許多市民帶著孩子出來散步。\n"
JAPANESE = (
    "春になると、公園の桜がとてもきれいに咲き、多くの人が散歩に出かけます。\n"
    "今年の開花は例年より一週間ほど早いそうです。カメラを持った人もいます。\n"
)
KOREAN = "봄이 되면 공원의 벚꽃이 아름답게 피어 많은 사람들이 산책을 나옵니다.\n"
RUSSIAN = "Весной в парке цветут вишни, и многие горожане выходят гулять с детьми.\n"
GREEK = "Την άνοιξη ανθίζουν οι κερασιές στο πάρκο και πολλοί βγαίνουν περίπατο.\n"
FRENCH = "Au printemps, les cerisiers du parc fleurissent ; l'été déjà s'annonce.\n"
GERMAN = "Im Frühling blühen die Kirschbäume, und viele Bürger gehen hinaus.\n"
POLISH = "Wiosną w parku kwitną wiśnie, więc wielu mieszkańców wychodzi na spacer.\n"

LEGACY = [
    (CHINESE, "gb18030"),
    (CHINESE, "gbk"),
    (CHINESE, "hz"),
    (TAIWANESE * 2, "big5"),
    (TAIWANESE * 2, "cp950"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (KOREAN * 2, "cp949"),
    (KOREAN * 2, "johab"),
    (KOREAN * 2, "iso2022_kr"),
    (RUSSIAN * 2, "cp1251"),
    (RUSSIAN * 2, "koi8-r"),
    (RUSSIAN * 2, "cp866"),
    (GREEK * 2, "cp1253"),
    (FRENCH * 2, "cp1252"),
    (GERMAN * 2, "iso8859-1"),
    (POLISH * 2, "cp1250"),
    (POLISH * 2, "iso8859-2"),
]


@pytest.mark.parametrize(("text", "codec"), LEGACY)
def test_legacy_text_is_decoded(text, codec):
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.n_replaced == 0


@pytest.mark.parametrize("text", [CHINESE, JAPANESE, KOREAN, RUSSIAN, FRENCH, "a b\n"])
@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-7", "utf-16-le"]
)
def test_unicode_text_is_decoded(text, codec):
    if codec == "utf-7" and text.isascii():
        pytest.skip("the same bytes as ASCII")
    assert decode((text * 3).encode(codec)).text == text * 3


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [CHINESE, JAPANESE, KOREAN, FRENCH])
def test_wide_text_needs_no_mark(codec, text):
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == codec


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("euc-kr", "cp949"),
        ("iso-8859-1", "cp1252"),
        ("ISO-8859-9", "cp1254"),
        ("tis-620", "cp874"),
        (" utf8 ", "utf-8"),
        ("cp437", "cp437"),
        ("rot13", ""),
        ("zlib", ""),
        ("no-such-name", ""),
        ("a\x00b", ""),
        ("", ""),
    ],
)
def test_labels_mean_what_the_web_means(label, codec):
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        (b"<meta charset=gb2312>", "gb18030"),
        (b'<META http-equiv=x CONTENT="text/html; charset=Big5">', "cp950"),
        (b"<?xml version='1.0' encoding='EUC-JP'?><a/>", "euc_jp"),
        (b"<meta charset='${charset}'>", ""),
        (b"charset=gbk without a tag", None),
    ],
)
def test_labels_are_found_in_pages(page, codec):
    label = find_label(page)
    assert (label and label.codec) == codec


@pytest.mark.parametrize(
    ("text", "label", "codec"),
    [
        (CHINESE, "gb2312", "gb18030"),
        (CHINESE, "utf-8", "gb18030"),
        (CHINESE, "big5", "gb18030"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE, "utf-8", "euc_jp"),
        (JAPANESE, "iso-8859-1", "utf-8"),
        (RUSSIAN * 2, "windows-1251", "cp1251"),
        (RUSSIAN * 2, "iso-8859-1", "cp1251"),
        (FRENCH * 2, "utf-8", "cp1252"),
        (POLISH * 2, "iso-8859-1", "cp1250"),
        (CHINESE, "bogus", "gb18030"),
    ],
)
def test_labels_are_believed_only_where_they_fit(text, label, codec):
    page = f'<html><head><meta charset="{label}"></head><body>{text}</body></html>'
    assert decode(page.encode(codec)).text == page


def test_a_label_from_outside_is_believed_where_it_fits():
    text = "Früh übt sich, wer Meister werden will."
    assert decode(text.encode("cp850"), declared="cp850").text == text
    assert decode(CHINESE.encode("gbk"), declared="big5").text == CHINESE


@pytest.mark.parametrize(
    ("data", "text", "n_replaced"),
    [
        ("あいう".encode()[:-1], "あい��", 2),
        ("あいう".encode()[:-2], "あい�", 1),
        (b"caf\xc3\xa9 \xff caf\xc3\xa9 caf\xc3\xa9", "café � café café", 1),
        ((CHINESE * 2).encode().replace("花".encode(), b"\xff\xfe\xfd", 1), None, 3),
        ("�".encode() + b" and \xe4\xb8\xff\xe4\xb8\x80", "� and ���一", 3),
        (b"\xef\xbb\xbf\xff\xe4\xb8\x80", "�一", 1),
    ],
)
def test_every_bad_byte_of_utf8_is_replaced_and_counted(data, text, n_replaced):
    decoded = decode(data)
    assert decoded.n_replaced == n_replaced
    assert text is None or decoded.text == text
    assert decoded.encoding.startswith("utf-8")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE * 8, "gb18030"),
        (TAIWANESE * 16, "cp950"),
        (JAPANESE * 8, "cp932"),
        (JAPANESE * 8, "euc_jp"),
        (KOREAN * 16, "cp949"),
    ],
)
def test_a_few_stray_bytes_do_not_hide_a_legacy_encoding(text, codec):
    data = bytearray(text.encode(codec))
    for place in random.Random(7).sample(range(len(data)), 3):
        data[place] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == codec
    assert decoded.n_replaced >= 1


@pytest.mark.parametrize("codec", ["gb18030", "cp932", "euc_jp", "utf-16-le"])
def test_a_cut_tail_is_counted(codec):
    data = ((CHINESE if codec == "gb18030" else JAPANESE) * 3).rstrip().encode(codec)
    decoded = decode(data[:-1])
    assert decoded.n_replaced == 1
    assert decoded.text.endswith("\ufffd")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE, "gb18030"),
        (JAPANESE, "cp932"),
        (KOREAN, "cp949"),
        (RUSSIAN, "cp1251"),
        (FRENCH, "cp1252"),
    ],
)
def test_lines_in_two_encodings_are_decoded_each_in_its_own(text, codec):
    lines = [line for line in (text * 4).split("\n") if line]
    data = b"\n".join(
        line.encode("utf-8" if n % 2 else codec) for n, line in enumerate(lines)
    )
    decoded = decode(data)
    assert decoded.text == "\n".join(lines)
    assert decoded.n_replaced == 0


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"%PDF-1.7 only ASCII here",
        b"\x7fELF" + bytes(30),
        bytes(1000),
        bytes(range(256)) * 8,
        random.Random(1).randbytes(3000),
        b"\xff\xd8\xff\xe0" + random.Random(2).randbytes(500),
    ],
)
def test_binary_is_not_text(data):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.n_replaced) == ("", "binary", 0)


@pytest.mark.parametrize(
    "text",
    [
        "pro\x00se with a NUL in it\n" * 5,
        "red \x1b[31mtext\x1b[0m\n" * 5,
        "form\x0cfeed\n" * 5,
        "x = ~{ab} ~{cd~}\n",
        "C++ and +foo-bar- or 1+1-2\n",
        "PK is no archive, BM no bitmap, MZ no program\n",
    ],
)
def test_odd_text_is_still_text(text):
    assert decode(text.encode()).text == text


def test_escapes_without_end_are_text():
    assert decode(b"x" + b"\x1b$B" * 50).encoding == "iso2022_jp"


def test_surrogate_pairs_written_apart_are_joined():
    assert decode(b"a \xed\xa0\xbd\xed\xb8\x80 b").text == "a 😀 b"


def test_rubbish_in_a_page_of_ascii_that_says_utf8_is_replaced():
    page = b"<meta charset=utf-8><p>the clau\xff\xfe\x80ses of it</p>"
    assert decode(page).n_replaced == 3


def test_nuls_do_not_hide_a_legacy_encoding():
    data = CHINESE.encode("gb18030")
    decoded = decode(data[:40] + b"\x00" + data[40:])
    assert decoded.text.replace("\x00", "") == CHINESE


def test_a_forced_encoding_is_used_and_counts():
    decoded = decode(b"caf\xe9 \x81", encoding="windows-1252")
    assert (decoded.text, decoded.encoding) == ("café \ufffd", "cp1252")
    assert decoded.n_replaced == 1


@pytest.mark.parametrize("name", ["no-such", "rot13", "hex", "a\x00b"])
def test_a_forced_encoding_must_exist(name):
    with pytest.raises(UsageError, match="unknown encoding"):
        decode(b"x", encoding=name)


def test_nothing_is_empty_text():
    assert decode(b"").text == ""
    assert decode(b"\xef\xbb\xbf").text == ""


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_give_text_or_binary(data):
    decoded = decode(data)
    assert decoded.encoding == "binary" or codecs.lookup(decoded.encoding)
    assert decoded.n_replaced <= len(data)
    assert decoded.text.count("\ufffd") >= decoded.n_replaced
    assert decode(data) == decoded


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_utf8_with_a_mark_comes_back(text):
    text = text.encode("utf-8", "ignore").decode()
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


@given(st.text("春天来了，公园里的花开了。\n", min_size=30, max_size=200))
@settings(deadline=None)
def test_wide_chinese_comes_back(text):
    assert decode(text.encode("utf-16")).text == text


def test_development_set_keeps_its_figures():
    folder = gold("encoding")
    if not folder:
        pytest.skip("set CORPUSKIT_GOLD to run this on the labelled files")
    rows = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    right = total = 0
    for row in map(json.loads, rows[::6]):
        text = decode((folder / "raw" / row["file"]).read_bytes()).text
        if row["encoding"] == "binary":
            continue
        total += 1
        right += _hash(text) in (row["sha256_of_utf8_text"], *row.get("accept", ()))
    assert right >= 0.985 * total


def _hash(text: str) -> str:
    import re

    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(re.sub("\ufffd+", "\ufffd", text).encode()).hexdigest()


@pytest.mark.parametrize("codec", ["euc_jp", "cp932", "gb18030"])
def test_text_with_line_ends_is_not_taken_for_that_of_a_mainframe(codec):
    data = "id,text\n1,桜咲\n".encode(codec) * 300
    assert decode(data).encoding not in ("cp037", "cp273", "cp500", "cp875", "cp1140")
