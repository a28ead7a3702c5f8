"""UTF-8 that is cut short, damaged, or mixed line by line with another encoding."""

import re
from collections.abc import Callable

from corpuskit.sources.decoded import Decoded, count_good, count_high, decode_with
from corpuskit.sources.encoding_lines import decode_by_line

_WINDOW_BYTES = 1 << 14
# Least share of the high bytes that must lie in valid sequences.
_LEAST_GOOD = 0.6
_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def decode_damaged_utf8(
    data: bytes, error: UnicodeDecodeError, codec_of: Callable[[bytes], str]
) -> Decoded | None:
    """The text of UTF-8 that is not all valid; None where it is no UTF-8.

    Args:
        data: the bytes.
        error: what strict UTF-8 said.
        codec_of: names the codec that all of some bytes are of, or "".
    """
    if _is_cut_tail(data, error):
        return decode_with(data, "utf-8")
    if _SURROGATES.match(data, error.start) and (found := _joined_surrogates(data)):
        return found
    start = max(0, error.start - _WINDOW_BYTES // 2)
    window = data[start : start + _WINDOW_BYTES]
    n_high, n_good = count_high(window), count_good(window)
    if n_good * 20 < n_high:
        return None  # hardly a valid sequence: the usual case, told at little cost
    if decode_by_line(window, codec_of) and (found := decode_by_line(data, codec_of)):
        return found
    if n_good < _LEAST_GOOD * n_high:
        return None
    return decode_with(data, "utf-8")


def _is_cut_tail(data: bytes, error: UnicodeDecodeError) -> bool:
    if error.reason != "unexpected end of data" or len(data) - error.start > 3:
        return False
    return not data[: error.start].isascii()


def _joined_surrogates(data: bytes) -> Decoded | None:
    """The text of CESU-8, where a surrogate pair is written as two characters."""
    try:
        text = data.decode("utf-8", "surrogatepass")
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeError:
        return None
    return Decoded(text, "utf-8")
