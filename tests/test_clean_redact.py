import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import RedactOptions, clean, redact
from corpuskit.clean.options import REDACTED
from corpuskit.clean.redact import redact_document
from corpuskit.clean.redact_numbers import is_card, is_public_ip, is_resident_id
from corpuskit.document import Document, Metadata
from corpuskit.errors import MissingExtraError, UsageError
from tests.test_clean_lines import BODIES, FRAMES

FOUND = {
    "email": [
        "jane.doe+news@mail.example.org",
        "sd_2@163.com",
        "почта@пример.рф",
        "user＠example.com",
        "name[at]example.com",
        "name (at) example (dot) org",
    ],
    "phone": [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "+86 13800138000",
        "(86)13800138000",
        "0531-85190000",
        "（010）62345678",
        "010-62345678-801",
        "010-6234-5678",
        "62345678转801",
        "400 0123 021",
        "400-012-3021",
        "4008123021",
        "0086-10-62345678",
        "03-1234-5678",
        "０３－１２３４－５６７８",
        "(03)1234-5678",
        "090-1234-5678",
        "0120-123-456",
        "010-1234-5678",
        "0912-345-678",
        "(415) 555-2671",
        "415-555-2671",
        "+1 415 555 2671",
        "+49 (0)30 123456",
        "+44 20 7946 0958",
    ],
    "ip": ["8.8.8.8", "114.114.114.114", "2001:4860:4860::8888"],
    "id": ["11010519491231002X", "110105 19491231 002x"],
    "card": ["4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005"],
}
LEFT = [
    "192.168.1.1 10.0.0.1 127.0.0.1 192.0.2.7 8.8.8.0 fe80::1 ::1",
    "版本 1.2.3.4，v5.6.7.8，Version: 10.2.3.4，Chrome/91.0.4.12",
    "1.2.3.4 Introduction",
    "std::vector a::b 12:30:45 aa:bb:cc:dd:ee:ff",
    "2022-06-26 10:30:00，2022年6月26日 10时30分",
    "ISBN 978-7-5083-1234-5 and 0-306-40615-2",
    "https://a.example/13800138000.html?id=13800138000",
    "微信图片_20220626110306.jpg IMG_13800138000.jpg icon@2x.png",
    "共13800138000元，增长+10000000000人，占3.13800138000",
    "订单20220626110306123456，许可证3712006002，邮编250014",
    "110105194912310021",
    "4111 1111 1111 1112",
    "1588-1634年，1931-1945，01 05 12 23 33 38",
    "1 412 360 000 and 15 331 17 23 45",
    "@someone on social, foo@bar, a @ b",
]


@pytest.mark.parametrize(
    ("kind", "written"), [(kind, text) for kind in FOUND for text in FOUND[kind]]
)
@pytest.mark.parametrize(
    "frame", ["{}", "联系：{}。", "電話は{}です", "call {}, please"]
)
def test_contact_data_becomes_a_token(kind, written, frame):
    if "转" in written:
        frame = "电话：{}。"
    done = redact(frame.format(written))
    assert done.text == frame.format(f"<{kind.upper()}>")
    assert done.counts == {kind: 1}


@pytest.mark.parametrize("text", LEFT)
def test_other_numbers_stay(text):
    assert redact(text) == (text, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话:85196503/85196504 邮箱:a@b.cn", "电话:<PHONE>/<PHONE> 邮箱:<EMAIL>"),
        ("400 0123 021 400-0123-021", "<PHONE> <PHONE>"),
        ("电话：5196503/5196504、5196505", "电话：<PHONE>/<PHONE>、<PHONE>"),
        ("13800138000/" * 3 + "13800138000", "<PHONE>/<PHONE>/<PHONE>/<PHONE>"),
        ("或手机13800138000,13800138001", "或手机<PHONE>,<PHONE>"),
        ("tel: 555 1234 567\nfax: 1234567", "tel: <PHONE>\nfax: <PHONE>"),
        ("一\n8.8.8.8\n\n二\n", "一\n<IP>\n\n二\n"),
        ("", ""),
    ],
)
def test_several_on_a_line_and_lines_apart(text, expected):
    assert redact(text).text == expected


def test_only_the_kinds_asked_for():
    text = "a@b.cn 13800138000 8.8.8.8"
    assert redact(text, RedactOptions(("ip",))).text == "a@b.cn 13800138000 <IP>"
    with pytest.raises(UsageError, match="cannot redact 'name': use email, phone"):
        redact("x", RedactOptions(("name",)))


