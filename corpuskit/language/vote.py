"""The vote: one score for each language that an engine proposes, and how sure it is.

The score is a sum of weighted features of the engines' opinions (a multinomial logit
over the candidates); a second logit over the outcome gives the probability that the
answer is right. Both were fitted on labelled text: tests/benchmarks/fit_language.py.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from corpuskit.language import relatives
from corpuskit.language.data_files import read_text
from corpuskit.language.model import UNDETERMINED, Opinion
from corpuskit.language.opinions import (
    Evidence,
    ask_profiles,
    eldc_languages,
    gather,
    glance,
    sure_of,
)

FEATURES = (
    "profiles",
    "profiles_length",
    "no_profile",
    "no_profile_length",
    "eldc",
    "eldc_length",
    "eldc_first",
    "eldc_first_length",
    "eldc_first_sure",
    "not_in_eldc",
    "not_in_eldc_length",
    "cld2_first",
    "cld2_first_length",
    "cld2_share",
    "cld2_score",
    "cld2_score_length",
    "cld2_second_share",
    "not_in_eldc_cld2",
    "not_in_eldc_profiles",
    "not_in_eldc_both",
    "profiles_cld2",
    "eldc_cld2",
    "no_profile_cld2",
    "eldc_profiles",
    "words",
    "kin_has_profile",
    "kin_has_profile_length",
    "cld2_alone",
    "cld2_alone_eldc",
    "cld2_alone_sure",
    "cld2_alone_profiles",
)
"""The names of a candidate's features, in order."""

OUTCOME = (
    "bias",
    "length",
    "probability",
    "margin",
    "fit",
    "fit_length",
    "n_agree",
    "n_agree_length",
    "no_profile",
    "not_in_eldc",
    "eldc",
    "eldc_sure",
    "cld2",
    "cld2_score",
    "cld2_share",
)
"""The names of the features of an outcome, in order."""

AGREED = ("bias", "length", "eldc", "cld2_score", "cld2_share")
"""The names of the features of an outcome on which both fast engines agree."""

_ENOUGH = 20
"""From how many letters on two engines that agree are enough."""

_LONG = 250
"""From how many letters on they need not be as sure."""

_SHADOWS = frozenset({"ms", "sr"})
"""What both fast engines also call Indonesian and Macedonian."""


class Weights(msgspec.Struct, frozen=True):
    """The fitted weights, in the order of FEATURES, OUTCOME and AGREED."""

    features: tuple[float, ...]
    outcome: tuple[float, ...]
    agreed: tuple[float, ...]


@cache
def weights() -> Weights:
    """The weights that come with the package."""
    values = msgspec.json.decode(read_text("vote.json"))
    return Weights(
        tuple(values["features"][name] for name in FEATURES),
        tuple(values["outcome"][name] for name in OUTCOME),
        tuple(values["agreed"][name] for name in AGREED),
    )


def _length(evidence: Evidence) -> float:
    """0 for one letter, 1 from 512 letters on."""
    return math.log2(min(max(evidence.n_letters, 1), 512)) / 9


def _firsts(evidence: Evidence) -> tuple[str, str, str]:
    """The first choice of the profiles, of eldc and of CLD2; "" for none."""
    best = max(evidence.profiles, key=evidence.profiles.__getitem__, default="")
    eldc = next(iter(evidence.eldc), "")
    cld2 = evidence.cld2[0][0] if evidence.cld2 else ""
    return best, eldc, cld2


def features(evidence: Evidence) -> dict[str, list[float]]:
    """The features of each candidate, in the order of FEATURES."""
    candidates = sorted(evidence.candidates())
    return {tag: _features_of(tag, evidence) for tag in candidates}


def _features_of(tag: str, evidence: Evidence) -> list[float]:
    length = _length(evidence)
    nb, eldc, cld2 = (float(first == tag) for first in _firsts(evidence))
    lacks_profile = float(tag not in evidence.profiles)
    lacks_eldc = float(tag not in eldc_languages())
    share, score = evidence.cld2[0][1:] if cld2 else (0.0, 0.0)
    second = sum(part for other, part, _ in evidence.cld2[1:] if other == tag)
    likelihood = evidence.profiles.get(tag, 0.0)
    eldc_score = evidence.eldc.get(tag, 0.0)
    best, eldc_best, _ = _firsts(evidence)
    kin = lacks_profile and relatives.close(tag, best)
    alone = cld2 and lacks_profile and lacks_eldc and best == eldc_best
    return [
        likelihood,
        likelihood * length,
        lacks_profile,
        lacks_profile * length,
        eldc_score,
        eldc_score * length,
        eldc,
        eldc * length,
        eldc * evidence.eldc_sure,
        lacks_eldc,
        lacks_eldc * length,
        cld2,
        cld2 * length,
        share,
        score,
        score * length,
        second,
        lacks_eldc * cld2,
        lacks_eldc * nb,
        lacks_eldc * nb * cld2,
        nb * cld2,
        eldc * cld2,
        lacks_profile * cld2,
        eldc * nb,
        max(-3.0, min(3.0, evidence.words.get(tag, 0))),
        float(kin),
        kin * length,
        float(alone),
        alone * evidence.eldc.get(eldc_best, 0.0),
        float(alone and evidence.eldc_sure),
        alone * _lead(evidence),
    ]


