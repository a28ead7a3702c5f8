"""Small valid files of each format, made here: for tests and as seeds to fuzz."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

from corpuskit._zstd import zstd

PAGE = "<html><head><title>題</title></head><body><p>本文。</p></body></html>"
PACKERS = {
    "gzip": gzip.compress,
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
            archive.writestr(name, content)
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
