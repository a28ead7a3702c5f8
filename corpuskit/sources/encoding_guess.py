"""The encoding of bytes that are not valid UTF-8 and have no certain sign.

In this order: UTF-8 with a cut tail; lines in two encodings; UTF-8 with some damage;
the label of a page, where it decodes and the detector does not see something much
likelier in the page without its tags; the detector's answer; and where that is not
Chinese, Japanese or Korean, those once more without the few bytes that speak against
them. The detector sees a bounded sample; a codec is tried on the whole.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from corpuskit.sources.decoded import (
    BINARY,
    Decoded,
    count_high,
    decode_clean,
    decode_with,
)
from corpuskit.sources.encoding_labels import codec_of, find_label, is_web_codec
from corpuskit.sources.encoding_lines import decode_by_line
from corpuskit.sources.encoding_odd import oddness
from corpuskit.sources.encoding_unusual import is_binary
from corpuskit.sources.encoding_utf8 import decode_damaged_utf8

_WINDOW_BYTES = 1 << 16
_SAMPLE_BYTES = 1 << 14
_TAG = re.compile(rb"<[!/?a-z][^<>]{0,2000}>", re.I)
_SCRIPT = re.compile(rb"<(script|style)\b")

# What a detected name is decoded with: the wider table that the web uses, and codecs
# for the few pages that need another one of the family.
_FAMILIES = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "gb18030": ("gb18030",),
    "big5": ("cp950", "big5hkscs"),
    "cp950": ("cp950", "big5hkscs"),
    "big5hkscs": ("cp950", "big5hkscs"),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "cp932": ("cp932", "shift_jis_2004"),
    "shift_jis_2004": ("cp932", "shift_jis_2004"),
    "euc_jp": ("euc_jp", "euc_jis_2004"),
    "euc_jis_2004": ("euc_jp", "euc_jis_2004"),
    "euc_kr": ("cp949",),
    "cp949": ("cp949",),
    "iso8859-1": ("cp1252", "iso8859-1"),
    "cp1252": ("cp1252", "iso8859-1"),
    "iso8859-9": ("cp1254", "iso8859-9"),
    "tis-620": ("cp874", "iso8859-11"),
    "iso8859-11": ("cp874", "iso8859-11"),
}
_CJK = ("gb18030", "cp950", "cp932", "euc_jp", "cp949")
_CJK_NAMES = {n for n, family in _FAMILIES.items() if family[0] in _CJK} | {"johab"}

# Code pages of mainframes; text without their blank, or with line ends of others, is in
# none of them.
_EBCDIC = frozenset(("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"))
_EBCDIC_BLANK, _BLANKS = b"\x40", 0.05

# A label is believed unless the detector finds another encoding this much likelier.
_LABEL_SHARE = 0.5
# Encodings that are this close to the likeliest are told apart by how odd they read;
# below the second confidence the detector has seen next to nothing.
_NEAR_SHARE = 0.95
_UNSURE, _UNSURE_SHARE = 0.1, 0.6
# Damaged CJK text gets answers of no more than about half this confidence.
_MAYBE_DAMAGED = 0.2
_MOST_CUT = 0.05
_FIRST_LOOK = 512
_LONGEST_CUT = 3


@dataclass(frozen=True)
class _Bytes:
    """Bytes to be guessed at, and what is needed of them more than once."""

    data: bytes
    first_bad: int

    @cached_property
    def sample(self) -> bytes:
        """A bounded part that tells most: lines with high bytes, without tags."""
        start = 0 if self.first_bad < _WINDOW_BYTES // 2 else self.first_bad - 1024
        part = self.data[start : start + _WINDOW_BYTES].replace(b"\x00", b"")
        if b"<" in part:
            stripped = _TAG.sub(b" ", _without_scripts(part))
            part = part if stripped.isascii() else stripped
        if len(part) > _SAMPLE_BYTES and count_high(part) * 4 < len(part):
            lines = part.splitlines(keepends=True)
            part = b"".join(line for line in lines if not line.isascii())
        return part[:_SAMPLE_BYTES]

    @cached_property
    def ranking(self) -> dict[str, float]:
        """Detected codecs and their confidence, likeliest first."""
        return _ranking(self.sample)

    @cached_property
    def likeliest(self) -> tuple[str, float]:
        """The codec that the detector names, and its confidence."""
        return _detect(self.sample)


def _without_scripts(page: bytes) -> bytes:
    lower = page.lower()
    parts, place = [], 0
    for match in _SCRIPT.finditer(lower):
        if match.start() < place:
            continue
        stop = lower.find(b"</" + match[1], match.end())
        if stop < 0:
            break
        parts.append(page[place : match.start()])
        place = stop
    return b" ".join((*parts, page[place:]))


def guess(data: bytes, error: UnicodeDecodeError, declared: str = "") -> Decoded:
    """The text of bytes that are not valid UTF-8.

    Args:
        data: the bytes.
        error: what strict UTF-8 said.
        declared: a label from outside.
    """
    if is_binary(data):
        return BINARY
    found = decode_damaged_utf8(data, error, best_codec)
    return found or _guess_legacy(_Bytes(data, error.start), declared)


def best_codec(data: bytes) -> str:
    """The codec that the detector names for all of these bytes; "" if none fits."""
    found = _decode_as(data, _detect(data[:_SAMPLE_BYTES])[0])
    return found.encoding if found else ""


def _guess_legacy(given: _Bytes, declared: str) -> Decoded:
    found = _labelled(given, declared)
    if found:
        return found
    sure = given.likeliest[1]
    name = _least_odd(given)
    found = _decode_as(given.data, name)
    if not found or (name not in _CJK_NAMES and sure < _MAYBE_DAMAGED):
        codec = _cjk_but_for_damage(given)
        found = decode_with(given.data, codec) if codec else found
    if found and _is_stray(given, found):
        return decode_with(given.data, "utf-8")
    if not found or found.n_replaced > _LONGEST_CUT:
        found = decode_by_line(given.data, best_codec) or found
    return found or decode_with(given.data, _FAMILIES.get(name, (name,))[0])


def _is_stray(given: _Bytes, found: Decoded) -> bool:
    """Whether a page of ASCII that says it is UTF-8 has a few bytes of rubbish in it.

    As letters of another encoding they would sit oddly in the words around them.
    """
    label = find_label(given.data)
    if not label or label.codec != "utf-8" or found.encoding in _CJK:
        return False
    text = given.sample.decode(found.encoding, "replace")
    return oddness(text) * 3 >= count_high(given.sample)


def _detect(sample: bytes) -> tuple[str, float]:
    """Python's name of the likeliest codec, and the confidence in it."""
    import chardet

    found = chardet.detect(sample, prefer_superset=False, compat_names=False)
    name, sure = found["encoding"] or "cp1252", found["confidence"]
    if name not in _EBCDIC or _has_ebcdic_blanks(sample):
        return name, sure
    others = _ranking(sample)
    best = max(others, key=lambda name: others[name], default="cp1252")
    return best, others.get(best, 0.0)


