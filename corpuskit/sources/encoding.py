"""Bytes to text: which encoding they are in, and what could not be decoded.

What is certain comes first and costs next to nothing: byte order marks, the magic
numbers of binary files, escape codes, NULs in every second byte, valid UTF-8. Only
what is left is guessed at, in `encoding_guess`.
"""

from corpuskit.errors import UsageError
from corpuskit.sources.decoded import BINARY, Decoded, decode_with

__all__ = ["BINARY", "Decoded", "decode"]

_UTF8_BOM = b"\xef\xbb\xbf"
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (_UTF8_BOM, "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_BOM_STARTS = tuple(bom for bom, _ in _BOMS)
_MAGIC = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"%PDF-", b"\x7fELF",
    b"\x1f\x8b\x08", b"BZh9", b"BZh6", b"\xfd7zXZ\x00", b"(\xb5/\xfd", b"PK\x03\x04",
    b"PK\x05\x06", b"PK\x07\x08", b"7z\xbc\xaf'\x1c", b"Rar!\x1a\x07",
    b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\x00",
    b"OggS\x00", b"fLaC\x00", b"ID3\x02", b"ID3\x03", b"ID3\x04", b"\x00asm", b"wOFF",
    b"wOF2", b"\x1aE\xdf\xa3", b"PAR1", b"\x93NUMPY", b"\x89HDF\r\n",
    b"\x00\x00\x01\x00", b"8BPS\x00", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa",
    b"II*\x00", b"MM\x00*", b"\x04\x22M\x18", b"ARROW1\x00", b"dex\n", b"FLV\x01",
    b"MSCF\x00", b"!<arch>\n", b"\x00\x01\x00\x00\x00",
)  # fmt: skip
_MARKED_STARTS = frozenset(mark[:1] for mark in (*_BOM_STARTS, *_MAGIC))
_HEAD_BYTES = 1024
# Control characters that text may hold: tab, line ends, form feed, escape, SO, SI, and
# the end-of-file mark of DOS.
_TEXT_CONTROLS = b"\t\n\r\x0c\x1b\x0e\x0f\x1a"
_NOT_TEXT = bytes(set(range(32)) - set(_TEXT_CONTROLS))


def decode(data: bytes, *, encoding: str = "", declared: str = "") -> Decoded:
    """The text of bytes in any encoding.

    Args:
        data: the bytes of a whole file.
        encoding: forces this codec.
        declared: a label from outside, as in an HTTP header; believed when it fits.

    Raises:
        UsageError: `encoding` names no codec of text that Python knows.
    """
    if encoding:
        return _forced(data, encoding)
    if data[:1] in _MARKED_STARTS:
        if data.startswith(_BOM_STARTS):
            return _marked(data)
        if data.startswith(_MAGIC):
            return BINARY
    if has_odd_bytes(data) or b"\x1b" in data:
        certain = _unusual(data)
        if certain:
            return certain
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        from corpuskit.sources.encoding_guess import guess

        return guess(data, error, declared)
    if text.isascii() and (b"+" in data or b"~{" in data):
        return _unusual(data) or Decoded(text, "utf-8")
    return Decoded(text, "utf-8")


def has_odd_bytes(data: bytes) -> bool:
    """Whether there is a NUL, or near the start a control character, not of text."""
    head = data[:_HEAD_BYTES]
    return b"\x00" in data or len(head.translate(None, _NOT_TEXT)) != len(head)


def _forced(data: bytes, encoding: str) -> Decoded:
    from corpuskit.sources.encoding_labels import python_codec

    codec = python_codec(encoding)
    if not codec:
        raise UsageError(f"unknown encoding {encoding!r}: give a Python codec name")
    return decode_with(data, codec)


def _marked(data: bytes) -> Decoded:
    """The text of bytes with a byte order mark."""
    codec = next(codec for bom, codec in _BOMS if data.startswith(bom))
    return decode_with(data, codec)


def _unusual(data: bytes) -> Decoded | None:
    """The text of ISO-2022, HZ, UTF-7, or unmarked UTF-16 and -32; BINARY; or None."""
    from corpuskit.sources.encoding_unusual import find_unusual

    return find_unusual(data)
