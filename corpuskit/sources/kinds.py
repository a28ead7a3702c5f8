"""What kind of file some bytes are: by content first, then by name."""

import re

import msgspec

HEAD_BYTES = 1 << 16
"""How much of a file is looked at to tell its kind."""


class Format(msgspec.Struct, frozen=True):
    """A kind of input that can be read.

    Attributes:
        name: what people call it.
        suffixes: usual endings of file names.
        extra: the optional extra that reads it; "" when none is needed.
    """

    name: str
    suffixes: tuple[str, ...]
    extra: str = ""


_FORMATS = (
    Format("text", (".txt", ".text")),
    Format("markdown", (".md", ".markdown", ".mdown", ".mkd")),
    Format("html", (".html", ".htm", ".xhtml", ".xht", ".shtml")),
    Format("xml", (".xml", ".rss", ".atom")),
    Format("jsonl", (".jsonl", ".ndjson", ".jsonlines")),
    Format("json", (".json",)),
    Format("gzip", (".gz",)),
    Format("bzip2", (".bz2",)),
    Format("xz", (".xz", ".lzma")),
    Format("zstandard", (".zst", ".zstd")),
    Format("csv", (".csv", ".tsv")),
    Format("parquet", (".parquet",), "parquet"),
    Format("warc", (".warc", ".warc.gz"), "warc"),
    Format("epub", (".epub",)),
    Format("mail", (".eml", ".mbox")),
    Format("pdf", (".pdf",), "office"),
    Format("docx", (".docx", ".docm", ".dotx")),
    Format("zip", (".zip",)),
    Format("tar", (".tar", ".tgz", ".tbz2", ".txz", ".tzst")),
)


_MANY = ("parquet", "warc")


def formats() -> list[Format]:
    """The kinds of input that can be read."""
    return list(_FORMATS)


_PACKED = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_TAR_MAGIC = slice(257, 262)
_MARKUP_NAMES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".asp", ".aspx", ".php")
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
_ROW_NAMES = (".jsonl", ".ndjson", ".jsonlines")
_MAIL = re.compile(
    rb"^From [^\n]{1,200}\n(?:[A-Za-z-]{1,60}:[^\n]*\n|[ \t][^\n]*\n){3}"
)
_WORD_NAMES = (".docx", ".docm", ".dotx")
_WORD_PART = b"word/document.xml"
_PDF, _PDF_BYTES = b"%PDF-", 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ASSET_NAMES = (".css", ".js", ".mjs", ".map")
_PACKED_NAMES = (".gz", ".bz2", ".xz", ".zst", ".zstd", ".lzma")

# What may stand before the first tag: a mark, blanks, comments, a declaration.
_FIRST_TAG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<!--.{0,4000}?-->|<\?xml[^>]{0,400}\?>)*+"
    rb"<(!doctype\s+html|[a-z][a-z0-9]{0,9})\b[^<>]{0,4000}>",
    re.I | re.S,
)
_PAGE_TAGS = frozenset((b"html", b"head", b"body"))
_MARKUP_TAGS = frozenset(
    b"title meta link script style base div p article section main header nav table h1 "
    b"h2 h3 h4 h5 h6 ul ol dl span figure img a br center font b i strong em "
    b"blockquote pre form aside template iframe noscript".split()
)
_XML_START = b"<?xml"
_XML_TAGS = frozenset((b"rss", b"feed", b"rdf", b"tei"))
_CLOSING = re.compile(rb"</[a-z][a-z0-9]{0,15}\s*>|<br\b|<img\b|<meta\b|<p\b", re.I)
_ROW_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


def packing_of(head: bytes) -> str:
    """`gzip`, `bzip2`, `xz`, `zstandard`, `zip`, `tar`, or "" for bytes as they are."""
    if head[_TAR_MAGIC] == b"ustar":
        return "tar"
    return next((name for magic, name in _PACKED if head.startswith(magic)), "")


def unpacked_name(name: str) -> str:
    """The name without the ending of its packing: `a.jsonl.gz` gives `a.jsonl`."""
    lower = name.lower()
    for ending in _PACKED_NAMES:
        if lower.endswith(ending):
            return name[: -len(ending)]
    return name


def extra_of(name: str) -> str:
    """The extra without which tables and archives of this name are not worth a run.

    "" when none is needed; other files that need one are named as they are met.
    """
    lower = name.lower()
    needing = (kind for kind in _FORMATS if kind.name in _MANY)
    return next((k.extra for k in needing if lower.endswith(k.suffixes)), "")


def kind_of(head: bytes, name: str) -> str:
    """What reads a file: a packing, or `parquet`, `warc`, `mail` ... or `text`."""
    lower = name.lower()
    packing = packing_of(head)
    if packing == "zip" and (lower.endswith(_WORD_NAMES) or _WORD_PART in head):
        return "docx"
    if packing:
        return packing
    if _PDF in head[:_PDF_BYTES]:
        return "pdf"
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if is_asset(name):
        return "asset"
    if is_rows(head, name):
        return "jsonl"
    if lower.endswith((".csv", ".tsv")):
        return "csv"
    if lower.endswith(".mbox") or (head.startswith(b"From ") and _MAIL.search(head)):
        return "mbox"
    if lower.endswith(".eml"):
        return "mail"
    return "json" if is_json(head, name) else "text"


def is_asset(name: str) -> bool:
    """Whether the name is that of a style sheet or script, which hold no document."""
    return name.lower().endswith(_ASSET_NAMES)


def is_rows(head: bytes, name: str) -> bool:
    """Whether these are JSON objects, one a line."""
    lower = name.lower()
    if lower.endswith(_ROW_NAMES):
        return _first_tag(head) not in _PAGE_TAGS
    if not _ROW_START.match(head):
        return False
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].rstrip()
    if len(line) > HEAD_BYTES - 8 and lower.endswith(".json"):
        return False
    return line.endswith(b"}") or len(line) > HEAD_BYTES - 8


def is_json(head: bytes, name: str) -> bool:
    """Whether this is one JSON value; asked after `is_rows`."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return name.lower().endswith(".json") and start in (b"{", b"[")


def is_page(head: bytes) -> bool:
    """Whether the first tag is one that only pages begin with."""
    return _first_tag(head) in _PAGE_TAGS


def media_type_of(head: bytes, name: str) -> str:
    """Media type of text: `text/html`, `text/markdown`, `text/xml` or `text/plain`."""
    lower = name.lower()
    tag = _first_tag(head) if b"<" in head else b""
    if tag in _PAGE_TAGS:
        return "text/html"
    if lower.endswith(_MARKDOWN_NAMES):
        return "text/markdown"
    if tag in _MARKUP_TAGS and len(_CLOSING.findall(head)) > 1:
        return "text/html"
    if lower.endswith(_MARKUP_NAMES) and b"<" in head:
        return "text/html"
    start = head[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = tag in _XML_TAGS or start.startswith(_XML_START)
    return "text/xml" if is_xml else "text/plain"


def _first_tag(head: bytes) -> bytes:
    """Name of the tag that the text begins with; `html` for a doctype; else nothing."""
    match = _FIRST_TAG.match(head)
    name = match[1].lower() if match else b""
    return b"html" if name.startswith(b"!") else name
