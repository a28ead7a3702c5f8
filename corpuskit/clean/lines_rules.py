"""Rules of form over chosen lines: what stands at the ends of an article.

Fitted trees see a line and its neighbourhood. These rules see the shape of the whole
choice: a list of dated headlines below an article, a run of bare headlines at its end,
a small island of text far from it, the lead right below a line of labels.
"""

import re
from itertools import pairwise
from typing import Final

from corpuskit.clean.head_lines import Head, is_label_line
from corpuskit.clean.lines_gate import is_frame_line, is_rights_line
from corpuskit.clean.lines_split import Lines, ends_sentence
from corpuskit.clean.lines_words import count_units
from corpuskit.dates import find_date

_MIN_STAMPS: Final = 3
_MAX_STAMP_GAP: Final = 4
_MAX_TEASER: Final = 45.0
_MIN_HEADLINES: Final = 3
_MIN_HEADLINE: Final = 4.0
_MAX_HEADLINE: Final = 18.0
_ISLAND_GAP: Final = 6
_ISLAND_SHARE: Final = 0.2
_MIN_LEAD: Final = 8.0
_MAX_NOTICE: Final = 160
_NOTICE = re.compile(
    r"版权|版權|转载|轉載|声明|聲明|免责|侵权|注明|著作権|無断|転載|저작권|무단|전재|재배포|copyright|rights"
    r"|reprint|republish|reproduc|redistribut|permission|disclaimer|urheberrecht"
    r"|vervielfältig|derechos|reservados|droits|réservés|diritti|riservat|direitos"
    r"|авторск|перепечат|правообладател|praw autorskich|kopiowani",
    re.IGNORECASE,
)
_MAX_STAMP: Final = 40
_DIGIT = re.compile(r"\d")
_STAMPED = re.compile(
    r"(?:\d{1,2}[:：]\d{2}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})(?!\d)"
    r"(?:[\W\d_]|[^\W\d_]{1,6}(?![^\W\d_]))*$"
)
_PARTED = re.compile(r"[^\W\d]\.\s|。\s?\w")
_MAX_AFTER: Final = 40
_MIN_ENTRIES: Final = 8
_MAX_ENTRY: Final = 15.0
_MIN_TEXT: Final = 30.0
_STAMP_REST = re.compile(r"[\W\d_]*")


def is_stamp(line: str) -> bool:
    """Whether a line is a date, perhaps with a time, and nothing else."""
    if len(line) > _MAX_STAMP or not _DIGIT.search(line):
        return False
    found = find_date(line)
    if found is None:
        return False
    return bool(_STAMP_REST.fullmatch(line[: found.start] + line[found.end :]))


def drop_dated_lists(lines: Lines, keep: list[bool]) -> None:
    """Drops lists of dated headlines where most of the text is elsewhere.

    In such a list a date stands alone after every one to three lines. A thread of posts
    looks alike, but holds most of the text of its page.
    """
    stamps = [i for i, line in enumerate(lines.texts) if is_stamp(line)]
    if len(stamps) < _MIN_STAMPS:
        return
    units = [count_units(line) for line in lines.texts]
    total = sum(u for u, kept in zip(units, keep, strict=True) if kept)
    run = [stamps[0]]
    for before, stamp in [*pairwise(stamps), (stamps[-1], len(units) + _MAX_STAMP_GAP)]:
        if stamp - before <= _MAX_STAMP_GAP:
            run.append(stamp)
            continue
        if len(run) >= _MIN_STAMPS:
            _drop_list(run, units, keep, total)
        run = [stamp]


def _drop_list(
    stamps: list[int], units: list[float], keep: list[bool], total: float
) -> None:
    """Drops the lines of one dated list, with the item that ends at its first date."""
    first = max(0, stamps[0] - (stamps[1] - stamps[0]) + 1)
    span = range(first, stamps[-1] + 1)
    is_short = all(units[i] <= _MAX_TEASER for i in span)
    if is_short and sum(units[i] for i in span if keep[i]) < total / 2:
        for i in span:
            keep[i] = False


def drop_trailing_headlines(lines: Lines, keep: list[bool]) -> None:
    """Drops a run of short lines without a full stop that ends the chosen text.

    Only where more lines follow that were not chosen: then it is the first part of a
    list of other articles. One or two such lines go where that list goes on.
    """
    kept = [i for i, is_kept in enumerate(keep) if is_kept]
    if not kept or kept[-1] == len(keep) - 1:
        return
    run: list[int] = []
    for i in reversed(kept):
        line = lines.texts[i]
        if run and run[-1] - i > 1:
            break
        if _looks_ended(line) or count_units(line) > _MAX_HEADLINE:
            break
        run.append(i)
    is_list = len(run) >= _MIN_HEADLINES or _goes_on(lines, run)
    if is_list and len(run) < len(kept):
        for i in run:
            keep[i] = False