def _lead(evidence: Evidence) -> float:
    """How far the best profile is ahead of the second, at most 8."""
    values = sorted(evidence.profiles.values())[-2:]
    return min(8.0, values[1] - values[0]) if len(values) == 2 else 0.0


def tally(candidates: Mapping[str, Sequence[float]]) -> list[tuple[float, str]]:
    """The share of the vote of each candidate, best first."""
    own = weights().features
    logits = {
        tag: sum(w * x for w, x in zip(own, values, strict=True))
        for tag, values in candidates.items()
    }
    most = max(logits.values())
    powers = {tag: math.exp(logit - most) for tag, logit in logits.items()}
    total = sum(powers.values())
    return sorted(((p / total, tag) for tag, p in powers.items()), reverse=True)


def outcome(evidence: Evidence, ranking: Sequence[tuple[float, str]]) -> list[float]:
    """The features of an outcome, in the order of OUTCOME."""
    length = _length(evidence)
    share, tag = ranking[0]
    second = ranking[1][0] if len(ranking) > 1 else 0.0
    nb, eldc, cld2 = (float(first == tag) for first in _firsts(evidence))
    n_agree = nb + eldc + cld2
    fit = max(-4.0, min(4.0, evidence.fit + 7.0))
    cld2_share, cld2_score = evidence.cld2[0][1:] if evidence.cld2 else (0.0, 0.0)
    return [
        1.0,
        length,
        math.log(share / max(1.0 - share, 1e-6)) if share < 1.0 else 14.0,
        math.log((share + 1e-6) / (second + 1e-6)),
        fit,
        fit * length,
        n_agree,
        n_agree * length,
        float(tag not in evidence.profiles),
        float(tag not in eldc_languages()),
        evidence.eldc.get(tag, 0.0),
        eldc * evidence.eldc_sure,
        cld2,
        cld2 * cld2_score,
        cld2 * cld2_share,
    ]


def agreed(evidence: Evidence) -> list[float] | None:
    """The features of an outcome, in the order of AGREED, on which two engines agree.

    None where they differ, or in a short text where eldc is not sure or a good part is
    in other languages.
    """
    if evidence.n_letters < _ENOUGH or not (evidence.eldc and evidence.cld2):
        return None
    tag, share, score = evidence.cld2[0]
    if tag != next(iter(evidence.eldc)) or tag in _SHADOWS:
        return None
    is_long = evidence.n_letters >= _LONG
    if share < (0.5 if is_long else 0.75) or not (is_long or evidence.eldc_sure):
        return None
    return [1.0, _length(evidence), evidence.eldc[tag], score, share]


def _likely(own: Sequence[float], values: Sequence[float]) -> float:
    """The probability that a fitted logit gives these values."""
    logit = sum(w * x for w, x in zip(own, values, strict=True))
    return 1.0 / (1.0 + math.exp(-logit))


def vote(text: str, n_letters: int) -> Opinion:
    """The vote on a prepared text; without the profiles where the others agree."""
    seen = glance(text, n_letters)
    second = _second_share(seen.cld2)
    quick = agreed(seen)
    if quick:
        language, score = seen.cld2[0][0], _likely(weights().agreed, quick)
        return Opinion(language, score, ((score, language),), second)
    evidence = gather(text, n_letters, seen)
    candidates = features(evidence)
    if not candidates:
        return Opinion(UNDETERMINED, 0.0)
    ranking = tally(candidates)
    score = _likely(weights().outcome, outcome(evidence, ranking))
    return Opinion(ranking[0][1], score, tuple(ranking), second)


def confirms(text: str, language: str) -> bool:
    """Whether eldc is sure that a text is in this language."""
    return language == sure_of(text) and language not in _SHADOWS


def _second_share(parts: Sequence[tuple[str, float, float]]) -> float:
    """How much of a text seems to be in other languages than the first one.

    CLD2 hears close relatives in any text; they do not count.
    """
    return sum(
        share for tag, share, _ in parts[1:] if not relatives.close(tag, parts[0][0])
    )


def by_profiles(text: str, n_letters: int) -> Opinion:
    """What the profiles say alone."""
    found, _ = ask_profiles(text)
    powers = {tag: math.exp(value) for tag, value in found.items()}
    total = sum(powers.values())
    ranking = sorted(((p / total, tag) for tag, p in powers.items()), reverse=True)
    if not ranking:
        return Opinion(UNDETERMINED, 0.0)
    return Opinion(ranking[0][1], ranking[0][0], tuple(ranking[:5]))
