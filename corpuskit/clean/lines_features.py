"""What a line of a flattened page looks like, as numbers for the fitted trees.

A text is given as its lines, stripped and not empty. All numbers are made for the whole
text at once: characters are looked up in one table of classes, and summed by line.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from corpuskit.clean.lines_anchors import anchor_columns
from corpuskit.clean.lines_arrays import Floats, best_segment, signed_log, window_mean
from corpuskit.clean.lines_split import (
    SENTENCE_STOPS,
    Lines,
    ends_sentence,
    is_cut,
)
from corpuskit.clean.lines_words import KINDS
from corpuskit.scripts import HANGUL, UNSPACED

Ints = npt.NDArray[np.int64]

_LETTER, _UPPER, _DIGIT, _WIDE, _STOP, _COMMA, _MARK, _SPACE, _QUOTE, _HANGUL = (
    1 << i for i in range(10)
)
_COMMAS: Final = ",;，、；،؛:："
_MARKS: Final = "|>»·•/\\<«→›‹▶►■●◆★☆※#*+=_~^@&©®™-–—﹥＞｜【】[]{}◇○□▲▼"
_QUOTES: Final = "\"'“”‘’「」『』《》„‚‹›«»()（）"
_WIDE_WORDS: Final = 0.6
_FIRST_WIDE: Final = 0x2E80
_GRAM_MASK: Final = 0x3FFFF
_LONG: Final = 12.0
_MAX_WORDS: Final = 40
WIDE_SHARE: Final = -1
"""The column with the share of characters of unspaced scripts in the whole text."""

_DATE = re.compile(
    r"\d{4}\s?[-/.年년]\s?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}:\d{2}"
    r"|\d{1,2}月\d{1,2}日|\d{1,2}\.?\s[^\W\d_]{3,10}\.?,?\s\d{4}"
    r"|[^\W\d_]{3,9}\.?\s\d{1,2},?\s\d{4}|\d+\s?\w{1,7}\s?(?:ago|前|전)"
)
_CONTACT = re.compile(
    r"https?://|www\.|\w@\w|(?<!\d)\d{3,4}[- ]\d{3,4}[- ]?\d{3,4}(?!\d)"
    r"|\.(?:jpg|png|gif|jpeg|webp|com|cn|net|org)\b"
)


@cache
def _classes() -> npt.NDArray[np.uint16]:
    """The classes of each character as bits; one row for all astral ones."""
    chars = "".join(map(chr, range(0x10000)))
    table = np.zeros(0x10001, np.uint16)
    simple = ((str.isalpha, _LETTER), (str.isupper, _UPPER), (str.isdigit, _DIGIT))
    for test, bit in (*simple, (str.isspace, _SPACE)):
        table[:-1] |= np.fromiter(map(test, chars), bool, 0x10000) * np.uint16(bit)
    sets = (
        (SENTENCE_STOPS, _STOP),
        (_COMMAS, _COMMA),
        (_MARKS, _MARK),
        (_QUOTES, _QUOTE),
    )
    ranges = ((UNSPACED, _WIDE), (HANGUL, _HANGUL))
    for inside, bit in (*((re.escape(chars), bit) for chars, bit in sets), *ranges):
        found = [match.start() for match in re.finditer(f"[{inside}]", chars)]
        table[found] |= np.uint16(bit)
    table[-1] = _LETTER | _WIDE
    return table


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over the characters of each line, and the characters themselves."""

    codes: Ints
    starts: Ints
    n_chars: Floats
    letters: Floats
    upper: Floats
    digits: Floats
    wide: Floats
    hangul: Floats
    stops: Floats
    commas: Floats
    marks: Floats
    quotes: Floats
    word_starts: Floats
    capital_words: Floats

    @property
    def words(self) -> Floats:
        """Words of each line; a character of an unspaced script is a part of one."""
        return self.word_starts + np.float32(_WIDE_WORDS) * self.wide


