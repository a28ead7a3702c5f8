import pytest

from corpuskit.language import name, names, to_bcp47, to_flores


@pytest.mark.parametrize(
    ("tag", "shown", "flores"),
    [
        ("zh-Hans", "Chinese (Simplified)", "zho_Hans"),
        ("zh-Hant", "Chinese (Traditional)", "zho_Hant"),
        ("zh", "Chinese", "zho_Hani"),
        ("ja", "Japanese", "jpn_Jpan"),
        ("ko", "Korean", "kor_Hang"),
        ("en", "English", "eng_Latn"),
        ("ar", "Arabic", "arb_Arab"),
        ("ar-Latn", "Arabic (Latin)", "arb_Latn"),
        ("fa", "Persian", "pes_Arab"),
        ("tl", "Tagalog", "tgl_Latn"),
        ("nb", "Norwegian Bokmål", "nob_Latn"),
        ("yue", "Cantonese", "yue_Hant"),
        ("und", "Undetermined", "und"),
        ("qqx", "qqx", "qqx"),
    ],
)
def test_name_and_flores_code(tag, shown, flores):
    assert name(tag) == shown
    assert to_flores(tag) == flores
    assert to_bcp47(flores) == tag


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("zh-cn", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("cmn_Hani", "zh"),
        ("zho_Hant", "zh-Hant"),
        ("srp_Latn", "sr-Latn"),
        ("srp_Cyrl", "sr"),
        ("no", "nb"),
        ("iw", "he"),
        ("fil", "tl"),
        ("jpn", "ja"),
        ("unk", "und"),
        ("arz_Arab", "arz"),
        ("qqx_Arab", "qqx-Arab"),
    ],
)
def test_codes_of_other_tools(code, tag):
    assert to_bcp47(code) == tag


def test_every_tag_of_the_table_survives_the_way_to_flores_and_back():
    lost = {t for t in names._languages() if t != "und" and to_bcp47(to_flores(t)) != t}
    assert lost <= {"bh", "fil", "mo", "no", "pes", "sh", "tw", "arb", "cmn"}