def _goes_on(lines: Lines, run: list[int]) -> bool:
    """Whether a run of long headlines goes on with more of them."""
    if not run:
        return False
    more = range(run[0] + 1, min(run[0] + 1 + _MIN_HEADLINES, len(lines.texts)))
    return len(more) == _MIN_HEADLINES and all(
        _MIN_HEADLINE <= count_units(lines.texts[i]) <= _MAX_HEADLINE
        and not _looks_ended(lines.texts[i])
        for i in (*run, *more)
    )


def trim_tail(lines: Lines, keep: list[bool]) -> None:
    """Drops credits, notices, dates and frame lines at the end of the choice."""
    for i in range(len(keep) - 1, -1, -1):
        if not keep[i]:
            continue
        line = lines.texts[i]
        if not (
            is_label_line(line)
            or is_notice(line)
            or is_rights_line(line)
            or is_stamp(line)
            or is_frame_line(line, lines.kinds[i])
        ):
            return
        keep[i] = False


def is_notice(line: str) -> bool:
    """Whether a line speaks of rights and reprinting again and again."""
    hits = len(_NOTICE.findall(line))
    return hits >= 2 and (hits >= 4 or len(line) <= _MAX_NOTICE)


def is_stamped(line: str) -> bool:
    """Whether a line ends with a date or a time, and counters at most behind it."""
    end = line[-_MAX_AFTER:]
    return _DIGIT.search(end) is not None and _STAMPED.search(end) is not None


def find_indexes(texts: list[str]) -> list[tuple[int, int]]:
    """Start and end (excluded) of each list of other pages: lines that end stamped.

    Most entries are headlines: a list of posts or of references is none.
    """
    found = []
    stamped = [i for i, text in enumerate(texts) if is_stamped(text)]
    for run in _close(stamped):
        if len(run) < _MIN_ENTRIES:
            continue
        entries = texts[run[0] : run[-1] + 1]
        n_parted = sum(_PARTED.search(entry) is not None for entry in entries)
        is_short = sum(map(count_units, entries)) <= _MAX_ENTRY * len(run)
        if is_short and n_parted * 3 <= len(entries):
            found.append((run[0], run[-1] + 1))
    return found


def drop_indexes(lines: Lines, keep: list[bool]) -> None:
    """Drops lists of other pages, where text is left without them."""
    for start, end in find_indexes(lines.texts):
        rest = [
            text
            for i, text in enumerate(lines.texts)
            if keep[i] and not start <= i < end and ends_sentence(text)
        ]
        if sum(map(count_units, rest)) >= _MIN_TEXT:
            keep[start:end] = [False] * (end - start)


def _close(numbers: list[int]) -> list[list[int]]:
    """Runs of line numbers with at most one line between two."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number - runs[-1][-1] <= 2:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _looks_ended(line: str) -> bool:
    """Whether a line ends a sentence or a list item, or announces what follows."""
    return ends_sentence(line) or line[-1] in ":：;；,，、"


def drop_islands(lines: Lines, keep: list[bool]) -> None:
    """Drops small runs of chosen lines far behind the main one."""
    runs = _runs(keep)
    if len(runs) < 2:
        return
    mass = [sum(count_units(lines.texts[i]) for i in range(*run)) for run in runs]
    main = max(range(len(runs)), key=mass.__getitem__)
    for k in range(len(runs) - 1, main, -1):
        gap = runs[k][0] - runs[k - 1][1]
        if gap < _ISLAND_GAP or sum(mass[k:]) > _ISLAND_SHARE * mass[main]:
            continue
        for run in runs[k:]:
            keep[slice(*run)] = [False] * (run[1] - run[0])


def _runs(keep: list[bool]) -> list[tuple[int, int]]:
    """Start and end (excluded) of each run of chosen lines."""
    edges = [i for i in range(len(keep) + 1) if _at(keep, i) != _at(keep, i - 1)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _at(keep: list[bool], i: int) -> bool:
    return 0 <= i < len(keep) and keep[i]


def keep_lead(lines: Lines, head: Head, keep: list[bool]) -> None:
    """Keeps the text that stands right below the labels, down to the first choice."""
    if not head.is_page_head or True not in keep:
        return
    start, first = head.labels[-1] + 1, keep.index(True)
    if start < first and all(
        count_units(lines.texts[i]) >= _MIN_LEAD for i in range(start, first)
    ):
        keep[start:first] = [True] * (first - start)
