"""Encodings known by their shape: ISO-2022, HZ, UTF-7, -16, -32; and what is binary.

Asked for bytes that hold control characters or escapes.
"""

import re
from collections import Counter

from corpuskit.sources.decoded import (
    BINARY,
    Decoded,
    count_high,
    decode_clean,
    decode_with,
)

_SAMPLE_BYTES = 1 << 16
_WIDE_SAMPLE = 4096
# Share of control characters above which bytes are no text.
_MOST_CONTROLS = 0.02
_MOST_NULS = 0.1
_ODD = bytes(sorted(set(range(1, 32)) - set(b"\t\n\r\x08\x0c\x1b\x0e\x0f\x1a")))

_KOREAN = b"\x1b$)C"
_ISO_2022 = re.compile(rb"\x1b(?:\$[@AB]|\$\([@ABDOPQ]|\([IJ]|\.[AF])")
_ISO_2022_CODECS = ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004")
_HZ = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e])+)~\}")

_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3}(?:-|[A-Za-z0-9+/]{2})")

# Characters that tell real UTF-16 from bytes that merely pair up.
_MARKS = frozenset(" \n\r\t\u3000\u3001\u3002\uff0c\uff0e\u2019\u060c\u0964")
_COMMON = ((0x20, 0x7F), (0x2000, 0x2070), (0x3000, 0x3100), (0xFF00, 0xFFF0))
_AREAS = (
    (0xA0, 0x250), (0x370, 0x400), (0x400, 0x530), (0x530, 0x590), (0x590, 0x600),
    (0x600, 0x780), (0x900, 0xE00), (0xE00, 0x1000), (0x1000, 0x10A0), (0x10A0, 0x1100),
    (0x1200, 0x13A0), (0x1780, 0x18B0), (0x1E00, 0x1F00), (0x1F00, 0x2000),
    (0x3400, 0xA000), (0xAC00, 0xD7B0),
)  # fmt: skip
_COHERENT = 0.85
_LEAST_ODD, _LEAST_HIGH, _LEAST_FILL = 0.02, 0.2, 0.35
_KANA_PAGE, _LAST_PAGE = 0x30, 0x10


def find_unusual(data: bytes) -> Decoded | None:
    """The text of such an encoding, or BINARY; None where neither shows."""
    return _escaped(data) or _wide(data) or (BINARY if is_binary(data) else None)


def is_binary(data: bytes) -> bool:
    """Whether so many control characters show that this cannot be text."""
    sample = data[:_SAMPLE_BYTES]
    n_odd = len(sample) - len(sample.translate(None, _ODD))
    n_nul = sample.count(0)
    return n_odd > _MOST_CONTROLS * len(sample) or n_nul > _MOST_NULS * len(sample)


def _escaped(data: bytes) -> Decoded | None:
    head = data[:_SAMPLE_BYTES]
    if not head.isascii():
        return None
    if _KOREAN in head:
        return decode_with(data, "iso2022_kr")
    if _ISO_2022.search(head):
        clean = (decode_clean(data, codec) for codec in _ISO_2022_CODECS)
        return next(filter(None, clean), None) or decode_with(data, "iso2022_jp")
    pairs = _HZ.findall(head)
    if pairs and _is_level_one(b"".join(pairs)):
        return decode_clean(data, "hz")
    return decode_clean(data, "utf-7") if _is_utf7(head) else None


def _is_utf7(head: bytes) -> bool:
    if not _UTF7.search(head):
        return False
    import chardet

    return str(chardet.detect(head)["encoding"]).lower() == "utf-7"


def _is_level_one(pairs: bytes) -> bool:
    """Whether most pairs are punctuation or everyday characters of GB 2312."""
    leads = pairs[::2]
    usual = sum(0x21 <= lead <= 0x23 or 0x30 <= lead <= 0x57 for lead in leads)
    return usual * 5 >= len(leads) * 4


def _wide(data: bytes) -> Decoded | None:
    """The text of UTF-32 or UTF-16 without a byte order mark."""
    sample = data[:_WIDE_SAMPLE]
    if len(sample) >= 8:
        for codec, zero, plane in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
            whole = sample[: len(sample) // 4 * 4]
            fits = not any(whole[zero::4]) and max(whole[plane::4]) <= 0x10
            if fits and _coherence(whole.decode(codec, "replace")) >= _COHERENT:
                return decode_with(data, codec)
    if len(sample) < 2 or not _may_be_utf16(sample):
        return None
    whole = sample[: len(sample) // 2 * 2]
    scores = {
        codec: _score(whole.decode(codec, "replace"))
        for codec in ("utf-16-le", "utf-16-be")
    }
    best = max(scores, key=lambda codec: scores[codec])
    return decode_with(data, best) if scores[best] >= _COHERENT else None


def _may_be_utf16(sample: bytes) -> bool:
    """Whether the bytes show what text of one byte a character does not have.

    The high bytes of one script fill every second place with one value; or low bytes
    are spread over all values, a tenth of them below 32 and half of them above 127.
    """
    n_odd = len(sample) - len(sample.translate(None, _ODD + b"\x00"))
    share_high = count_high(sample) / len(sample)
    if n_odd > _LEAST_ODD * len(sample) and share_high > _LEAST_HIGH:
        return True
    for places in (sample[::2], sample[1::2]):
        value, count = Counter(places).most_common(1)[0]
        is_page = value < _LAST_PAGE or (value == _KANA_PAGE and share_high > 0.05)
        if is_page and count > _LEAST_FILL * len(places):
            return True
    return False


def _score(text: str) -> float:
    """Coherence, and a bonus for spaces, line ends and full stops; 0.0 if too low."""
    coherence = _coherence(text)
    if coherence < _COHERENT:
        return 0.0
    return coherence + sum(c in _MARKS for c in text) / len(text)


def _coherence(text: str) -> float:
    """Share of characters that are common ones or of the one script most used."""
    if not text:
        return 0.0
    counts = Counter(text)
    codes = [(ord(c), n) for c, n in counts.items() if c not in _MARKS]
    n_marks = len(text) - sum(n for _, n in codes)
    n_common = sum(n for code, n in codes if any(a <= code < b for a, b in _COMMON))
    n_area = max(sum(n for code, n in codes if a <= code < b) for a, b in _AREAS)
    return (n_marks + n_common + n_area) / len(text)
