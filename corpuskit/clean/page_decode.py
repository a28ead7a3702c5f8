"""Text of the bytes of a page: BOM, strict UTF-8, declared charset, then a guess."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = tuple(bom for bom, _ in _BOMS)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})",
    re.IGNORECASE,
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
_WESTERN = frozenset(("cp1252", "cp1254", "iso8859-15", "latin_1"))
_SAMPLE_BYTES = 1 << 16
_MAX_BAD = 0.01


def may_be_utf8(page: bytes) -> bool:
    """Whether a page has no BOM: that of UTF-8 would become a part of its text."""
    return not page.startswith(_MARKS)


def decode_page(page: bytes) -> str:
    """The text of a page; characters that cannot be read become U+FFFD."""
    for bom, name in _BOMS:
        if page.startswith(bom):
            return page[len(bom) :].decode(name, "replace")
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(page)


def _decode(page: bytes) -> str:
    """The text of bytes that are no good UTF-8."""
    name = _declared(page)
    if name not in ("", "utf-8") and not (name in _WESTERN and _is_wide(page)):
        text = page.decode(name, "replace")
        if text.count("\ufffd") <= _MAX_BAD * len(text):
            return text
    text = page.decode("utf-8", "replace")
    if text.count("\ufffd") <= _MAX_BAD * len(text):
        return text
    return page.decode(_guessed(page) or name or "cp1252", "replace")


def _declared(page: bytes) -> str:
    """The charset that the page declares, as the codec that browsers use for it."""
    match = _DECLARED.search(page[:8192])
    return _codec(match[1].decode("ascii", "ignore")) if match else ""


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError, TypeError):
        return ""
    return _WIDER.get(found, found)


def _is_wide(page: bytes) -> bool:
    """Whether most high bytes stand in pairs, as in Chinese, Japanese and Korean."""
    high = re.findall(rb"[\x80-\xff]+", page[:_SAMPLE_BYTES])
    total = sum(map(len, high))
    return total > 40 and sum(len(run) for run in high if len(run) >= 4) > 0.8 * total


def _guessed(page: bytes) -> str:
    """The codec that statistics suggest for the bytes beyond ASCII."""
    import chardet

    sample = b" ".join(re.findall(rb"[^<>]{0,40}[\x80-\xff][^<>]*", page))
    name = chardet.detect(sample[:_SAMPLE_BYTES]).get("encoding")
    return _codec(name) if name else ""
