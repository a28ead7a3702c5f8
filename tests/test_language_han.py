from collections import Counter

import pytest

from corpuskit.language import detect, han, kanji


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("汉语", "zh-Hans"),
        ("漢語", "zh-Hant"),
        ("中文", "zh"),
        ("后里只干面云", "zh"),
        ("", "zh"),
    ],
)
def test_characters_of_one_way_of_writing(text, tag):
    assert han.tag(text) == tag


@pytest.mark.parametrize(
    "title",
    [
        "東京都知事選挙",
        "日本経済新聞社",
        "台風接近大雨警戒",
        "山東省科学技術庁",
        "世界遺産登録決定",
        "特定商取引法",
        "会社概要",
        "横浜市立図書館",
    ],
)
def test_titles_in_kanji_alone_are_japanese(title):
    assert detect(title).language == "ja"


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("中国人民银行", "zh-Hans"),
        ("关于我们", "zh-Hans"),
        ("臺灣總統選舉結果", "zh-Hant"),
        ("上海證券交易所", "zh-Hant"),
        ("最新消息", "zh"),
        ("香港立法會", "zh-Hant"),
        ("北京大学生物系", "zh-Hans"),
        ("佢哋唔知喺邊度嘅嘢", "yue"),
    ],
)
def test_chinese_titles_stay_chinese(title, language):
    assert detect(title).language == language


def test_japanese_needs_more_evidence_in_a_short_text():
    assert kanji.judge("社会", 2)[0] is False
    assert kanji.judge("東京都知事選挙", 7) == (True, pytest.approx(1, abs=0.01))


def test_simplified_characters_outside_japanese_rule_it_out():
    assert han.may_be_japanese(Counter("国会学"))
    assert not han.may_be_japanese(Counter("这们说"))


@pytest.mark.parametrize("name", ["Hans", "Hant", "Jpan", "yue"])
def test_tables_hold_single_characters(name):
    assert len(han.only(name)) > 20
    assert all(len(c) == 1 for c in han.only(name))


def test_no_character_is_simplified_and_traditional():
    assert not han.only("Hans") & han.only("Hant")


@pytest.mark.parametrize(
    "title",
    ["地方公務員給与", "環境変数設定", "津波注意報発令", "利用規約改定"],
)
def test_titles_of_five_characters_and_more_are_japanese(title):
    assert detect(title).language == "ja"


@pytest.mark.parametrize(
    "title",
    [
        "使用者手册",
        "資料庫管理系統",
        "设置选项卡",
        "人民日報社論",
        "臺北市政府公告",
        "的",
    ],
)
def test_judge_calls_chinese_chinese(title):
    assert detect(title).language.split("-")[0] == "zh"


def test_long_text_without_kana_needs_more_to_be_japanese(monkeypatch):
    monkeypatch.setattr(kanji, "features", lambda text, n_han: [1.5])
    monkeypatch.setattr(kanji, "_weights", lambda: (1.0,))
    verdicts = [kanji.judge("", n_han)[0] for n_han in (2, 5, 10, 20)]
    assert verdicts == [False, True, True, False]


def test_kanji_weights_fit_the_features():
    assert len(kanji.features("東京都", 3)) == len(kanji.KANJI) == len(kanji._weights())
