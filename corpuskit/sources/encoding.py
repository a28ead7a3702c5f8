"""Bytes to text: which encoding they are in, and what could not be decoded."""

import codecs
from dataclasses import dataclass

from corpuskit.errors import UsageError


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of some bytes.

    Attributes:
        text: the text, without its byte order mark; "" for binary.
        encoding: Python codec name, or `binary`.
        n_replaced: bytes that could not be decoded and stand as U+FFFD.
    """

    text: str
    encoding: str
    n_replaced: int = 0


def decode(data: bytes, *, encoding: str = "", declared: str = "") -> Decoded:
    """The text of bytes in any encoding.

    Args:
        data: the bytes of a whole file.
        encoding: forces this codec.
        declared: a label from outside, as in an HTTP header; believed when it fits.

    Raises:
        UsageError: `encoding` is no codec that Python knows.
    """
    if encoding:
        return _forced(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        from corpuskit.sources.charset import guess

        return guess(data, declared)
    return Decoded(text.removeprefix("\ufeff"), "utf-8")


def _forced(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        return Decoded(data.decode(name), name)
    except LookupError as error:
        raise UsageError(
            f"unknown encoding {encoding!r}: give a Python name"
        ) from error
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, name, text.count("\ufffd"))
