import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import UsageError
from corpuskit.language import DetectOptions, detect, engines, opinions, profiles, vote

TEXTS = [
    "Das ist ein ganz gewöhnlicher deutscher Satz.",
    "This is a perfectly ordinary English sentence.",
    "Ceci est une phrase française tout à fait ordinaire.",
    "Это самое обычное русское предложение.",
    "Detta är en helt vanlig svensk mening.",
    "Đây là một câu tiếng Việt bình thường.",
    "این یک جمله معمولی فارسی است.",
    "यह एक साधारण हिन्दी वाक्य है।",
]
LANGUAGES = ["de", "en", "fr", "ru", "sv", "vi", "fa", "hi"]


@pytest.mark.parametrize("engine", ["vote", "profiles", "langdetect"])
def test_engine_knows_common_languages(engine):
    found = [detect(t, DetectOptions(engine=engine)).language for t in TEXTS]
    assert found == LANGUAGES


def test_langdetect_is_seeded_and_gives_chinese_its_script():
    options = DetectOptions(engine="langdetect")
    text = "这是一个简体中文的句子，讨论图书馆的问题。"
    assert detect(text, options) == detect(text, options)
    assert detect(text, options).language == "zh-Hans"


def test_unknown_engine_is_refused():
    with pytest.raises(UsageError, match="vote"):
        engines.load("oracle")


def test_answers_do_not_depend_on_order_or_thread():
    texts = [piece for text in TEXTS for piece in (text, text[:12], text[5:])] * 4
    alone = [detect(text) for text in texts]
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(detect, [texts[i] for i in order]))
    assert found == [alone[i] for i in order]


@pytest.mark.parametrize(
    "text",
    [
        "m/r5kJP1VrT+1FJors/6ILi8IHn5kxsC7tVO/HbkQfyy/KV5zjR3j1twdTKW",
        "7c73b6c9-0cb7-5171 736506ec-9a99-480a d32029a-b737",
        "https://example.com/a/b?c=1 mail@example.org",
        "★★★ → ♥ 😀 ■",
    ],
)
def test_codes_are_undetermined(text):
    assert detect(text).language == "und"


def test_arabic_in_latin_letters():
    text = "Baynama kanat Winfrey 7azina fi 7aflat tawdi3iha, illa anna al awda7at."
    assert detect(text).language == "ar-Latn"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nadležni su rekli da će predsednik doći sledeće nedelje uveče.", "sr"),
        ("Tko je rekao da će vlak stići sljedeći tjedan u prosincu?", "hr"),
        ("Eg veit ikkje kva dei seier om dette, men det er mykje betre no.", "nn"),
        ("Kerajaan berkata polis boleh menaiki kereta kerana beliau sakit.", "ms"),
    ],
)
def test_relatives_are_told_apart(text, language):
    assert detect(text).language == language


def test_profiles_count_every_ngram_once():
    keys = profiles._ngrams("ab")
    assert len(keys) == 2 + 3 + 2  # a b, _a ab b_, _ab ab_
    table = profiles.load()
    scores, n_known = table.score("the")
    assert table.languages[scores.argmax()] == "en"
    assert n_known == 3 + 4 + 3


def test_weights_fit_the_features():
    evidence = opinions.gather("ein Satz", 7)
    rows = vote.features(evidence)
    assert {len(row) for row in rows.values()} == {len(vote.FEATURES)}
    assert len(vote.outcome(evidence, vote.tally(rows))) == len(vote.OUTCOME)
    assert len(vote.weights().features) == len(vote.FEATURES)


@settings(deadline=None)
@given(st.text())
def test_cld2_takes_any_text(text):
    assert isinstance(opinions.ask_cld2(text), tuple)


@pytest.mark.parametrize("text", ["\x84\x92 a", "\ud800x", "\ufffe\U0001ffff", "\x00"])
def test_cld2_takes_what_it_would_refuse(text):
    opinions.ask_cld2(text)
