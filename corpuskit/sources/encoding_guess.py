"""The encoding of bytes that are not valid UTF-8 and have no certain sign.

In this order: UTF-8 with a cut tail; lines in two encodings; UTF-8 with some damage;
the label of a page, where it decodes and the detector does not see something much
likelier in the page without its tags; the detector's answer; and where that is not
Chinese, Japanese or Korean, those once more without the few bytes that speak against
them. The detector sees a bounded sample; every codec is tried on the whole.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from corpuskit.sources.decoded import Decoded, decode_with, decodes
from corpuskit.sources.encoding_labels import codec_of, find_label
from corpuskit.sources.encoding_lines import decode_by_line
from corpuskit.sources.encoding_utf8 import decode_damaged_utf8

SAMPLE_BYTES = 1 << 16
_TAGS = re.compile(
    rb"<(script|style)\b.{0,20000}?</\1\s*>|<[!/?a-z][^<>]{0,2000}>", re.I | re.S
)

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
_CJK_NAMES = frozenset(
    name for name, family in _FAMILIES.items() if family[0] in _CJK
) | {"johab"}
# A label is believed unless the detector finds another encoding this much likelier.
_LABEL_SHARE = 0.5
_MOST_CUT = 0.01


@dataclass(frozen=True)
class _Bytes:
    """Bytes to be guessed at, and what is needed of them more than once."""

    data: bytes
    first_bad: int

    @cached_property
    def sample(self) -> bytes:
        """A bounded part with the first high bytes, without NULs, tags and scripts."""
        start = 0 if self.first_bad < SAMPLE_BYTES // 2 else self.first_bad - 1024
        part = self.data[start : start + SAMPLE_BYTES].replace(b"\x00", b"")
        if b"<" not in part:
            return part
        stripped = _TAGS.sub(b" ", part)
        return part if stripped.isascii() else stripped

    @cached_property
    def ranking(self) -> dict[str, float]:
        """Detected codecs and their confidence, likeliest first."""
        return ranking(self.sample)


def guess(data: bytes, error: UnicodeDecodeError, declared: str = "") -> Decoded:
    """The text of bytes that are not valid UTF-8.

    Args:
        data: the bytes.
        error: what strict UTF-8 said.
        declared: a label from outside.
    """
    found = decode_damaged_utf8(data, error)
    return found or _guess_legacy(_Bytes(data, error.start), declared)


def _guess_legacy(given: _Bytes, declared: str) -> Decoded:
    codec = _labelled(given, declared)
    if codec:
        return decode_with(given.data, codec)
    name = next(iter(given.ranking), "cp1252")
    codec = _fitting(given.data, name)
    if not codec or name not in _CJK_NAMES:
        codec = _cjk_but_for_damage(given, name) or codec
    if not codec:
        by_line = decode_by_line(given.data, lambda part: best_codec(part))
        if by_line:
            return by_line
    return decode_with(given.data, codec or _FAMILIES.get(name, (name,))[0])


def best_codec(data: bytes) -> str:
    """The codec that the detector names for all of these bytes; "" if none fits."""
    name = next(iter(ranking(data[:SAMPLE_BYTES])), "")
    return _fitting(data, name) if name else ""


def ranking(sample: bytes) -> dict[str, float]:
    """Python codecs and the confidence of the detector in them, likeliest first."""
    import chardet

    results = chardet.detect_all(
        sample, ignore_threshold=True, prefer_superset=False, compat_names=False
    )
    return {r["encoding"]: r["confidence"] for r in results if r["encoding"]}


def _fitting(data: bytes, name: str) -> str:
    """The codec of this family that all of the bytes are of; "" if none is."""
    return next((c for c in _FAMILIES.get(name, (name,)) if decodes(data, c)), "")


def _labelled(given: _Bytes, declared: str) -> str:
    label = find_label(given.data)
    name = codec_of(declared) or (label.codec if label else "")
    codec = _fitting(given.data, name) if name else ""
    if not codec:
        return ""
    best = next(iter(given.ranking.values()), 0.0)
    family = set(_FAMILIES.get(name, (name,)))
    confidence = max(
        (c for n, c in given.ranking.items() if family & set(_FAMILIES.get(n, (n,)))),
        default=0.0,
    )
    return codec if confidence >= _LABEL_SHARE * best else ""


def _cjk_but_for_damage(given: _Bytes, name: str) -> str:
    """The CJK codec that the bytes are of, but for a few that are damaged."""
    for codec in _CJK:
        text = given.sample.decode(codec, "replace")
        n_bad = text.count("\ufffd")
        if not n_bad or n_bad > max(_MOST_CUT * len(text), 1):
            continue
        cleaned = text.replace("\ufffd", "").encode(codec, "ignore")
        found = next(iter(ranking(cleaned)), "")
        if codec in _FAMILIES.get(found, ()):
            return codec
    return ""
