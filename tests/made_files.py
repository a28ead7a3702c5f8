"""Small valid files of each format, made here: for tests and as seeds to fuzz."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from functools import partial
from importlib.util import find_spec

from corpuskit._zstd import zstd

HAS_PDF = find_spec("pypdfium2") is not None
PAGE = "<html><head><title>題</title></head><body><p>本文。</p></body></html>"
PACKERS = {
    "gzip": partial(gzip.compress, mtime=0),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstandard": zstd.compress,
}
ROWS = (
    '{"id":"1","text":"春の日"}\n{"id":"2","text":"夏","date":"2024-03-25"}\n'.encode()
)


def zipped(files: dict[str, bytes | str]) -> bytes:
    """A zip archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # With a date of its own the file is the same at any time.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """A tar archive of these files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def book(order: str = "ca", pages: str = "abc") -> bytes:
    """An EPUB whose pages are read in this order."""
    items = "".join(
        f'<item id="{n}" href="{n}%20x.xhtml" media-type="application/xhtml+xml"/>'
        for n in pages
    )
    spine = "".join(f'<itemref idref="{n}"/>' for n in order)
    package = f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="O/b.opf"/>'
            "</container>",
            "O/b.opf": package,
            **{f"O/{n} x.xhtml": PAGE.replace("本文", n) for n in pages},
        }
    )


def parquet(n_rows: int = 5, group: int = 2) -> bytes:
    """A Parquet file in row groups."""
    import pyarrow.parquet

    rows = [{"text": f"第{n}行", "n": n, "raw": b"x"} for n in range(n_rows)]
    buffer = io.BytesIO()
    table = pyarrow.Table.from_pylist(rows)
    pyarrow.parquet.write_table(table, buffer, row_group_size=group)
    return buffer.getvalue()


def warc_record(
    kind: str = "response",
    headers: str = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8",
    body: bytes = PAGE.encode(),
) -> bytes:
    """One record of a web archive; `headers` are those of HTTP, or none."""
    block = headers.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body
    block = block if headers else body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{kind}\r\n"
        "WARC-Date: 2024-03-25T10:07:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: {'application/http' if headers else 'text/plain'}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def mail(charset: str = "utf-8") -> bytes:
    """A message of plain text and HTML."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"] = "春の便り", "花子 <hanako@example.org>"
    message["Date"] = "Mon, 25 Mar 2024 10:07:00 +0900"
    message.set_content("本文です。\n", charset=charset)
    message.add_alternative(PAGE, subtype="html")
    return message.as_bytes()


def mailbox() -> bytes:
    """A mailbox of two messages."""
    return b"".join(b"From a@b Mon Mar 25\n" + mail() + b"\n" for _ in range(2))


# Predefined character maps of PDF, what they are written in, and their collection.
CMAPS = {
    "GBK-EUC-H": ("gbk", "GB1"),
    "UniGB-UCS2-H": ("utf-16-be", "GB1"),
    "ETen-B5-H": ("cp950", "CNS1"),
    "90ms-RKSJ-H": ("cp932", "Japan1"),
    "EUC-H": ("euc_jp", "Japan1"),
    "UniJIS-UTF16-H": ("utf-16-be", "Japan1"),
    "KSCms-UHC-H": ("cp949", "Korea1"),
    "Identity-H": ("utf-16-be", "Identity"),
}


def pdf(
    *pages: list[str], cmap: str = "Identity-H", info: str = "", trailer: str = ""
) -> bytes:
    """A PDF of pages of lines; with Identity-H only its ToUnicode map tells the text.

    Args:
        pages: lines of each page.
        cmap: how the font maps bytes to glyphs.
        info: entries of the information dictionary.
        trailer: more entries of the trailer.
    """
    codec, ordering = CMAPS[cmap]
    to_unicode = " /ToUnicode 5 0 R" if ordering == "Identity" else ""
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /{cmap} "
        f"/DescendantFonts [4 0 R]{to_unicode} >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /F /DW 1000 /CIDSystemInfo "
        f"<< /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >> >>".encode(),
        _pdf_stream(_to_unicode({c for page in pages for line in page for c in line})),
    ]
    for number, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (7 + 2 * number)
        )
        shown = "".join(f"<{_hex(line, codec)}> Tj T*\n" for line in lines)
        objects.append(_pdf_stream(f"BT /F1 12 Tf 16 TL 50 800 Td\n{shown}ET".encode()))
    objects.append(f"<< {info} >>".encode())
    return pdf_file(objects, trailer)


def _hex(text: str, codec: str) -> str:
    return text.encode(codec).hex()


def pdf_string(text: str) -> str:
    """A string as the information dictionary of a PDF holds it."""
    return f"<feff{_hex(text, 'utf-16-be')}>"


def _to_unicode(characters: set[str]) -> bytes:
    codes = [_hex(c, "utf-16-be") for c in sorted(characters)]
    rows = "".join(f"<{code}> <{code}>\n" for code in codes)
    return (
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange\n"
        f"<0000> <FFFF>\nendcodespacerange\n{len(codes)} beginbfchar\n{rows}"
        "endbfchar\nendcmap end"
    ).encode()


def _pdf_stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def pdf_file(objects: list[bytes], trailer: str = "") -> bytes:
    """A PDF file of these objects; the last is its information dictionary."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {size} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    )
    return body + end.encode()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, **properties: str) -> bytes:
    """A Word file with this body (elements with the prefix `w:`)."""
    names = {"title": "dc:title", "creator": "dc:creator", "created": "dcterms:created"}
    told = "".join(f"<{names[k]}>{v}</{names[k]}>" for k, v in properties.items())
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Type="{relation}/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
            "</w:document>",
            "docProps/core.xml": '<cp:p xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">'
            f"{told}</cp:p>",
        }
    )


def paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:pPr><w:tab/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
