"""Text of printed pages: running heads and page numbers gone, paragraphs whole again.

Pages are parted by form feeds, as PDF files are read. A line was broken by the margin
where the next one's first word would not have fitted on it.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator

from corpuskit._patterns import pattern

PAGE_BREAK = "\f"

# Lines at the top and bottom of a page that may be a running head or foot.
_EDGE = 2
_LEAST_PAGES = 3
_LEAST_SHARE = 0.3
_NUMBER = pattern(
    r"(?i)[-–—\s]*+(?:第\s*+|p(?:age)?\.?\s*+)?\d{1,5}"
    r"(?:\s*[页頁쪽]|\s*[/／]\s*\d{1,5})?[-–—\s]*"
)
_DIGITS = pattern(r"\d+")
_ENDS = frozenset('.。．!！?？:：;；…」』”"')
_BULLET = pattern(
    r"[•●○■□◆◇▪·※*–-]|\(?[0-9０-９]{1,3}[.)、）．]"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）、]"
)
_WIDE = frozenset("WF")
# Share of the full width that a broken line has at least, in wide letters and others.
_FULL_WIDE, _FULL = 0.9, 0.97
# Share of the lines that may be wider than the full width, as headings are.
_WIDEST = 0.1
_LEAST_WIDTH = 16


def join_pages(text: str) -> str:
    """The text of all pages as paragraphs, one a line."""
    pages = [page.split("\n") for page in text.split(PAGE_BREAK)]
    return "\n".join(_paragraphs(_without_edges(pages)))


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The lines of the pages but for what stands at the edge of many of them."""
    pages = [[line for line in page if line.strip()] for page in pages]
    counts = Counter(key for page in pages for key in {*_keys(page)})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    running = {key for key, count in counts.items() if count >= least}
    inner = [_inner(page, running) for page in pages]
    return inner if any(inner) else pages


def _keys(page: list[str]) -> Iterator[str]:
    yield from map(_key, page[:_EDGE])
    yield from map(_key, page[-_EDGE:])


def _key(line: str) -> str:
    return _DIGITS.sub("0", line.strip().casefold())


def _inner(page: list[str], running: set[str]) -> list[str]:
    start, stop = 0, len(page)
    while start < min(_EDGE, stop) and _is_edge(page[start], running):
        start += 1
    while stop > max(start, len(page) - _EDGE) and _is_edge(page[stop - 1], running):
        stop -= 1
    return page[start:stop]


def _is_edge(line: str, running: set[str]) -> bool:
    return _key(line) in running or bool(_NUMBER.fullmatch(line))


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """The lines of all pages, those that the margin broke joined."""
    parts: list[str] = []
    last, last_full = "", 0.0
    for page in pages:
        full = _full_width(page)
        for line in map(str.strip, page):
            if parts and not _is_broken(last, line, last_full):
                yield "".join(parts)
                parts = []
            parts += [_glue(last, line), line] if parts else [line]
            last, last_full = line, full
    if parts:
        yield "".join(parts)


def _full_width(page: list[str]) -> float:
    """The width that the longer lines of a page have, in columns."""
    widths = sorted((_width(line.strip()) for line in page), reverse=True)
    return widths[int(len(widths) * _WIDEST)] if widths else 0


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(1 + (unicodedata.east_asian_width(c) in _WIDE) for c in line)


def _is_broken(line: str, following: str, full: float) -> bool:
    """Whether the margin parted two lines, rather than the end of a paragraph."""
    if full < _LEAST_WIDTH or line[-1] in _ENDS or _BULLET.match(following):
        return False
    if _is_wide(line[-1]):
        return _width(line) >= _FULL_WIDE * full
    word = following.partition(" ")[0]
    return _width(line) + 1 + _width(word) > _FULL * full


def _glue(line: str, following: str) -> str:
    """Nothing between Chinese or Japanese letters, else a space."""
    return "" if _joins(line[-1]) and _joins(following[0]) else " "


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE


def _joins(character: str) -> bool:
    return _is_wide(character) and not "가" <= character <= "힣"
