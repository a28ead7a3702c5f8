"""The reasons of a run when a later step changes a text once more.

Spans that cleaning removed have a place in the text that was kept. A step that cuts or
rewrites lines after it moves these places, and what it cuts is a span of its own.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from corpuskit.document import REMOVED_SPANS, Document

if TYPE_CHECKING:
    from corpuskit.clean.removed import Removed

_MOST_PAIRS: Final = 4_000_000


def followed(before: Document, after: Document, rule: str) -> Document:
    """The changed document with its spans in their places, and those of cut lines.

    Documents that carry no spans come back as they are, and so do those whose spans
    the step has put in their places itself.

    Args:
        before: the document before a step.
        after: the same document after it.
        rule: what is said to have cut the lines that are gone.
    """
    if REMOVED_SPANS not in before.metadata.extra or before.text == after.text:
        return after
    from corpuskit.clean.removed import removed_from

    spans = removed_from(after)
    if spans is None or _ats(spans) != _ats(removed_from(before) or []):
        return after
    old, new = before.text.split("\n"), after.text.split("\n")
    places = _places(old, new)
    starts = list(accumulate((len(line) + 1 for line in old), initial=0))
    moved = []
    for span in spans:
        number = min(bisect_right(starts, span.at), len(old)) - 1
        place = places[number]
        at = min(place.start + span.at - starts[number], place.end)
        is_end = span.at >= starts[number] + len(old[number])
        moved.append(replace(span, at=place.end if is_end else at))
    moved += _cut(old, after.text, places, rule)
    # Spans at one place stay in the order in which they came.
    moved.sort(key=lambda span: span.at)
    return after.with_extra(**{REMOVED_SPANS: moved})


def _ats(spans: "list[Removed]") -> list[int]:
    return [span.at for span in spans]


class _Place(NamedTuple):
    """Where an old line is now; where it would be, if it is gone."""

    start: int
    end: int
    gone: bool = False


def _places(old: list[str], new: list[str]) -> list[_Place]:
    bounds = list(accumulate((len(line) + 1 for line in new), initial=0))
    places = []
    for i, i_end, j, j_end in _steps(old, new):
        for number in range(j, j + i_end - i):
            if number < j_end:
                places.append(_Place(bounds[number], bounds[number + 1] - 1))
            else:
                end = max(bounds[j_end] - 1, 0)
                places.append(_Place(end, end, gone=True))
    return places


def _steps(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Which old lines became which new ones, from first to last."""
    if len(old) == len(new) or len(old) * len(new) > _MOST_PAIRS:
        return [(0, len(old), 0, len(new))]
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [step[1:] for step in matcher.get_opcodes()]


def _cut(
    old: list[str], text: str, places: list[_Place], rule: str
) -> "Iterator[Removed]":
    """The spans of the lines that are gone, and of what was cut out of others."""
    from corpuskit.clean.removed import Removed

    for number, place in enumerate(places):
        line, at = old[number], 0
        if not place.gone:
            line, at = _cut_out(line, text[place.start : place.end])
        if line.strip():
            path = f"line {number + 1}"
            yield Removed(place.start + at, rule, path=path, text=line.strip())


def _cut_out(old: str, new: str) -> tuple[str, int]:
    """What was cut out of a line, and where; "" if it was changed in another way."""
    pairs = enumerate(zip(old, new, strict=False))
    n_before = next((n for n, (a, b) in pairs if a != b), len(new))
    n_cut = len(old) - len(new)
    if n_cut <= 0 or not old.endswith(new[n_before:]):
        return "", 0
    return old[n_before : n_before + n_cut], n_before
