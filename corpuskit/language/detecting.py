"""detect: the language of a text; identify: of a document."""

from collections.abc import Sequence
from functools import partial

import msgspec

from corpuskit.document import Document
from corpuskit.language import engines, prepare, probing
from corpuskit.language.gate import MIN_MIXED, SURE
from corpuskit.language.gathering import Look, look
from corpuskit.language.model import (
    UNDETERMINED,
    Detected,
    DetectOptions,
    Opinion,
    Part,
)
from corpuskit.language.parts import (
    MIN_SHARE,
    Judge,
    Judgement,
    find_parts,
    pieces,
    shares,
    spans,
)

_DEFAULT = DetectOptions()
# A menu entry or a name in Latin letters goes with its neighbours.
_TOO_SHORT = 20
_SECOND_SHARE = 0.25
_CLOSE_SHARE = 0.4
# Of labelled answers less likely than this, one in forty was right.
_LEAST_SCORE = 0.1
# What is read of one piece, and of how many letters eldc alone is enough.
_PIECE = 300
_CONFIRMED = 40


def detect(text: str, options: DetectOptions = _DEFAULT) -> Detected:
    """The language of a text: by its script, else by the engine; with its parts."""
    return _detect(text, options, exact=True)


def _detect(text: str, options: DetectOptions, *, exact: bool) -> Detected:
    """The answer; `exact` where the borders of the parts matter, not their shares."""
    seen = look(text)
    opinion = _decide(text, seen, options)
    if options.engine == "vote" and opinion.score < _LEAST_SCORE:
        opinion = Opinion(UNDETERMINED, 0.0, opinion.ranking)
    script = _script(opinion.language, seen)
    whole = Part(0, len(text), opinion.language, script, opinion.score, seen.weight)
    mixed = seen.mixed or _seems_mixed(text, seen, opinion, exact=exact)
    if options.parts and mixed:
        judge = partial(_judge, options=options, whole=whole)
        if seen.decided and mixed == "Latn":
            judge = partial(_judge_latin, judge=judge, whole=whole)
        parts = find_parts(text, judge, (spans if exact else pieces)(text))
        if len({part.language for part in parts}) > 1:
            return _of_parts(parts, whole)
    parts = (whole,) if text else ()
    return Detected(whole.language, script, whole.score, parts, opinion.margin)


def _seems_mixed(text: str, seen: Look, opinion: Opinion, *, exact: bool) -> str:
    """Whether a text whose letters hint at one language seems to be in two.

    As in a look: `Latn` where Latin letters stand beside another script, `any`, or "".
    """
    if seen.n_letters < MIN_MIXED:
        return ""
    if seen.decided:
        return "Latn" if exact and probing.has_latin(text) else ""
    if opinion.second_share >= _SECOND_SHARE:
        return "any"
    return "any" if probing.changes(text if exact else seen.text) else ""


def _decide(text: str, seen: Look, options: DetectOptions) -> Opinion:
    """The language of a text as a whole."""
    if seen.script == "Zyyy":
        return Opinion(UNDETERMINED, 0.0)
    if engines.is_alone(options.engine):
        return engines.get(options.engine, options.model)(text, seen.n_letters)
    if seen.decided:
        language, _, score = seen.decided
        return Opinion(language, score, ((score, language),))
    return engines.get(options.engine, options.model)(seen.text, seen.n_letters)


def _judge(unit: str, options: DetectOptions, whole: Part) -> Judgement:
    """Weight, script and likelihood of the languages of a piece of text.

    What an engine quickly confirms to be in the language of the whole is not asked on.
    """
    seen = look(unit, _PIECE)
    if seen.decided is None and seen.n_letters < _TOO_SHORT:
        return seen.weight, seen.script, {}
    if options.engine == "vote" and _confirmed(seen, whole.language):
        return seen.weight, _script(whole.language, seen), {whole.language: SURE}
    opinion = _decide(unit, seen, options)
    script = _script(opinion.language, seen)
    if opinion.language == UNDETERMINED:
        return 0.0, script, {}
    return seen.weight, script, {tag: share for share, tag in opinion.ranking}


def _judge_latin(unit: str, judge: Judge, whole: Part) -> Judgement:
    """The same where at most Latin letters stand beside the script of the whole."""
    n_bytes = prepare.n_bytes(unit)
    n_latin = len(unit) - (n_bytes - len(unit)) / 2
    if n_bytes >= 2 * n_latin:
        return n_bytes, whole.script, {whole.language: SURE}
    return judge(unit)


def _confirmed(seen: Look, language: str) -> bool:
    """Whether a piece is surely in this language, which its script leaves open."""
    if seen.decided or seen.n_letters < _CONFIRMED:
        return False
    from corpuskit.language.vote import confirms

    return confirms(seen.text, language)


def _script(language: str, seen: Look) -> str:
    """The script code that goes with an answer."""
    if seen.decided and seen.decided[0] == language:
        return seen.decided[1]
    _, _, subtag = language.partition("-")
    return subtag if len(subtag) == 4 else seen.script


def _of_parts(parts: Sequence[Part], whole: Part) -> Detected:
    """The answer for a text in several languages: the one with the most text.

    The language of the long lines stays the answer where it is close to the most.
    """
    found = shares(parts)
    language = max(found, key=lambda tag: (found[tag], tag))
    if found.get(whole.language, 0.0) >= _CLOSE_SHARE:
        language = whole.language
    own = [part for part in parts if part.language == language]
    longest = max(own, key=lambda part: part.end - part.start)
    score = whole.score if whole.language == language else longest.score
    most, second, *_ = (*sorted(found.values(), reverse=True), 0.0)
    return Detected(language, longest.script, score, tuple(parts), most - second)


def identify(document: Document, options: DetectOptions = _DEFAULT) -> Document:
    """The document with its language and how sure that is, to four decimals.

    Where two languages have a tenth of the text each, `languages` in the extra
    metadata holds the shares.
    """
    found = _detect(document.text, options, exact=False)
    document = msgspec.structs.replace(
        document, language=found.language, language_score=round(found.score, 4)
    )
    if len(found.parts) < 2:
        return document
    of_all = shares(found.parts).items()
    main = {tag: round(share, 3) for tag, share in of_all if share >= MIN_SHARE}
    return document.with_extra(languages=main) if len(main) > 1 else document
