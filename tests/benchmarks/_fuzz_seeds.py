"""Valid inputs that fuzzing starts from, by reader, and the name they are read by."""

import gzip

from tests import made_files as made

HAN = "公园里的樱花开得很美，许多市民带着孩子出来散步。"
FRONT = "---\ntitle: 春\ndate: 2024-03-25\ntags: [a, b]\n---\n\n本文。\n"
YAML = "---\na: &x {b: [1, 2.5, ~, yes]}\nc: *x\nd: |\n  text\ne: 2024-03-25\n---\nT\n"
TWICE = "---\n'k': \"\\u6625\"\n? key\n: - 1\n  - !!str 2\n<<: {m: 1}\n...\nBody\n"
BAD_ROWS = (
    b'{"id":9,"content":null}\n[1]\n\n{"text":"\\ud800","metadata":{"url":"u"}}\n'
    b'{"id":"a/b#0","text":"t","version":"corpuskit/1","metadata":{"extra":"{}"}}\n'
)
PLAIN_MAIL = b"Subject: =?iso-2022-jp?B?GyRCPVUbKEI=?=\nContent-Type: text/plain\n\nx\n"
HTTP = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=gbk\nContent-Encoding: gzip"

CODECS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "cp932", "euc_jp",
    "cp949", "iso2022_jp", "iso2022_kr", "hz", "utf-7", "cp950",
)  # fmt: skip


def _decoding() -> list[bytes]:
    texts = [HAN.encode(codec, "ignore") * 3 for codec in CODECS]
    page = made.PAGE.replace("<head>", "<head><meta charset=gb2312>")
    mixed = HAN.encode() + b"\n" + HAN.encode("gb18030") + b"\n"
    return [
        *texts,
        page.encode("gb18030", "ignore"),
        mixed * 3,
        "été à ".encode("cp1252"),
    ]


def _warc() -> list[bytes]:
    body = gzip.compress(made.PAGE.encode("gbk", "ignore"))
    records = [
        made.warc_record("warcinfo", "", b"software: x"),
        made.warc_record("response", HTTP, body),
        made.warc_record("conversion", "", "本文。".encode()),
        made.warc_record(),
    ]
    return [b"".join(records), b"".join(map(gzip.compress, records))]


def _packed(packing: str) -> list[bytes]:
    pack = made.PACKERS[packing]
    two = pack(made.ROWS) + pack(made.ROWS)
    return [pack(made.PAGE.encode()), two, pack(pack(made.PAGE.encode())), pack(b"")]


def _archives() -> list[bytes]:
    files = {"d/10.txt": b"ten", "d/9.html": made.PAGE.encode(), "r.jsonl": made.ROWS}
    inner = made.zipped({"a.tar": made.tarred(files), "b.gz": gzip.compress(b"x")})
    return [made.zipped(files), made.tarred(files), inner]


def _pdf() -> list[bytes]:
    info = f"/Title {made.pdf_string('題')} /CreationDate (D:20240325100700+09'00')"
    maps = ("GBK-EUC-H", "90ms-RKSJ-H", "KSCms-UHC-H", "Identity-H")
    return [made.pdf(["AB 12"], ["x"], cmap=cmap, info=info) for cmap in maps]


def _docx() -> list[bytes]:
    text = made.paragraph("第一段落")
    table = f"<w:tbl><w:tr><w:tc>{text}</w:tc></w:tr></w:tbl>"
    return [made.docx(text + table, title="題", created="2024-03-25"), made.docx(text)]


def seeds(reader: str) -> tuple[str, list[bytes]]:
    """The name that inputs of a reader are read by, and valid ones of them."""
    name, make = _READERS[reader]
    return name, make()


_READERS = {
    "decode": ("", _decoding),
    "html": ("a.html", lambda: [made.PAGE.encode(), b"<?xml version='1.0'?><a>b</a>"]),
    "text": ("a.md", lambda: [s.encode() for s in (FRONT, YAML, TWICE)]),
    "jsonl": ("a.jsonl", lambda: [made.ROWS, BAD_ROWS]),
    "json": (
        "a.json",
        lambda: [b'[{"text":"a"},{"id":3}]', b'{"body":""}'],
    ),
    "csv": ("a.csv", lambda: [b'id,text\n1,"a\nb"\n2,"c ""d"""\n', b"text\tn\nx\t1\n"]),
    "parquet": ("a.parquet", lambda: [made.parquet(), made.parquet(1, 1)]),
    "warc": ("a.warc", _warc),
    "epub": ("a.epub", lambda: [made.book()]),
    "mail": ("a.eml", lambda: [made.mail(), made.mail("iso-2022-jp"), PLAIN_MAIL]),
    "mbox": ("a.mbox", lambda: [made.mailbox()]),
    "pdf": ("a.pdf", _pdf),
    "docx": ("a.docx", _docx),
    "archive": ("a.bin", _archives),
    **{packing: ("a", lambda p=packing: _packed(p)) for packing in made.PACKERS},
}
READERS = tuple(_READERS)
