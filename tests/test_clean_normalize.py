import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import (
    normalize,
    normalize_mojibake,
    normalize_tables,
    normalize_text,
)
from tests.benchmarks._gold import gold

KEPT = {
    "Chinese punctuation": "你好，世界！（测试）：甲；乙？",
    "Chinese quotes": "他说：“今天下雨。”我说：‘好。’",
    "ellipsis and dash": "等等……后来——没有了。",
    "yen and wave dash": "価格は￥1,000～￥2,000です。",
    "enclosed signs": "① ② ㈱ ㍻ Ⅳ章 ℃ № ™",
    "fractions and powers": "x² + y³ = ½ · 10⁻³",
    "Thai vowel am": "น้ำ คำ กำลัง",
    "Korean letters": "ㅋㅋㅋ ㅠㅠ",
    "Persian non-joiner": "می‌خواهم نمی‌دانم",
    "Indic joiners": "क्‍ष ശ്രീ ന്‍",
    "emoji families": "👨‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 ❤️ 1️⃣",
    "flags": "🇨🇳 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "variation in a name": "葛\U000e0100城市",
    "Khmer word break": "ភាសា\u200bខ្មែរ",
    "Mongolian selector": "ᠪᠣᠯ᠋",
    "Hebrew points": "שָׁלוֹם",
    "capitals like mojibake": "SÃO PAULO É AQUI; Ângela está lá.",
    "masked words": "战略***互联互通",
    "code": "if (a < b && c > d) { x &= y; }",
    "an address": "https://example.org/a_b?c=d&copy=f#g",
    "an indented line": "def f():\n    return 1",
    "right to left marks": "שלום \u200fabc\u200e",
    "private use": "字\ue000字",
    "unknown entity": "a &unknown; b &notit; c",
}
CHANGED = [
    ("a byte order mark inside", "正\ufeff文", "正文"),
    ("zero-width spaces", "zero\u200bwidth 零\u200b宽", "zerowidth 零宽"),
    ("joiners in Latin", "a\u200cb\u200dc", "abc"),
    ("soft hyphen", "Zusammen\u00adarbeit", "Zusammenarbeit"),
    ("direction override", "abc\u202edef\u202c", "abcdef"),
    ("controls", "nul\0 bell\a del\x7f", "nul bell del"),
    ("terminal escapes", "\x1b[31mred\x1b[0m \x1b]0;t\x07text", "red text"),
    ("object mark", "图\ufffc片", "图片"),
    ("noncharacters", "a\uffff\U0001fffeb", "ab"),
    ("stray selector", "text \ufe0fhere", "text here"),
    ("stray tags", "stray\U000e0041 tags", "stray tags"),
    ("ideographic indentation", "\u3000\u3000段落\n\u3000二", "段落\n二"),
    ("empty no-break paragraph", "一\n\n\xa0\n\n二", "一\n\n二"),
    ("many empty lines", "a\n\n\n\n\nb", "a\n\nb"),
    ("blanks at line ends", "行 \t\n二", "行\n二"),
    ("no-break spaces", "10\xa0km", "10 km"),
    ("runs of Unicode spaces", "a \u2003\u2009 b", "a b"),
    ("all line ends", "1\r\n2\r3\u20284\u20295\v6\f7", "1\n2\n3\n4\n5\n6\n7"),
    ("decomposed letters", "e\u0301cole か\u3099", "école が"),
    ("conjoining Hangul", "\u1112\u1161\u11ab", "한"),
    ("half-width katakana", "ﾊﾝｶｸｶﾞﾅ｡｢ﾃｽﾄ｣", "ハンカクガナ。「テスト」"),
    ("full-width letters", "ＲＣＥＰ第１５条（试行）", "RCEP第15条（试行）"),
    ("radicals", "\u2f42\u2f00", "文一"),
    ("ligatures", "\ufb01nd o\ufb03ce", "find office"),
    ("Arabic forms", "\ufee3\ufeae\ufea3\ufe92\ufe8e", "مرحبا"),
    ("entities", "AT&amp;T &#123;x&#125; &hellip;", "AT&T {x} …"),
    ("entities escaped twice", "A&amp;amp;B &amp;lt;", "A&B <"),
    ("numbered entities", "&#x4f60;&#22909;", "你好"),
    ("mojibake of French", "cafÃ© naÃ¯ve", "café naïve"),
    ("mojibake of Chinese", "ä½\xa0å¥½ï¼Œä¸–ç•Œ", "你好，世界"),
    ("mojibake of Russian", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
    ("mojibake on one line", "好\ncafÃ©\nÃ", "好\ncafé\nÃ"),
    ("cp1252 quotes as controls", "\x93quoted\x94", "“quoted”"),
    ("surrogate pair", "ok \ud83d\ude00", "ok 😀"),
    ("lone surrogate", "lone \ud83d end", "lone \ufffd end"),
]
NOISE = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "aé中ﾊﾞか゛ \n\t\r\xa0\u3000\u200b\u200c\u200d\u200e\ufe0f\u0301"
            "&;#x41ampltÃ©â€œ"
            "😀👩\U000e0067\U0001f3f4\U000e007f\ud83d\ude00ש"
            "م\x1b[m\x85\x93\ufeff１Ａ－"
        ),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_normalize_keeps(text):
    assert normalize(text) == text


