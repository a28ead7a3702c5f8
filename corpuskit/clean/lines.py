"""Main text of plain text: the lines that are article, without what stood around it.

Three things decide. Evidence that there is a frame at all: without it the text stays
whole. Then fitted trees over what each line and its neighbours look like, where frame
lines are found. Then a few rules of form that hold in any text: a title and labels that
went to the fields, names of image files, notices of rights at the end.
"""

import re
from typing import Final

from corpuskit.clean.head_lines import Head, head_of
from corpuskit.clean.lines_gate import Evidence, find_evidence, is_rights_line
from corpuskit.clean.lines_rules import (
    drop_dated_lists,
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


def main_lines(text: str) -> tuple[str, Head]:
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
        keep = _decide(lines, found, evidence)
        if all(keep) or not any(keep):
            return text, head
        text = _join(lines, keep)
        lines = split_lines(text)
        found = head_of(lines.texts)


def _decide(lines: Lines, head: Head, evidence: Evidence) -> list[bool]:
    """Which lines to keep."""
    if evidence >= Evidence.SOME:
        from corpuskit.clean.lines_model import choose

        keep = choose(lines, is_sure=evidence is Evidence.FRAME)
        drop_dated_lists(lines, keep)
        drop_islands(lines, keep)
        drop_trailing_headlines(lines, keep)
        trim_tail(lines, keep)
        keep_lead(lines, head, keep)
    else:
        keep = [True] * len(lines.texts)
    if head.is_page_head:
        for number in (head.title_line, *head.labels, *head.trails):
            keep[number] = False
    last = len(lines.texts) - _TAIL
    for number, line in enumerate(lines.texts):
        if _IMAGE.fullmatch(line) or (number >= last and is_rights_line(line)):
            keep[number] = False
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
