"""The engines that decide what the script does not, by name.

`vote` (the default) and `profiles` read prepared text that the script left open; the
others are packages of their own, asked about the text as it is.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from corpuskit.errors import MissingExtraError, UsageError
from corpuskit.language import han
from corpuskit.language.model import UNDETERMINED, Opinion
from corpuskit.language.names import to_bcp47

BY_THEMSELVES = frozenset({"langdetect", "lingua", "fasttext"})
"""Engines that are asked about the whole text, whatever its script."""

_MAX_CHARS = 10_000
_SEED = 0


class Engine(Protocol):
    """Whatever gives the language of a text."""

    def __call__(self, text: str, n_letters: int) -> Opinion:
        """The opinion on a text that has this many letters."""


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
        detector.append(text[:_MAX_CHARS])
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
        found = detector.compute_language_confidence_values(text[:_MAX_CHARS])
        pairs = [(v.value, v.language.iso_code_639_1.name.lower()) for v in found[:5]]
        return _ranked([pair for pair in pairs if pair[0] > 0], text)

    return ask


def _fasttext(model: str) -> Engine:
    if not model:
        raise UsageError("the engine fasttext needs a model file: --model lid.bin")
    detector = _read_fasttext(model)

    def ask(text: str, n_letters: int) -> Opinion:
        """The labels of the model, as tags."""
        line = " ".join(text[:_MAX_CHARS].split())
        labels, shares = detector(line)
        codes = [label.removeprefix("__label__") for label in labels]
        return _ranked(
            [(min(1.0, float(p)), c) for p, c in zip(shares, codes, strict=True)], text
        )

    return ask


def _read_fasttext(model: str) -> Callable[[str], Any]:
    """The function that gives labels and probabilities of one line."""
    if find_spec("fasttext") is None:
        raise MissingExtraError("fasttext", "the engine fasttext")
    fasttext: Any = import_module("fasttext")
    try:
        loaded = fasttext.load_model(model)
    except ValueError as error:
        raise UsageError(f"not a fastText model: {model}: {error}") from error

    def ask(line: str) -> Any:  # noqa: ANN401 - as the untyped package gives it
        """The best five labels."""
        return loaded.predict(line, k=5)

    return ask


_FACTORIES: dict[str, Callable[[str], Engine]] = {
    "fasttext": _fasttext,
    "langdetect": _langdetect,
    "lingua": _lingua,
    "profiles": _profiles,
    "vote": _vote,
}
NAMES = tuple(sorted(_FACTORIES))
"""The names of all engines."""


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
