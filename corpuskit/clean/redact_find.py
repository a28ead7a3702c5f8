"""Where a line holds contact data and numbers of persons, kind by kind."""

from collections.abc import Callable, Iterator
from functools import cached_property
from re import Match, Pattern
from typing import Final

from corpuskit.clean.redact_numbers import (
    digits,
    is_card,
    is_long_enough,
    is_public_ip,
    is_resident_id,
)
from corpuskit.clean.redact_patterns import (
    AT,
    BETWEEN,
    CARD,
    EMAIL,
    IDENTITY,
    IPV4,
    IPV6,
    LABEL,
    LABELLED,
    NUMBERS,
    PHONES,
    SECTION,
    URL,
    VERSION,
)
from corpuskit.clean.redact_regions import national_numbers

Spans = Iterator[tuple[int, int]]
_BEFORE: Final = 24
_AFTER: Final = 14
_MIN_DIGITS: Final = 7
_FILES: Final = frozenset(("png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "ico"))


class Plain:
    """A line to search, with what all searches for numbers share."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def stretches(self) -> list[tuple[int, int]]:
        """Start and end of the stretches of digits that are long enough."""
        return [
            match.span()
            for match in NUMBERS.finditer(self.text)
            if len(digits(match[0])) >= _MIN_DIGITS
        ]

    @cached_property
    def addressed(self) -> bytearray:
        """1 for each character that stands in a URL."""
        mask = bytearray(len(self.text))
        for match in URL.finditer(self.text):
            mask[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        return mask

    def matches(self, shape: Pattern[str]) -> Iterator[Match[str]]:
        """The matches of a shape among the digits that are no part of a URL."""
        for start, end in self.stretches:
            for match in shape.finditer(self.text, start, end + _AFTER):
                if match.start() < end and not self.addressed[match.start()]:
                    yield match

    def before(self, match: Match[str]) -> str:
        """The characters right before a match."""
        return self.text[max(0, match.start() - _BEFORE) : match.start()]


def _emails(plain: Plain, regions: tuple[str, ...]) -> Spans:
    """E-mail addresses; names of files such as `icon@2x.png` are none."""
    if not AT.search(plain.text):
        return
    for match in EMAIL.finditer(plain.text):
        if match["top"].lower() not in _FILES:
            yield match.span()


def _addresses(plain: Plain, regions: tuple[str, ...]) -> Spans:
    """Public network addresses; version numbers and numbered headings are none."""
    text = plain.text
    if text.count(".") >= 3:
        heading = SECTION.match(text)
        first = heading.start("number") if heading else -1
        for match in IPV4.finditer(text):
            is_other = match.start() == first or VERSION.search(plain.before(match))
            if is_public_ip(match[0]) and not is_other:
                yield match.span()
    if text.count(":") >= 2:
        for match in IPV6.finditer(text):
            if is_public_ip(match[0]):
                yield match.span()


def _identities(plain: Plain, regions: tuple[str, ...]) -> Spans:
    """Chinese resident identity numbers."""
    for match in plain.matches(IDENTITY):
        if is_resident_id(match[0]):
            yield match.span()


def _cards(plain: Plain, regions: tuple[str, ...]) -> Spans:
    """Numbers of payment cards."""
    for match in plain.matches(CARD):
        if is_card(match[0]):
            yield match.span()


def _phones(plain: Plain, regions: tuple[str, ...]) -> Spans:
    """Telephone numbers: by their shape, by a label before them, or by country."""
    for shape in PHONES:
        for match in plain.matches(shape):
            if is_long_enough(match[0]):
                yield match.span()
    last = -1
    for match in plain.matches(LABELLED):
        follows = last >= 0 and BETWEEN.fullmatch(plain.text, last, match.start())
        if is_long_enough(match[0]) and (follows or LABEL.search(plain.before(match))):
            last = match.end()
            yield match.span()
    if regions and plain.stretches:
        yield from national_numbers(plain.text, regions)


FINDERS: Final[tuple[tuple[str, Callable[[Plain, tuple[str, ...]], Spans]], ...]] = (
    ("email", _emails),
    ("ip", _addresses),
    ("id", _identities),
    ("card", _cards),
    ("phone", _phones),
)
"""How each kind is found, the surest first."""