def count_characters(texts: list[str]) -> Counts:
    """The character counts of lines; there must be at least one line."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32).astype(
        np.int64
    )
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    kinds = _classes()[np.minimum(codes, 0x10000)]
    spaced = (kinds & (_LETTER | _DIGIT) != 0) & (kinds & _WIDE == 0)
    first = spaced.copy()
    first[1:] &= ~spaced[:-1]

    def total(flags: npt.NDArray[np.bool_]) -> Floats:
        return np.add.reduceat(flags, starts, dtype=np.float32)

    def having(bit: int) -> Floats:
        return total(kinds & bit != 0)

    return Counts(
        codes=codes,
        starts=starts,
        n_chars=(lengths - 1).astype(np.float32),
        letters=having(_LETTER),
        upper=having(_UPPER),
        digits=having(_DIGIT),
        wide=having(_WIDE),
        hangul=having(_HANGUL),
        stops=having(_STOP),
        commas=having(_COMMA),
        marks=having(_MARK),
        quotes=having(_QUOTE),
        word_starts=total(first),
        capital_words=total(first & (kinds & (_UPPER | _DIGIT) != 0)),
    )


def line_features(lines: Lines) -> tuple[Floats, Floats]:
    """The features (lines x features) of a text, and the words of each line."""
    counts = count_characters(lines.texts)
    columns = _own_columns(lines, counts)
    sentence = (counts.words >= _LONG) & (columns["end"] > 0)
    columns |= _context_columns(columns, counts.words, sentence)
    columns |= _place_columns(counts, sentence)
    columns |= anchor_columns(columns, counts.codes, counts.starts, counts.words)
    columns |= _page_columns(columns, counts, sentence)
    matrix = np.stack([np.asarray(c, np.float32) for c in columns.values()], axis=1)
    return matrix, counts.words


def _own_columns(lines: Lines, counts: Counts) -> dict[str, Floats]:
    """What each line shows by itself."""
    texts, words = lines.texts, counts.words
    n = len(texts)
    letters, chars = np.maximum(counts.letters, 1), np.maximum(counts.n_chars, 1)
    masks = np.fromiter((kinds[0] for kinds in lines.kinds), np.int64, n)
    seen = _repeats(texts)
    gaps = np.minimum(np.array([*lines.gaps, 1], np.float32), 3)
    columns = {
        "log_words": np.log1p(words),
        "log_chars": np.log1p(counts.n_chars),
        "stops": np.minimum(counts.stops, 20),
        "commas": np.minimum(counts.commas, 20),
        "stop_rate": counts.stops / np.maximum(words, 1),
        "comma_rate": counts.commas / np.maximum(words, 1),
        "digit_share": counts.digits / chars,
        "upper_share": counts.upper / letters,
        "capital_share": counts.capital_words / np.maximum(counts.word_starts, 1),
        "mark_share": counts.marks / chars,
        "quotes": np.minimum(counts.quotes, 10),
        "wide_share": counts.wide / chars,
        "hangul_share": counts.hangul / chars,
        "word_length": (counts.letters - counts.wide)
        / np.maximum(counts.word_starts, 1),
        "end": _flags(ends_sentence(t) for t in texts),
        "cut": _flags(is_cut(t) for t in texts),
        "colon": _flags(t[-1] in ":：" for t in texts),
        "lower_start": _flags(t[0].islower() for t in texts),
        "sign_start": _flags(not t[0].isalnum() for t in texts),
        "digit_start": _flags(t[0].isdigit() for t in texts),
        "date": _dates(texts, counts),
        "contact": _flags(
            w <= _MAX_WORDS and _CONTACT.search(t) is not None
            for t, w in zip(texts, words, strict=True)
        ),
        "kind_count": np.fromiter((kinds[1] for kinds in lines.kinds), np.float32, n),
        "repeats": np.log1p(seen[0]),
        "seen_before": seen[1],
        "gap_before": gaps[:-1],
        "gap_after": gaps[1:],
    }
    columns["kind_rate"] = columns["kind_count"] / np.maximum(words, 1)
    columns["date_rate"] = columns["date"] / np.maximum(words, 1)
    for number, kind in enumerate(KINDS):
        columns[f"kind_{kind}"] = (masks >> number & 1).astype(np.float32)
    return columns


def _flags(values: Iterable[bool]) -> Floats:
    return np.fromiter(values, np.float32)


def _dates(texts: list[str], counts: Counts) -> Floats:
    """Whether each line of moderate length names a date or a time."""
    some = (counts.digits > 0) & (counts.words <= _MAX_WORDS)
    return _flags(
        bool(has) and _DATE.search(text) is not None
        for text, has in zip(texts, some, strict=True)
    )


def _repeats(texts: list[str]) -> tuple[Floats, Floats]:
    """How often each line stands in the text elsewhere, and whether earlier."""
    total = Counter(texts)
    met: set[str] = set()
    earlier = []
    for text in texts:
        earlier.append(text in met)
        met.add(text)
    counts = np.fromiter((total[text] - 1 for text in texts), np.float32, len(texts))
    return counts, _flags(earlier)


def _shifted(values: Floats, by: int) -> Floats:
    """The values of the line so many lines further on; 0 beyond the ends."""
    out = np.zeros_like(values)
    if abs(by) >= len(values):
        return out
    if by > 0:
        out[:-by] = values[by:]
    else:
        out[-by:] = values[:by]
    return out


def _context_columns(
    own: dict[str, Floats], words: Floats, sentence: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """What stands around each line."""
    columns: dict[str, Floats] = {}
    for by in (-2, -1, 1, 2):
        columns[f"log_words_{by}"] = _shifted(own["log_words"], by)
        columns[f"end_{by}"] = _shifted(own["end"], by)
    for by in (-1, 1):
        for name in ("kind_rate", "date_rate", "sign_start", "repeats"):
            columns[f"{name}_{by}"] = _shifted(own[name], by)
    long = sentence.astype(np.float32)
    for reach in (2, 5, 12, 30):
        columns[f"long_{reach}"] = window_mean(long, reach)
        columns[f"words_{reach}"] = np.log1p(window_mean(words, reach))
    for reach in (3, 10):
        for name in ("kind_rate", "date_rate", "end", "repeats", "commas"):
            columns[f"{name}_near_{reach}"] = window_mean(own[name], reach)
    columns["since_long"], columns["words_since"] = _distance(sentence, words)
    after = _distance(sentence[::-1], words[::-1])
    columns["until_long"], columns["words_until"] = after[0][::-1], after[1][::-1]
    return columns


def _distance(flags: npt.NDArray[np.bool_], words: Floats) -> tuple[Floats, Floats]:
    """Lines and words between each line and the last flagged line before it (logs)."""
    index = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, index, -1))
    last = np.concatenate(([-1], last[:-1]))
    before = np.concatenate(([0.0], np.cumsum(words, dtype=np.float64)))
    lines = np.where(last >= 0, index - last, 200)
    between = np.where(last >= 0, before[index] - before[last + 1], 2000)
    return np.log1p(lines).astype(np.float32), np.log1p(between).astype(np.float32)


def _place_columns(
    counts: Counts, sentence: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """Where each line stands: in the text, and against its densest parts."""
    words = counts.words
    n = len(words)
    index = np.arange(n, dtype=np.float32)
    mass = np.where(sentence, words, np.float32(0))
    total = np.float32(max(float(mass.sum()), 1.0))
    before = (np.cumsum(mass, dtype=np.float32) - mass) / total
    columns: dict[str, Floats] = {
        "place": index / np.float32(n),
        "from_start": np.log1p(index),
        "from_end": np.log1p(n - 1 - index),
        "mass_before": before,
        "mass_after": (1 - before - mass / total).astype(np.float32),
    }
    value = words * np.where(sentence, 1.0, 0.4)
    for name, cost in (("wide", 6.0), ("tight", 18.0)):
        start, end = best_segment(value - np.float32(cost))
        columns[f"{name}_inside"] = ((index >= start) & (index <= end)).astype(
            np.float32
        )
        columns[f"{name}_from_start"] = signed_log(index - start)
        columns[f"{name}_from_end"] = signed_log(index - end)
        columns[f"{name}_share"] = np.full(n, mass[start : end + 1].sum() / total)
        if name == "tight":
            columns["shared"] = _shared_grams(counts, start, end)
    return columns


def _shared_grams(counts: Counts, start: int, end: int) -> Floats:
    """Share of the character fourgrams of each line that the densest part has too.

    Pairs of characters count for unspaced scripts. A line of that part is compared with
    its other lines.
    """
    codes, starts = counts.codes, counts.starts
    n = len(starts)
    grams = codes * 31 + np.roll(codes, -1) * 1009
    longer = grams + np.roll(codes, -2) * 30011 + np.roll(codes, -3) * 7
    grams = np.where(codes > _FIRST_WIDE, grams, longer) & _GRAM_MASK
    stop = starts[end + 1] if end + 1 < n else len(codes)
    core = slice(starts[start], stop)
    frequency = np.bincount(grams[core], minlength=_GRAM_MASK + 1)
    shared = frequency[grams]
    shared[core] -= 1
    hits = np.add.reduceat(shared > 0, starts, dtype=np.float32)
    share: Floats = hits / (counts.n_chars + np.float32(1))
    return share


def _page_columns(
    own: dict[str, Floats], counts: Counts, sentence: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """What the whole text is like; the same for all its lines."""
    words = counts.words
    n, total = len(words), max(float(words.sum()), 1.0)
    values = {
        "page_lines": np.log1p(n),
        "page_words": np.log1p(total),
        "page_long_share": float(words[sentence].sum()) / total,
        "page_long": np.log1p(int(sentence.sum())),
        "page_line_words": np.log1p(total / n),
        "page_kinds": float(own["kind_count"].sum()) / total,
        "page_dates": float(own["date"].mean()),
        "page_repeats": float((own["repeats"] > 0).mean()),
        "page_gaps": float((own["gap_before"] > 0).mean()),
        "page_wide": float(counts.wide.sum()) / max(float(counts.n_chars.sum()), 1.0),
    }
    return {name: np.full(n, value, np.float32) for name, value in values.items()}