@pytest.mark.parametrize(
    ("found", "wanted"), [c[1:] for c in CHANGED], ids=[c[0] for c in CHANGED]
)
def test_normalize_mends(found, wanted):
    assert normalize(found) == wanted


@given(NOISE)
@settings(deadline=None, max_examples=400)
def test_normalizing_twice_equals_once(text):
    once = normalize(text)
    assert normalize(once) == once


@given(NOISE)
@settings(deadline=None)
def test_normalized_text_is_well_formed(text):
    once = normalize(text)
    once.encode("utf-8")
    assert not set(once) & set("\r\0\x1b\x85\u2028\ufeff")
    assert "\n\n\n" not in once
    assert once == once.strip("\n")


@given(NOISE, st.sampled_from(["letters", "punctuation", "keep"]), st.booleans())
@settings(deadline=None)
def test_options_are_stable_too(text, width, join):
    options = {"width": width, "join_hyphens": join, "quotes": "straight"}
    once = normalize(text, **options)
    assert normalize(once, **options) == once


@pytest.mark.parametrize(
    ("options", "found", "wanted"),
    [
        ({"width": "keep"}, "Ａ１ｶ", "Ａ１ｶ"),
        ({"width": "punctuation"}, "Ａ，１！", "A,1!"),
        ({"quotes": "straight"}, "“a” ‘b’", "\"a\" 'b'"),
        ({"join_hyphens": True}, "Zusam-\nmenarbeit", "Zusammenarbeit"),
        ({"join_hyphens": True}, "- one\n- two", "- one\n- two"),
        ({"form": "NFD"}, "é", "e\u0301"),
        ({"form": "none"}, "e\u0301", "e\u0301"),
        ({"form": "NFKC"}, "½", "1\u20442"),
        ({"entities": False}, "&lt;b&gt;", "&lt;b&gt;"),
    ],
)
def test_options_change_what_they_name(options, found, wanted):
    assert normalize(found, **options) == wanted


def test_clean_text_does_not_load_the_repair_library():
    code = (
        "import sys; from corpuskit.clean import normalize; "
        "normalize('今天下雨。L’été, “naïve”. Ёлка «дома».'); "
        "sys.exit('ftfy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_all_labelled_cases_are_right():
    path = gold("encoding", "unicode_cases.jsonl")
    if path is None:
        pytest.skip("CORPUSKIT_GOLD is not set")
    lines = path.read_text(encoding="utf-8").splitlines()
    wrong = [
        case["id"]
        for case in map(json.loads, lines)
        if normalize(case["in"]) not in (case["want"], *case.get("accept", ()))
    ]
    assert wrong == []


def test_first_bytes_are_those_of_the_codecs():
    """The written-out class holds what the codecs make of the bytes of a lead."""

    def chars(names, first, last):
        raw = bytes(range(first, last + 1))
        return {c for name in names for c in raw.decode(name, "ignore")}

    web = (*normalize_mojibake._ENCODINGS, *normalize_mojibake._OTHERS)
    wanted = chars(web, 0xC2, 0xF4) | chars(normalize_mojibake._OLD, 0xE0, 0xEF)
    wanted |= set(normalize_mojibake._OLD_LEADS)
    found = re.compile(f"[{normalize_mojibake.LEADS}]")
    assert {c for c in map(chr, range(0x3000)) if found.match(c)} == wanted


def test_quick_look_misses_no_place_that_could_be_mojibake():
    letters = [chr(code) for code in range(0x80, 0x2600)]
    leads = re.findall(f"[{normalize_mojibake.LEADS}]", "".join(letters))
    names = (
        *normalize_mojibake._ENCODINGS,
        *normalize_mojibake._OTHERS,
        *normalize_mojibake._OLD,
    )
    raw = bytes(range(0x80, 0xC0))
    rest = {c for name in names for c in raw.decode(name, "ignore")}
    pairs = [lead + other for lead in leads for other in (*rest, *letters[:64], " ")]
    pairs += [dash + other for dash in "\u2013\u2014" for other in letters]
    for pair in pairs:
        if normalize_mojibake._pattern().match(f"{pair}\x80\x80"):
            assert normalize_mojibake._MAYBE.match(pair), ascii(pair)


def test_dashes_of_chinese_are_no_mojibake_at_a_glance():
    text = "公园——很多人的“老地方”——春天最美——“真的”。"
    assert not normalize_mojibake._MAYBE.search(text)


def test_runs_hold_all_that_the_tables_change():
    def outside(table, runs):
        return [c for c in table if c < 0x10000 and not runs.fullmatch(chr(c))]

    dropped, folded = normalize_tables.dropped(), normalize_tables.folded
    assert outside(dropped, normalize_text._DROPPED_RUN) == []
    for width in ("letters", "punctuation"):
        assert outside(folded(width), normalize_text._FOLDED_RUN) == []


@pytest.mark.parametrize("mark", ["\ufe0f", "\u200b", "\u202e", "\U000e0041"])
def test_long_lines_with_a_mark_are_read_once(mark):
    line = "河水上涨 rose " * 20_000
    assert normalize(f"{line}{mark}\nx") == f"{line.rstrip()}\nx"


def test_direction_marks_go_line_by_line():
    assert normalize("a\u200eb\nשלום\u200fc\n\u200ed") == "ab\nשלום\u200fc\nd"
