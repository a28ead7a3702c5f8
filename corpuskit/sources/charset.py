"""Which encoding bytes are in that are no UTF-8."""

from corpuskit.sources.encoding import Decoded


def guess(data: bytes, declared: str = "") -> Decoded:
    """The text of bytes that are not valid UTF-8."""
    import chardet

    name = chardet.detect(data[:65536], prefer_superset=False, compat_names=False)[
        "encoding"
    ]
    name = declared or name or "utf-8"
    if name in ("gb2312", "gbk"):
        name = "gb18030"
    text = data.decode(name, "replace")
    return Decoded(text, name, text.count("\ufffd"))
