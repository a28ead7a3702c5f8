import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.document import Document
from corpuskit.language import detect, identify

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("", "und", "Zyyy"),
        ("12,5 % — 2024/03/25 → ★ 😀", "und", "Zyyy"),
        ("これは日本語の文章です。", "ja", "Jpan"),
        ("カタカナ", "ja", "Jpan"),
        ("대한민국의 수도는 서울이다.", "ko", "Kore"),
        ("这是一个简体中文的句子。", "zh-Hans", "Hans"),
        ("這是一個繁體中文的句子。", "zh-Hant", "Hant"),
        ("中文", "zh", "Hani"),
        ("佢哋唔知喺邊度嘅嘢。", "yue", "Hant"),
        ("สวัสดีชาวโลก", "th", "Thai"),
        ("Γεια σου κόσμε", "el", "Grek"),
        ("გამარჯობა", "ka", "Geor"),
        ("Das ist ein ganz gewöhnlicher deutscher Satz.", "de", "Latn"),
        ("This is a perfectly ordinary English sentence.", "en", "Latn"),
        ("Это обычное русское предложение.", "ru", "Cyrl"),
    ],
)
def test_detect(text, language, script):
    found = detect(text)
    assert (found.language, found.script) == (language, script)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("000", "zh-Hans"),
        ("001", "ja"),
        ("002", "zh-Hans"),
        ("003", "zh-Hans"),
        ("004", "zh-Hans"),
    ],
)
def test_detect_on_a_seed(name, language):
    (path,) = SEEDS.glob(f"{name}_*")
    assert detect(path.read_text(encoding="utf-8")).language == language


def test_identify_fills_language_and_score():
    document = identify(Document(id="a", text="これは日本語の文章です。"))
    assert document.language == "ja"
    assert document.language_score == round(document.language_score, 4) > 0.9


@settings(deadline=None)
@given(st.text())
def test_any_text_gets_an_answer(text):
    found = detect(text)
    assert 0.0 <= found.score <= 1.0
    assert found == detect(text)


def test_script_decides_without_loading_an_engine():
    code = (
        "import sys; from corpuskit.language import detect;"
        "detect('这是一个简体中文的句子。'); detect('これは日本語です。');"
        "print(sorted({'numpy', 'eldc', 'pycld2', 'langdetect'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0.0, 0.0),
        ("12 ★", 0.0, 0.0),
        ("これは日本語の文章です。", 0.99, 1.0),
        ("Das ist ein ganz gewöhnlicher deutscher Satz.", 0.9, 1.0),
        ("voda", 0.0, 0.7),
    ],
)
def test_margin_tells_how_far_the_language_leads(text, least, most):
    assert least <= detect(text).margin <= most


@pytest.mark.parametrize("text", ["qwrtz", "hjkl", "Xqz"])
def test_too_little_evidence_is_undetermined(text):
    found = detect(text)
    assert (found.language, found.score) == ("und", 0.0)


def test_answers_are_the_same_in_another_process():
    texts = ["voda", "Ovo je rečenica.", "東京都知事選挙", "abc xyz", "Это слово"]
    code = "import sys; from corpuskit.language import detect;" + (
        f"print([(f.language, f.score, f.margin) for f in map(detect, {texts!r})])"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        found = [detect(text) for text in texts]
        assert run.stdout.strip() == str(
            [(f.language, f.score, f.margin) for f in found]
        )
