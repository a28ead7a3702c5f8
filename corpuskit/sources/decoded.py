"""Text of bytes in a known encoding, with each byte counted that is not of it."""

import codecs
import re
import threading

import msgspec

REPLACEMENT = "\ufffd"
HIGH = bytes(range(128, 256))
_HANDLER = "corpuskit.count"
_counts = threading.local()


class Decoded(msgspec.Struct, frozen=True):
    """Text of some bytes.

    Attributes:
        text: the text, without its byte order mark; "" for binary.
        encoding: Python codec name, or `binary`.
        n_replaced: bytes that could not be decoded; each stands as one U+FFFD.
    """

    text: str
    encoding: str
    n_replaced: int = 0


BINARY = Decoded("", "binary")
"""What bytes give that are no text."""


def decode_with(data: bytes, codec: str) -> Decoded:
    """The text in this codec; what is not of it is replaced, byte by byte."""
    _counts.replaced = 0
    text = data.decode(codec, _HANDLER).removeprefix("\ufeff")
    return Decoded(text, codec, _counts.replaced)


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    n_bytes = error.end - error.start
    _counts.replaced += n_bytes
    return REPLACEMENT * n_bytes, error.end


codecs.register_error(_HANDLER, _replace)


MARKING = "corpuskit.mark"
"""Error handler for streams: each bad byte becomes a lone surrogate, see `unmarked`."""

_MARKS = re.compile("[\udc00-\udcff]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in bad), error.end


codecs.register_error(MARKING, _mark)


def unmarked(text: str) -> tuple[str, int]:
    """Text of a marking stream with U+FFFD for each bad byte, and how many they are."""
    return _MARKS.subn(REPLACEMENT, text)


def decode_clean(data: bytes, codec: str) -> Decoded | None:
    """The text where all of the bytes are of this codec, else None.

    The last character may be cut short: its bytes are replaced and counted.
    """
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        text = decoder.decode(data, final=False)
    except UnicodeError:  # too many escapes in a row are not a UnicodeDecodeError
        return None
    n_cut = len(decoder.getstate()[0])
    return Decoded(text + REPLACEMENT * n_cut, codec, n_cut)


def count_high(data: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(data) - len(data.translate(None, HIGH))


def count_good(data: bytes) -> int:
    """How many bytes lie in valid UTF-8 sequences of two bytes and more."""
    return count_high(data.decode("utf-8", "ignore").encode())