def test_national_numbers_need_their_country():
    pytest.importorskip("phonenumbers")
    text = "Rufen Sie 030 12345678 an"
    assert redact(text).text == text
    assert redact(text, RedactOptions(regions=("DE",))).text == "Rufen Sie <PHONE> an"
    with pytest.raises(UsageError, match="no telephone numbers of 'XX'"):
        redact("x", RedactOptions(regions=("XX",)))


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'corpuskit\[phone\]'"):
        redact("x", RedactOptions(regions=("FR",)))


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("110105194912310021", False),
        ("99010519491231002X", False),
        ("11010519491331002X", False),
        ("1101051949123100", False),
    ],
)
def test_identity_numbers_are_checked(number, valid):
    assert is_resident_id(number) is valid


def test_cards_need_prefix_and_check_digit():
    assert is_card("5555 5555 5555 4444")
    assert not is_card("1234 5678 1234 5670")
    assert not is_card("0000 0000 0000 0000")


def test_addresses_are_public():
    assert is_public_ip("1.1.1.1")
    assert not any(map(is_public_ip, ("224.0.0.1", "100.64.0.1", "300.1.1.1", "2::3")))


def test_fields_are_redacted_and_counted():
    metadata = Metadata(
        author="Jane <jane@example.com>",
        extra='{"cleaned":true,"tel":["13800138000",{"fax":"+1 415 555 2671"}],"n":3}',
    )
    document = Document(
        id="s/a@b.cn.txt#0",
        title="写信到 a@b.cn",
        url="mailto:a@b.cn",
        metadata=metadata,
    ).with_text("电话 13800138000")
    done = redact_document(document)
    assert (done.text, done.title, done.url) == (
        "电话 <PHONE>",
        "写信到 <EMAIL>",
        "mailto:<EMAIL>",
    )
    assert done.n_chars == len(done.text)
    assert done.metadata.author == "Jane <<EMAIL>>"
    assert done.id == document.id
    assert done.extra() == {
        "cleaned": True,
        "tel": ["<PHONE>", {"fax": "<PHONE>"}],
        "n": 3,
        "redacted": {"email": 3, "phone": 3},
    }
    assert redact_document(done) is done


def test_documents_without_contact_data_stay():
    document = Document(id="a").with_text("没有电话。")
    assert redact_document(document) is document


def test_dropped_documents_are_redacted_too():
    dropped = Document(id="a").with_text("写信到 a@b.cn").dropped("detect.language")
    done = redact_document(dropped)
    assert (done.text, done.keep) == ("写信到 <EMAIL>", False)


def test_later_counts_are_added():
    first = redact_document(
        Document(id="a").with_text("a@b.cn 8.8.8.8"), RedactOptions(("ip",))
    )
    assert redact_document(first).extra()["redacted"] == {"email": 1, "ip": 1}


_PIECES = st.sampled_from(
    [
        *(text for texts in FOUND.values() for text in texts),
        *LEFT,
        "电话:",
        "\n",
        "tel ",
    ]
)
_PAGE_LINES = st.sampled_from(
    [line for parts in FRAMES.values() for line in "\n".join(parts).split("\n")]
    + [line for body in BODIES.values() for line in body]
)
_TEXTS = st.lists(
    st.one_of(_PIECES, st.text("0123456789-+()./ @:x电\n", max_size=20)), max_size=12
).map("".join)


@settings(deadline=None, max_examples=150)
@given(_TEXTS)
def test_redacting_twice_equals_redacting_once(text):
    once = redact(text)
    assert redact(once.text) == (once.text, {})
    assert set(once.counts) <= set(REDACTED)
    for kind, number in once.counts.items():
        assert once.text.count(f"<{kind.upper()}>") >= number


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(_PAGE_LINES, _PIECES), max_size=30), st.booleans())
def test_cleaning_and_redacting_twice_equals_once(lines, is_plain):
    media_type = "text/plain" if is_plain else "text/html"
    document = Document(id="a", metadata=Metadata(media_type=media_type))
    once = redact_document(clean(document.with_text("\n".join(lines))))
    assert redact_document(clean(once)) is once
    assert redact(once.text) == (once.text, {})


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "1 ",
        "a@",
        "1.",
        "1:",
        "+",
        "400-",
        "[at]",
        "13800138000,",
        "8.8.8.8 ",
        "tel 1234567/",
    ],
)
def test_hostile_repetition_takes_bounded_time(unit):
    code = (
        "from corpuskit.clean import redact\n"
        f"redact({unit!r} * 4000)\nredact({unit!r} * 4000 + '13800138000')"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=20, check=False)
    assert done.returncode == 0
