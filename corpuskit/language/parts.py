"""Parts of a text in other languages: lines and sentences, smoothed over neighbours.

Each unit gets a cost for each language; the cheapest path through them pays for every
change of language, so a doubtful unit goes with its neighbours.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import msgspec

from corpuskit._patterns import pattern
from corpuskit.language.model import Part

# A line, or in a long line a sentence; the cut is after the space that follows it.
_LINE = pattern(r"[^\n]+\n?|\n")
_SENTENCE = pattern(
    r"[^.!?؟۔।॥。！？]+(?:[.!?؟۔।॥]+(?=\s)|[。！？]+|[.!?؟۔।॥]+|$)[」』”’\"')）]*\s*|.",
    re.S,
)
_END = pattern(r"\n|[.!?؟۔।॥]\s|[。！？]")
_LONG_LINE = 160
MAX_UNITS = 400
"""Pieces a text is cut into where the borders of its parts matter."""

N_PIECES = 6
"""Pieces where only the shares of the languages matter."""

_SWITCH = 4.0
_UNLIKELY = 9.0
MIN_SHARE = 0.1
"""A language with less than this share of the letters is not worth a part."""


class Unit(msgspec.Struct, frozen=True):
    """A piece of text with what is known of its language.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        weight: how much it counts: its letters, Chinese characters threefold.
        script: its script.
        shares: language -> likelihood, 0 to 1; empty where nothing is known.
    """

    start: int
    end: int
    weight: float
    script: str
    shares: Mapping[str, float]


Judgement = tuple[float, str, Mapping[str, float]]
"""Weight, script and likelihood of the languages of a piece of text."""

Judge = Callable[[str], Judgement]
"""Whatever judges a piece of text."""


def spans(text: str) -> list[tuple[int, int]]:
    """Lines, long ones cut into sentences; neighbours joined where there are many."""
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        if end - start <= _LONG_LINE:
            found.append((start, end))
        else:
            found += [m.span() for m in _SENTENCE.finditer(text, start, end)]
    step = -(-len(found) // MAX_UNITS) or 1
    groups = [found[i : i + step] for i in range(0, len(found), step)]
    return [(group[0][0], group[-1][1]) for group in groups]


def pieces(text: str) -> list[tuple[int, int]]:
    """A few pieces of about one size, cut after the line or sentence that is there."""
    cuts = [0]
    for k in range(1, N_PIECES):
        end = _END.search(text, max(cuts[-1], k * len(text) // N_PIECES))
        if end and end.end() < len(text):
            cuts.append(end.end())
    return list(pairwise([*cuts, len(text)]))


def find_parts(
    text: str, judge: Judge, cuts: Sequence[tuple[int, int]]
) -> tuple[Part, ...]:
    """The parts of a text in its languages, in order, covering all of it."""
    units = [Unit(a, b, *judge(text[a:b])) for a, b in cuts]
    languages = main_languages(units)
    if not languages:
        return ()
    path = cheapest_path(units, languages)
    return _join(units, path)


def shares(parts: Sequence[Part]) -> dict[str, float]:
    """The share of each language, a Chinese character for three Latin letters."""
    weights: dict[str, float] = {}
    for part in parts:
        weights[part.language] = weights.get(part.language, 0.0) + part.weight
    total = sum(weights.values()) or 1.0
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {tag: weight / total for tag, weight in ranked}


def main_languages(units: Sequence[Unit]) -> list[str]:
    """The languages that have their share of the text, most first."""
    weights: dict[str, float] = {}
    for unit in units:
        if unit.shares:
            best = max(unit.shares, key=lambda tag: (unit.shares[tag], tag))
            weights[best] = weights.get(best, 0.0) + unit.weight * unit.shares[best]
    # Chinese without evidence of its script goes with the Chinese that has it.
    if any(tag.startswith("zh-") for tag in weights):
        weights.pop("zh", None)
    least = MIN_SHARE * sum(weights.values())
    ranked = sorted(weights, key=lambda tag: (-weights[tag], tag))
    return [tag for tag in ranked if weights[tag] >= least]


def _cost(unit: Unit, language: str) -> float:
    """What it costs to call this unit this language."""
    if not unit.shares or not unit.weight:
        return 0.0
    share = unit.shares.get(language, 0.0)
    if language.startswith("zh-"):
        share = max(share, unit.shares.get("zh", 0.0))
    sure = min(1.0, unit.weight / 30)
    return sure * min(_UNLIKELY, -math.log(max(share, 1e-9)))


def cheapest_path(units: Sequence[Unit], languages: Sequence[str]) -> list[str]:
    """One language for each unit, at the least sum of costs and changes."""
    totals = [0.0] * len(languages)
    before: list[list[int]] = []
    for unit in units:
        best = min(range(len(totals)), key=totals.__getitem__)
        choice = [
            i if total <= totals[best] + _SWITCH else best
            for i, total in enumerate(totals)
        ]
        before.append(choice)
        totals = [
            min(total, totals[best] + _SWITCH) + _cost(unit, language)
            for total, language in zip(totals, languages, strict=True)
        ]
    at = min(range(len(totals)), key=totals.__getitem__)
    path = []
    for choice in reversed(before):
        path.append(languages[at])
        at = choice[at]
    return path[::-1]


def _join(units: Sequence[Unit], path: Sequence[str]) -> tuple[Part, ...]:
    """Neighbouring units of one language as one part."""
    groups: list[tuple[str, list[Unit]]] = []
    for unit, language in zip(units, path, strict=True):
        if not groups or groups[-1][0] != language:
            groups.append((language, []))
        groups[-1][1].append(unit)
    return tuple(_part(language, members) for language, members in groups)


def _part(language: str, members: Sequence[Unit]) -> Part:
    scripts = Counter[str]()
    likely = judged = weight = 0.0
    for unit in members:
        scripts[unit.script] += round(unit.weight)
        weight += unit.weight
        if unit.shares:
            likely += unit.weight * math.exp(-_cost(unit, language))
            judged += unit.weight
    script = max(scripts, key=lambda code: (scripts[code], code))
    if language.startswith("zh-"):
        script = language[3:]
    score = likely / judged if judged else 0.0
    return Part(members[0].start, members[-1].end, language, script, score, weight)
