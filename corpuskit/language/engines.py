"""The engines that decide what the script does not, by name.

`vote` (the default) and `profiles` read prepared text that the script left open; the
others are packages of their own, asked about the text as it is.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from corpuskit.errors import MissingExtraError, UsageError
from corpuskit.language import han
from corpuskit.language.model import UNDETERMINED, Engine, Opinion
from corpuskit.language.names import to_bcp47

_BY_THEMSELVES = frozenset({"langdetect", "lingua", "fasttext"})
_MAX_CHARS = 10_000
# Codes of Wikipedia, as lid.176 has them, that mean another language elsewhere.
_WIKIPEDIA = {"als": "gsw", "bh": "bho"}
_SEED = 0


def _vote(model: str) -> Engine:
    from corpuskit.language.vote import vote

    return vote


def _profiles(model: str) -> Engine:
    from corpuskit.language.vote import by_profiles

    return by_profiles


def _ranked(pairs: list[tuple[float, str]], text: str) -> Opinion:
    """The opinion of an engine that gives probabilities and its own codes."""
    ranking = tuple((share, to_bcp47(code)) for share, code in pairs)
    if not ranking:
        return Opinion(UNDETERMINED, 0.0)
    score, language = ranking[0]
    if language == "zh":
        language = han.tag(text)
        ranking = ((score, language), *ranking[1:])
    return Opinion(language, score, ranking)


def _langdetect(model: str) -> Engine:
    from langdetect import PROFILES_DIRECTORY, DetectorFactory
    from langdetect.lang_detect_exception import LangDetectException

    factory = DetectorFactory()
    factory.seed = _SEED
    factory.load_profile(PROFILES_DIRECTORY)

    def ask(text: str, n_letters: int) -> Opinion:
        """What the package says, with its sampling seeded for each text."""
        detector = factory.create()
        detector.append(_bounded(text))
        try:
            found = detector.get_probabilities()
        except LangDetectException:
            return Opinion(UNDETERMINED, 0.0)
        return _ranked([(one.prob, one.lang) for one in found], text)

    return ask


def _lingua(model: str) -> Engine:
    if find_spec("lingua") is None:
        raise MissingExtraError("lingua", "the engine lingua")
    builder: Any = import_module("lingua").LanguageDetectorBuilder
    detector = builder.from_all_languages().build()

    def ask(text: str, n_letters: int) -> Opinion:
        """The confidence values of lingua."""
        found = detector.compute_language_confidence_values(_bounded(text))
        pairs = [(v.value, v.language.iso_code_639_1.name.lower()) for v in found[:5]]
        return _ranked([pair for pair in pairs if pair[0] > 0], text)

    return ask


def _fasttext(model: str) -> Engine:
    from corpuskit.language import fasttext_model

    if not model:
        raise UsageError("the engine fasttext needs a model file: --model lid.bin")
    predict = fasttext_model.read(model)

    def ask(text: str, n_letters: int) -> Opinion:
        """The labels of the model, as tags."""
        codes, shares = predict(" ".join(_bounded(text).split()))
        tags = [_WIKIPEDIA.get(code, code) for code in codes]
        return _ranked(list(zip(shares, tags, strict=True)), text)

    return ask


def _bounded(text: str) -> str:
    """The start of a text, without what cannot be written in UTF-8."""
    return text[:_MAX_CHARS].encode("utf-8", "replace").decode("utf-8")


_FACTORIES: dict[str, Callable[[str], Engine]] = {
    "fasttext": _fasttext,
    "langdetect": _langdetect,
    "lingua": _lingua,
    "profiles": _profiles,
    "vote": _vote,
}
NAMES = tuple(sorted(_FACTORIES))
"""The names of all engines."""


def is_alone(engine: str | Engine) -> bool:
    """Whether an engine is asked about the whole text, whatever its script."""
    return callable(engine) or engine in _BY_THEMSELVES


def get(engine: str | Engine, model: str = "") -> Engine:
    """The engine of this name, or the engine itself."""
    return engine if callable(engine) else load(engine, model)


@cache
def load(name: str, model: str = "") -> Engine:
    """The engine of this name, loaded once a process.

    Raises:
        UsageError: no engine has this name, or its model cannot be read.
        MissingExtraError: its package is not installed.
    """
    factory = _FACTORIES.get(name)
    if factory is None:
        raise UsageError(f"no engine {name!r}: choose from {', '.join(NAMES)}")
    return factory(model)