def _has_ebcdic_blanks(sample: bytes) -> bool:
    n_blanks = sample.count(_EBCDIC_BLANK)
    return n_blanks >= _BLANKS * len(sample) and n_blanks > 4 * sample.count(b"\n")


def _ranking(sample: bytes) -> dict[str, float]:
    """All codecs that the detector thinks possible, likeliest first."""
    import chardet

    results = chardet.detect_all(
        sample, ignore_threshold=True, prefer_superset=False, compat_names=False
    )
    ranked = {r["encoding"]: r["confidence"] for r in results if r["encoding"]}
    if _has_ebcdic_blanks(sample):
        return ranked
    return {name: sure for name, sure in ranked.items() if name not in _EBCDIC}


def _decode_as(data: bytes, name: str) -> Decoded | None:
    """The text in a codec of this family that all of the bytes are of."""
    codecs = _FAMILIES.get(name, (name,))
    return next(filter(None, (decode_clean(data, codec) for codec in codecs)), None)


def _labelled(given: _Bytes, declared: str) -> Decoded | None:
    label = find_label(given.data)
    name = codec_of(declared) or (label.codec if label else "")
    found = _decode_as(given.data, name) if name else None
    if not found:
        return None
    family = _family(name)
    detected, sure = given.likeliest
    if not family.isdisjoint(_family(detected)):
        return found
    alike = (c for n, c in given.ranking.items() if not family.isdisjoint(_family(n)))
    return found if max(alike, default=0.0) >= _LABEL_SHARE * sure else None


def _family(name: str) -> set[str]:
    return set(_FAMILIES.get(name, (name,)))


def _least_odd(given: _Bytes) -> str:
    """The detected name, or of those about as likely the one that reads least oddly.

    Only asked where the detector is unsure, or names a codec that the web never had.
    """
    name, sure = given.likeliest
    if name in _CJK_NAMES or (sure > _UNSURE and is_web_codec(name)):
        return name
    least = sure * (_NEAR_SHARE if sure > _UNSURE else _UNSURE_SHARE)
    near = [name for name, c in given.ranking.items() if c >= least]
    texts = {name: given.sample.decode(name, "replace") for name in near}
    return min(near, key=lambda name: oddness(texts[name]), default=name)


def _cjk_but_for_damage(given: _Bytes) -> str:
    """The CJK codec that the bytes are of, but for a few that are damaged."""
    best, confidence = "", 0.0
    for codec in _CJK:
        if _n_bad(given.sample[:_FIRST_LOOK], codec) * 50 > _FIRST_LOOK:
            continue
        text = given.sample.decode(codec, "replace")
        n_bad = text.count("\ufffd")
        if not n_bad or n_bad > max(_MOST_CUT * len(text), 1):
            continue
        cleaned = text.replace("\ufffd", "").encode(codec, "ignore")
        found, sure = _detect(cleaned)
        if codec in _family(found) and sure > confidence:
            best, confidence = codec, sure
    return best


def _n_bad(data: bytes, codec: str) -> int:
    return data.decode(codec, "replace").count("\ufffd")
