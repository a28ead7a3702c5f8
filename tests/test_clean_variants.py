import json
import sys

import pytest
from click.testing import CliRunner

from corpuskit.clean import convert_script
from corpuskit.cli.main import corpuskit as commands
from corpuskit.cli.main import run_command
from corpuskit.document import Document
from corpuskit.errors import MissingExtraError

pytest.importorskip("opencc")

TRADITIONAL = "這裡的圖書館在頭髮店後面，乾淨的麵包和皇后都在裡面。"
SIMPLIFIED = "这里的图书馆在头发店后面，干净的面包和皇后都在里面。"
JAPANESE = "図書館は学校の後ろにあり、発車の時間です。"


def document(text, language="und", title=""):
    return Document(id="a", language=language, title=title).with_text(text)


@pytest.mark.parametrize("language", ["zh-Hant", "zh", "zh-Hans", "und"])
def test_traditional_text_becomes_simplified(language):
    done = convert_script(document(TRADITIONAL, language, "頭條"), "simplified")
    assert (done.text, done.title) == (SIMPLIFIED, "头条")
    assert done.language == ("und" if language == "und" else "zh-Hans")
    assert done.n_chars == len(done.text)
    assert convert_script(done, "simplified") == done


def test_simplified_text_becomes_traditional():
    done = convert_script(document(SIMPLIFIED, "zh-Hans"), "traditional")
    assert done.text == "這裏的圖書館在頭髮店後面，乾淨的麪包和皇后都在裏面。"
    assert done.language == "zh-Hant"
    assert convert_script(done, "traditional") is done


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (JAPANESE, "ja"),
        (JAPANESE, "und"),
        ("漢字의 學校", "ko"),
        ("No Han here.", "zh"),
        ("", "und"),
    ],
)
@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_other_languages_stay(text, language, script):
    before = document(text, language)
    assert convert_script(before, script) is before


def test_japanese_lines_in_chinese_text_stay():
    text = f"{TRADITIONAL}\n{JAPANESE}\n{TRADITIONAL}"
    done = convert_script(document(text, "zh-Hant"), "simplified")
    assert done.text == f"{SIMPLIFIED}\n{JAPANESE}\n{SIMPLIFIED}"


def test_dropped_documents_stay():
    before = document(TRADITIONAL, "zh-Hant").dropped("dedup.exact")
    assert convert_script(before, "simplified") is before


@pytest.fixture
def folder(tmp_path, monkeypatch):
    text = f"{TRADITIONAL}\nＡＢＣ，“½ exam-\nple”"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "ABC，“½ exam-\nple”"),
        (["--form", "nfkc"], "ABC,“1⁄2 exam-\nple”"),
        (["--width", "punctuation"], "ABC,“½ exam-\nple”"),
        (["--width", "keep", "--quotes", "straight"], 'ＡＢＣ，"½ exam-\nple"'),
        (["--join-hyphens", "--form", "none"], "ABC，“½ example”"),
    ],
)
def test_switches_of_clean(folder, arguments, expected):
    done = CliRunner().invoke(commands, ["clean", "a.txt", *arguments])
    text = json.loads(done.stdout)["text"]
    assert text.partition("\n")[2] == expected


def test_script_switch_of_clean(folder):
    done = CliRunner().invoke(commands, ["clean", "a.txt", "--script", "simplified"])
    row = json.loads(done.stdout)
    assert row["text"].startswith(SIMPLIFIED)
    assert row["language"] == "zh-Hans"


def test_missing_extra_is_named(folder, monkeypatch, capsys):
    from corpuskit.clean import variants

    variants._converter.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(MissingExtraError, match=r"corpuskit\[script\]"):
        convert_script(document(TRADITIONAL, "zh"), "simplified")
    assert run_command(["clean", "a.txt", "--script", "simplified"]) == 4
    assert "pip install 'corpuskit[script]'" in capsys.readouterr().err
