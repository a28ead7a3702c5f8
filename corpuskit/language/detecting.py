"""detect: the language of a text; identify: of a document."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from corpuskit.document import Document
from corpuskit.language import engines
from corpuskit.language.gathering import Look, look
from corpuskit.language.model import (
    UNDETERMINED,
    Detected,
    DetectOptions,
    Opinion,
    Part,
)
from corpuskit.language.parts import (
    FEW_UNITS,
    MAX_UNITS,
    MIN_SHARE,
    find_parts,
    weigh,
)

_DEFAULT = DetectOptions()
# A menu entry or a name in Latin letters goes with its neighbours.
_TOO_SHORT = 20
_SECOND_SHARE = 0.25
_CLOSE_SHARE = 0.4


def detect(text: str, options: DetectOptions = _DEFAULT) -> Detected:
    """The language of a text: by its script, else by the engine; with its parts."""
    return _detect(text, options, MAX_UNITS)


def _detect(text: str, options: DetectOptions, max_units: int) -> Detected:
    seen = look(text)
    opinion = _decide(text, seen, options)
    mixed = seen.mixed or opinion.second_share >= _SECOND_SHARE
    if options.parts and mixed:
        parts = find_parts(text, lambda unit: _judge(unit, options), max_units)
        if len({part.language for part in parts}) > 1:
            return _of_parts(text, parts, opinion)
    script = _script(opinion.language, seen)
    part = Part(0, len(text), opinion.language, script, opinion.score)
    return Detected(opinion.language, script, opinion.score, (part,) if text else ())


def _decide(text: str, seen: Look, options: DetectOptions) -> Opinion:
    """The language of a text as a whole."""
    if seen.script == "Zyyy":
        return Opinion(UNDETERMINED, 0.0)
    if options.engine in engines.BY_THEMSELVES:
        return engines.load(options.engine, options.model)(text, seen.n_letters)
    if seen.decided:
        language, _, score = seen.decided
        return Opinion(language, score, ((score, language),))
    return engines.load(options.engine, options.model)(seen.text, seen.n_letters)


def _judge(unit: str, options: DetectOptions) -> tuple[float, str, Mapping[str, float]]:
    """Weight, script and likelihood of the languages of a piece of text."""
    seen = look(unit)
    if seen.decided is None and seen.n_letters < _TOO_SHORT:
        return 0.0, seen.script, {}
    opinion = _decide(unit, seen, options)
    script = _script(opinion.language, seen)
    if opinion.language == UNDETERMINED:
        return 0.0, script, {}
    return seen.weight, script, {tag: share for share, tag in opinion.ranking}


def _script(language: str, seen: Look) -> str:
    """The script code that goes with an answer."""
    if seen.decided and seen.decided[0] == language:
        return seen.decided[1]
    _, _, subtag = language.partition("-")
    return subtag if len(subtag) == 4 else seen.script


def _of_parts(text: str, parts: Sequence[Part], whole: Opinion) -> Detected:
    """The answer for a text in several languages: the one with the most text.

    The language of the long lines stays the answer where it is close to the most.
    """
    shares = part_shares(text, parts)
    language = max(shares, key=lambda tag: (shares[tag], tag))
    if shares.get(whole.language, 0.0) >= _CLOSE_SHARE:
        language = whole.language
    own = [part for part in parts if part.language == language]
    longest = max(own, key=lambda part: part.end - part.start)
    score = whole.score if whole.language == language else longest.score
    return Detected(language, longest.script, score, tuple(parts))


def part_shares(text: str, parts: Sequence[Part]) -> dict[str, float]:
    """The share of each language, a Chinese character for three Latin letters."""
    weights: Counter[str] = Counter()
    for part in parts:
        weights[part.language] += weigh(text[part.start : part.end])
    total = weights.total() or 1
    return {tag: n / total for tag, n in weights.most_common()}


def identify(document: Document, options: DetectOptions = _DEFAULT) -> Document:
    """The document with its language and how sure that is, to four decimals.

    Where two languages have a tenth of the text each, `languages` in the extra
    metadata holds the shares.
    """
    found = _detect(document.text, options, FEW_UNITS)
    document = msgspec.structs.replace(
        document, language=found.language, language_score=round(found.score, 4)
    )
    if len(found.parts) < 2:
        return document
    shares = part_shares(document.text, found.parts)
    main = {tag: round(n, 3) for tag, n in shares.items() if n >= MIN_SHARE}
    return document.with_extra(languages=main) if len(main) > 1 else document
