"""Main text of plain text: the lines that are article, without what stood around it.

Three things decide. Evidence that there is a frame at all: without it the text stays
whole. Then fitted trees over what each line and its neighbours look like, where frame
lines are found. Then a few rules of form that hold in any text: a title and labels that
went to the fields, names of image files, notices of rights at the end.
"""

import re
from collections.abc import Sequence
from typing import Final, Protocol

from corpuskit.clean.head_lines import Head, head_of
from corpuskit.clean.lines_consent import drop_consent
from corpuskit.clean.lines_gate import Evidence, find_evidence, is_rights_line
from corpuskit.clean.lines_rules import (
    drop_dated_lists,
    drop_indexes,
    drop_islands,
    drop_trailing_headlines,
    keep_lead,
    trim_tail,
)
from corpuskit.clean.lines_split import Lines, split_lines

_TAIL: Final = 6
_IMAGE = re.compile(
    r"[^\n]{0,80}\.(?:jpe?g|png|gif|webp|bmp|tiff?)|(?:图片|圖片|画像)(?:关键词|描述|说明)?",
    re.IGNORECASE,
)


class Trace(Protocol):
    """Who wants to know which rule took which line."""

    def after(self, rule: str, keep: Sequence[bool]) -> None:
        """Told what is still kept of the lines in question after a rule."""

    def taken(self, keep: Sequence[bool]) -> None:
        """Told what is kept for good: only these lines are looked at again."""


class _Untold:
    """Nobody wants to know."""

    def after(self, rule: str, keep: Sequence[bool]) -> None:
        """Does nothing."""

    def taken(self, keep: Sequence[bool]) -> None:
        """Does nothing."""


_UNTOLD: Final = _Untold()


def main_lines(text: str, trace: Trace = _UNTOLD) -> tuple[str, Head]:
    """The main text of a normalised plain text, and what its head says.

    What is left is looked at again until nothing more goes, so that cleaning twice
    equals cleaning once. Text without any sign of a page comes back as it is.
    """
    lines = split_lines(text)
    head = head_of(lines.texts)
    found = head
    while True:
        evidence = find_evidence(lines, found)
        if evidence is Evidence.NONE:
            return text, head
        keep = _decide(lines, found, evidence, trace)
        if all(keep) or not any(keep):
            return text, head
        trace.taken(keep)
        text = _join(lines, keep)
        lines = split_lines(text)
        found = head_of(lines.texts)


def _decide(lines: Lines, head: Head, evidence: Evidence, trace: Trace) -> list[bool]:
    """Which lines to keep."""
    if evidence >= Evidence.SOME:
        from corpuskit.clean.lines_model import choose

        keep = choose(lines, is_sure=evidence is Evidence.FRAME)
        trace.after("line_model", keep)
        drop_consent(lines, keep)
        trace.after("consent", keep)
        drop_dated_lists(lines, keep)
        trace.after("dated_list", keep)
        drop_indexes(lines, keep)
        trace.after("index", keep)
        drop_islands(lines, keep)
        trace.after("island", keep)
        drop_trailing_headlines(lines, keep)
        trace.after("headlines", keep)
        trim_tail(lines, keep)
        trace.after("tail", keep)
        keep_lead(lines, head, keep)
    else:
        keep = [True] * len(lines.texts)
    if head.is_page_head:
        for number in (head.title_line, *head.labels, *head.trails):
            keep[number] = False
        trace.after("head", keep)
    last = len(lines.texts) - _TAIL
    for number, line in enumerate(lines.texts):
        if _IMAGE.fullmatch(line) or (number >= last and is_rights_line(line)):
            keep[number] = False
    trace.after("notice", keep)
    return keep


def _join(lines: Lines, keep: list[bool]) -> str:
    """The kept lines, with an empty line where one or more stood between them."""
    parts: list[str] = []
    gap = 0
    for line, before, kept in zip(lines.texts, lines.gaps, keep, strict=True):
        gap += before
        if kept:
            parts += ["\n\n" if gap else "\n", line] if parts else [line]
            gap = 0
    return "".join(parts)
