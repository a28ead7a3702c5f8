import random

import numpy as np
import pytest

from corpuskit.dedup import dedup
from corpuskit.dedup.forms import form_shares, is_form
from corpuskit.dedup.keys import make_keys
from corpuskit.document import Document

PLACES = {
    "ja": ["札幌", "仙台", "新潟", "金沢", "長野", "名古屋", "京都", "高松", "鹿児島"],
    "zh": [
        "北京",
        "上海",
        "广州",
        "杭州",
        "成都",
        "武汉",
        "西安",
        "哈尔滨",
        "乌鲁木齐",
    ],
    "ko": ["서울", "부산", "대구", "인천", "광주", "대전", "울산", "청주", "서귀포"],
    "en": ["Oslo", "Bergen", "Ghent", "Lyon", "Porto", "Turin", "Basel", "Leeds"],
}
SKIES = {
    "ja": ["晴れ", "曇り", "雨", "雪", "晴れ時々曇り", "曇り一時雨"],
    "zh": ["晴", "多云", "阴", "小雨", "雷阵雨", "小雪", "大风"],
    "ko": ["맑음", "흐림", "비", "눈", "구름 많음", "소나기"],
    "en": ["sunny", "cloudy", "rain", "snow", "fog", "scattered showers"],
}
REPORTS = {
    "ja": "{0}の天気予報：今日は{1}、最高気温は{2}度、最低気温は{3}度の見込みです。"
    "降水確率は午前{4}％、午後{5}％。明日は{6}でしょう。{7}月{8}日{9}時、{0}地方気象台"
    "発表。お出かけの際は最新の気象情報をご確認ください。",
    "zh": "{0}天气预报：今天白天{1}，最高气温{2}℃，今天夜间最低气温{3}℃，降水概率上午"
    "百分之{4}，下午百分之{5}。明天{6}。{0}市气象台{7}月{8}日{9}时发布，请市民注意出行"
    "安全，及时增减衣物，最新消息请随时关注气象台的通知。",
    "ko": "{0} 날씨: 오늘은 {1}, 최고기온 {2}도, 최저기온 {3}도로 예상됩니다. "
    "강수확률은 오전 {4}퍼센트, 오후 {5}퍼센트입니다. 내일은 {6}이겠습니다. "
    "{7}월 {8}일 {9}시 {0} 기상대 발표. 외출하실 때는 최신 기상 정보를 확인해 "
    "주시기 바랍니다.",
    "en": "Weather in {0}: today {1} with highs of {2} and lows near {3} degrees. "
    "The chance of rain is {4} percent before noon and {5} percent after. Tomorrow "
    "{6}. Issued by the office in {0} on day {8} of month {7} at {9} hours. "
    "Please look at our latest warnings before you set out on a longer journey.",
}
SYLLABLES = {
    "en": [a + b for a in "bcdfghklmnprst" for b in ("a", "en", "io", "ust", "or")],
    "zh": [chr(code) for code in range(0x4E00, 0x5E00, 7)],
}


def report(language, rng):
    numbers = [rng.randrange(10, 100) for _ in range(7)]
    skies = [rng.choice(SKIES[language]) for _ in range(2)]
    place = rng.choice(PLACES[language])
    values = [place, skies[0], *numbers[:4], skies[1], *numbers[4:]]
    return REPORTS[language].format(*values)


def passage(language, n_words, rng):
    between = " " if language == "en" else ""
    words = (
        "".join(rng.choices(SYLLABLES[language], k=rng.randint(1, 3)))
        for _ in range(n_words)
    )
    return between.join(words)


def edited(text, share, rng):
    """The text with other characters in so many places."""
    letters = list(text)
    for place in rng.sample(range(len(letters)), int(share * len(letters))):
        letters[place] = rng.choice(letters)
    return "".join(letters)


def clusters(texts):
    rows = (Document(str(number), text=text) for number, text in enumerate(texts))
    return [document.cluster for document in dedup(rows)]


@pytest.mark.parametrize("language", ["ja", "zh", "ko", "en"])
@pytest.mark.parametrize("n_texts", [12, 24, 60])
def test_forms_filled_in_are_no_copies(language, n_texts):
    rng = random.Random(n_texts)
    texts = list(dict.fromkeys(report(language, rng) for _ in range(n_texts)))
    assert is_form(make_keys(texts))
    found = clusters(texts)
    assert sum(map(bool, found)) <= 0.1 * n_texts


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("share", [0.02, 0.05])
def test_changed_copies_of_a_text_are_no_form(language, share):
    rng = random.Random(5)
    text = passage(language, 400, rng)
    copies = [text, *(edited(text, share, rng) for _ in range(11))]
    assert not is_form(make_keys(copies))
    assert len(set(clusters(copies))) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_frames_around_a_text_make_no_form(language):
    rng = random.Random(6)
    text = passage(language, 300, rng)
    framed = [
        "\n".join([passage(language, 60, rng), text, passage(language, 60, rng)])
        for _ in range(9)
    ]
    assert not is_form(make_keys(framed))
    assert len(set(clusters(framed))) == 1


def test_copies_of_a_filled_in_form_stay_together():
    rng = random.Random(7)
    texts = list(dict.fromkeys(report("ja", rng) for _ in range(20)))
    found = clusters([*texts, texts[3] + "以上。", texts[3].replace("：", " ")])
    assert found[3] == found[20] == found[21] != ""
    assert sum(map(bool, found)) <= 5


def test_forms_do_not_depend_on_the_order():
    rng = random.Random(8)
    texts = list(dict.fromkeys(report("zh", rng) for _ in range(25)))
    text = passage("zh", 200, rng)
    texts += [text, *(edited(text, 0.05, rng) for _ in range(7))]
    expected = dict(zip(texts, clusters(texts), strict=True))
    for _ in range(3):
        shuffled = rng.sample(texts, len(texts))
        found = dict(zip(shuffled, clusters(shuffled), strict=True))
        assert {t for t in texts if found[t]} == {t for t in texts if expected[t]}


@pytest.mark.parametrize(
    "texts",
    [[""] * 6, ["", "ab", "夏目漱石は小説を書いた", "x" * 40, "y" * 40, "z" * 40]],
)
def test_shares_of_texts_with_nothing_in_common(texts):
    shares = form_shares(make_keys(texts))
    assert shares.shape == (len(texts), 2)
    assert np.isfinite(shares).all()
