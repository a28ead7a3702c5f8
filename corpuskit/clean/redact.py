"""Contact data and numbers of persons -> tokens such as `<EMAIL>`.

One search for anything suspicious leaves most lines alone. What looks like a number of
some kind is checked: check digits, public address ranges, dates of birth. What was
found is replaced and the line searched again until nothing is left, so redacting twice
equals redacting once.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from corpuskit.clean.options import REDACTED, RedactOptions
from corpuskit.clean.redact_find import FINDERS, Plain
from corpuskit.clean.redact_patterns import SUSPECT, WIDE
from corpuskit.clean.redact_regions import check_regions
from corpuskit.document import REMOVED_SPANS, Document, dump_extra
from corpuskit.errors import UsageError

_DEFAULT = RedactOptions()
_MAX_PASSES: Final = 20
_OWN_EXTRA: Final = frozenset(("cleaned", "redacted", REMOVED_SPANS))


class Redacted(NamedTuple):
    """A text without contact data.

    Attributes:
        text: with a token in each place.
        counts: how many of each kind were replaced, for the kinds that were found.
    """

    text: str
    counts: dict[str, int]


class _Found(NamedTuple):
    start: int
    end: int
    kind: str


@cache
def check_redaction(options: RedactOptions) -> None:
    """Raises the error of wrong or impossible options before there is any work.

    Raises:
        UsageError: a kind or a region that does not exist.
        MissingExtraError: regions were given and the package they need is missing.
    """
    for kind in options.kinds:
        if kind not in REDACTED:
            raise UsageError(f"cannot redact {kind!r}: use {', '.join(REDACTED)}")
    if options.regions:
        check_regions(options.regions)


def redact(text: str, options: RedactOptions = _DEFAULT) -> Redacted:
    """The text with e-mail addresses, telephone and other numbers replaced.

    Raises:
        UsageError: a kind or a region that does not exist.
        MissingExtraError: regions were given and the package they need is missing.
    """
    check_redaction(options)
    counts: Counter[str] = Counter()
    parts, done = [], 0
    while suspect := SUSPECT.search(text, done):
        start = text.rfind("\n", done, suspect.start()) + 1 or done
        end = text.find("\n", suspect.end())
        end = end if end >= 0 else len(text)
        parts += [text[done:start], _redact_line(text[start:end], options, counts)]
        done = end
    return Redacted("".join([*parts, text[done:]]), _in_order(counts))


def redact_document(document: Document, options: RedactOptions = _DEFAULT) -> Document:
    """The document with its text and its fields redacted.

    What was replaced is counted by kind in the extra metadata, as `redacted`. The id
    and the path stay: they say where the document lies. Dropped documents are redacted
    too: a corpus keeps them beside the others.
    """
    total: Counter[str] = Counter()

    def plain(text: str) -> str:
        done = redact(text, options)
        total.update(done.counts)
        return done.text

    known = document.metadata
    text, title, url = plain(document.text), plain(document.title), plain(document.url)
    author, site = plain(known.author), plain(known.site)
    extra = _redact_extra(document, plain)
    if REMOVED_SPANS in extra:
        # What is no longer in the text is not counted.
        spans = _redact_value(extra[REMOVED_SPANS], lambda t: redact(t, options).text)
        document = document.with_extra(**{REMOVED_SPANS: spans})
        extra[REMOVED_SPANS] = spans
    if not total:
        return document
    if text != document.text:
        document = document.with_text(text)
    document = replace(document, title=title, url=url)
    before = extra.get("redacted")
    total.update(before if isinstance(before, dict) else {})
    extra["redacted"] = _in_order(total)
    return document.with_metadata(author=author, site=site, extra=dump_extra(extra))


def _redact_extra(document: Document, plain: Callable[[str], str]) -> dict[str, Any]:
    """The extra metadata with the strings in it redacted."""
    values = document.extra()
    if not SUSPECT.search(document.metadata.extra):
        return values
    return {
        key: value if key in _OWN_EXTRA else _redact_value(value, plain)
        for key, value in values.items()
    }


def _redact_value(value: Any, plain: Callable[[str], str]) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value with its strings redacted."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_redact_value(item, plain) for item in value]
    if isinstance(value, dict):
        return {key: _redact_value(item, plain) for key, item in value.items()}
    return value


def _in_order(counts: Counter[str]) -> dict[str, int]:
    return {kind: counts[kind] for kind in REDACTED if counts[kind]}


def _redact_line(line: str, options: RedactOptions, counts: Counter[str]) -> str:
    """The line with a token for each thing found in it."""
    for _ in range(_MAX_PASSES):
        found = _find(line, options)
        if not found:
            break
        parts, end = [], 0
        for item in found:
            parts += [line[end : item.start], f"<{item.kind.upper()}>"]
            counts[item.kind] += 1
            end = item.end
        line = "".join([*parts, line[end:]])
    return line


def _find(line: str, options: RedactOptions) -> list[_Found]:
    """What is to be replaced, in order; where two overlap the surer one is taken."""
    plain = Plain(line if line.isascii() else line.translate(WIDE))
    taken = bytearray(len(line))
    found = []
    for kind, finder in FINDERS:
        if kind not in options.kinds:
            continue
        for start, end in finder(plain, options.regions):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(_Found(start, end, kind))
    return sorted(found)
