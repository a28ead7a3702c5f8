"""What each of three engines says about a text: evidence for the vote.

langdetect's profiles are scored here; eldc and CLD2 are compiled packages. All three
give the same answer for the same text, in any thread and any order.
"""

import math
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from corpuskit._patterns import pattern
from corpuskit.language import relatives

_RENAMED = {"no": "nb", "iw": "he", "jw": "jv", "sr-ME": "sr", "fil": "tl", "bh": "bho"}
# What the UTF-8 reader of CLD2 refuses: control characters and non-characters.
_PLANE_ENDS = "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
_REFUSED = pattern(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]"
)
N_KEPT = 6
"""How many languages of each engine are kept as candidates."""


class Evidence(msgspec.Struct, frozen=True):
    """What the engines say about one text.

    Attributes:
        n_letters: how many letters they saw.
        profiles: log likelihood of each language, best = 0, tempered for length.
        fit: mean log likelihood of an n-gram in the best profile.
        eldc: scores of its best languages, 0 to 1.
        eldc_sure: it calls its answer reliable.
        cld2: its languages, best first: tag, share of the text, score.
        words: by how many telling words a language leads its close relatives.
    """

    n_letters: int
    profiles: dict[str, float] = {}
    fit: float = 0.0
    eldc: dict[str, float] = {}
    eldc_sure: bool = False
    cld2: tuple[tuple[str, float, float], ...] = ()
    words: dict[str, int] = {}

    def candidates(self) -> frozenset[str]:
        """The languages that at least one engine proposes."""
        best = sorted(self.profiles, key=lambda tag: (-self.profiles[tag], tag))
        kept = {*best[:N_KEPT], *list(self.eldc)[:N_KEPT]}
        return frozenset(kept | {tag for tag, _, _ in self.cld2})


def glance(text: str, n_letters: int) -> Evidence:
    """What the two fast engines say on a text that has this many letters."""
    scores, sure = ask_eldc(text)
    return Evidence(n_letters, eldc=scores, eldc_sure=sure, cld2=ask_cld2(text))


def gather(text: str, n_letters: int, seen: Evidence | None = None) -> Evidence:
    """All opinions on a text; `seen` is what the fast engines said already."""
    scores, fit = ask_profiles(text)
    fast = seen or glance(text, n_letters)
    evidence = replace(fast, profiles=scores, fit=fit)
    return replace(evidence, words=relatives.margins(text, evidence.candidates()))


def ask_profiles(text: str) -> tuple[dict[str, float], float]:
    """Tempered log likelihoods, best = 0, and the mean of the best one."""
    from corpuskit.language import profiles

    table = profiles.load()
    scores, n_known = table.score(text)
    if not n_known:
        return {}, 0.0
    best = float(scores.max())
    # Neighbouring n-grams say much the same: a fifth of their weight is calibrated.
    scale = 0.2 * min(n_known, 200) / n_known
    values = ((scores - best) * scale).clip(-30.0, 0.0).tolist()
    return dict(zip(table.languages, values, strict=True)), best / n_known


@cache
def _eldc() -> Any:  # noqa: ANN401 - an untyped extension class
    import eldc

    eldc.init()
    detector = eldc.instance()
    detector.set_scores(20)
    return detector


@cache
def eldc_languages() -> frozenset[str]:
    """The languages that eldc knows."""
    import eldc

    return frozenset(_RENAMED.get(tag, tag) for tag in eldc.LANGUAGES)


def ask_eldc(text: str) -> tuple[dict[str, float], bool]:
    """Scores by language, best first, and whether eldc calls them reliable."""
    found = _eldc().detect_details(text)
    if found.language == "und":
        return {}, False
    scores = {_RENAMED.get(tag, tag): value for tag, value in found.scores.items()}
    return scores, found.reliable


def sure_of(text: str) -> str:
    """The language that eldc reliably finds; "" where it is not sure."""
    found = _eldc().detect_details(text)
    return _RENAMED.get(found.language, found.language) if found.reliable else ""


def ask_cld2(text: str) -> tuple[tuple[str, float, float], ...]:
    """Up to three languages, best first: tag, share of the text, score."""
    import pycld2

    try:
        data = text.encode("utf-8")
        _, _, details = pycld2.detect(data, isPlainText=True, bestEffort=True)
    except (UnicodeEncodeError, pycld2.error):
        data = _REFUSED.sub(" ", text).encode("utf-8")
        _, _, details = pycld2.detect(data, isPlainText=True, bestEffort=True)
    return tuple(
        (_RENAMED.get(tag, tag), percent / 100, math.log2(1 + score) / 10)
        for _, tag, percent, score in details
        if tag == "xh" or not tag.startswith(("un", "x", "zz"))
    )
