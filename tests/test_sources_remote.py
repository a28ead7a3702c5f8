"""Inputs behind URLs: fsspec's memory file system and a web server of this process."""

import gzip
import http.server
import subprocess
import sys
import threading

import pytest

from corpuskit.errors import CorpuskitError, MissingExtraError
from corpuskit.sources import plan, read, read_split, remote
from tests import made_files as made

fsspec = pytest.importorskip("fsspec")
pytest.importorskip("aiohttp")
ROWS = b"".join(b'{"text":"row %d"}\n' % n for n in range(2000))
ANSWERS = {
    "/a.html": made.PAGE.encode(),
    "/日.html": made.PAGE.encode(),
    "/r.jsonl.gz": gzip.compress(ROWS),
    "/z.zip": made.zipped({"a.txt": "one", "b.txt": "two"}),
    "/b.pdf": made.pdf(["公园"]),
    "/cut.html": made.PAGE.encode(),
    "/cut.jsonl": ROWS * 40,
    "/stall.html": made.PAGE.encode(),
    "/large.txt": b"x" * 5000,
    "/short.txt": "שלום".encode("cp1255"),
    "/short.zip": made.zipped({"a.txt": "שלום".encode("cp1255")}),
    "/": b'<a href="/a.html">a</a> <a href="/large.txt">l</a>',
}


class Answers(http.server.BaseHTTPRequestHandler):
    """Serves ANSWERS; some break off, stall, or are refused."""

    protocol_version = "HTTP/1.1"
    stalled = threading.Event()

    def do_GET(self):
        from urllib.parse import unquote

        path = unquote(self.path).partition("?")[0]
        if path not in ANSWERS:
            self.send_error(403 if path == "/secret" else 404)
            return
        body = ANSWERS[path]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if "charset=" in self.path:
            charset = self.path.partition("charset=")[2]
            self.send_header("Content-Type", f"text/plain; charset={charset}")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body[: len(body) // 2] if "cut" in path else body[:40])
        if path == "/stall.html":
            self.wfile.flush()
            self.stalled.wait(20)
        elif "cut" not in path:
            self.wfile.write(body[40:])

    do_HEAD = do_GET

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def web():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Answers.stalled.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    files = {"a/9.html": made.PAGE.encode(), "a/10.txt": b"ten", "a/.x/y.txt": b"no"}
    for name, content in files.items():
        system.pipe(f"/corpus/{name}", content)
    yield system
    system.store.clear()


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("memory://corpus", ["corpus/a/9.html#0", "corpus/a/10.txt#0"]),
        ("memory://corpus/a/*.txt", ["a/10.txt#0"]),
        ("memory://corpus/*/9.*", ["corpus/a/9.html#0"]),
        ("memory://corpus/a/9.html", ["a/9.html#0"]),
    ],
)
def test_files_folders_and_globs_are_found(memory, url, ids):
    documents = list(read([url]))
    assert [d.id for d in documents] == ids
    assert all(d.metadata.path.startswith("memory://") for d in documents)


def test_patterns_hold_for_remote_folders(memory):
    (document,) = read(["memory://corpus"], include=("*.txt",))
    assert document.text == "ten"


@pytest.mark.parametrize("url", ["memory://corpus/none.txt", "memory://corpus/*.pdf"])
def test_what_is_not_there_is_named(memory, url):
    (document,) = read([url])
    assert document.reason == "read.missing"
    assert url in document.extra()["error"]


def test_two_folders_of_one_name_are_two_sources(memory):
    memory.pipe("/other/corpus/x.txt", b"x")
    documents = list(read(["memory://corpus", "memory://other/corpus"]))
    assert documents[-1].id == "corpus~2/x.txt#0"


def test_parquet_and_pages_of_a_memory_file_are_read(memory):
    memory.pipe("/t/a.parquet", made.parquet())
    assert len(list(read(["memory://t"]))) == 5


def test_a_web_page_is_read_and_has_its_address(web):
    (document,) = read([f"{web}/a.html?q=1"])
    assert document.text == made.PAGE
    assert document.url == document.metadata.path == f"{web}/a.html?q=1"
    assert document.id.endswith("/a.html?q=1#0")


@pytest.mark.parametrize(
    ("name", "texts"),
    [("z.zip", ["one", "two"]), ("b.pdf", ["公园"]), ("日.html", [made.PAGE])],
)
def test_files_of_the_web_are_read(web, name, texts):
    assert [d.text for d in read([f"{web}/{name}"])] == texts


@pytest.mark.parametrize(
    ("address", "is_right"),
    [
        ("short.txt?charset=windows-1255", True),
        ("short.txt?charset=iso-8859-8", True),
        ("short.txt?charset=no-such", False),
        ("short.txt", False),
        ("short.zip?charset=windows-1255", False),
        ("日.html?charset=iso-8859-1", True),
    ],
)
def test_the_charset_that_a_server_names_is_believed(web, address, is_right):
    (document,) = read([f"{web}/{address}"])
    assert (document.text in ("שלום", made.PAGE)) is is_right


def test_rows_stream_from_the_web(web):
    documents = list(read([f"{web}/r.jsonl.gz"]))
    assert [d.text for d in documents] == [f"row {n}" for n in range(2000)]
    assert documents[0].url == ""


def test_a_page_of_links_is_a_page_and_a_star_lists_it(web):
    assert [d.text for d in read([f"{web}/"])] == [ANSWERS["/"].decode()]
    assert [d.text for d in read([f"{web}/*.txt"])] == ["x" * 5000]


@pytest.mark.parametrize(
    ("name", "rule", "options"),
    [
        ("none.html", "missing", {}),
        ("secret", "permission", {}),
        ("cut.html", "truncated", {}),
        ("large.txt", "limit", {"max_document_bytes": 4000}),
        ("large.txt", "limit", {"max_unpacked_bytes": 4000}),
    ],
)
def test_faults_of_the_web_are_records(web, name, rule, options):
    (document,) = read([f"{web}/{name}"], **options)
    assert document.reason == f"read.{rule}"
    assert f"{web}/{name}: " in document.extra()["error"]


def test_rows_before_the_break_are_kept(web):
    *rows, fault = read([f"{web}/cut.jsonl"])
    assert rows[0].text == "row 0"
    assert fault.reason == "read.truncated"
    assert "broke off after" in fault.extra()["error"]


def test_a_server_that_stalls_is_named(web, monkeypatch):
    monkeypatch.setattr(remote, "STALL_S", 0.2)
    (document,) = read([f"{web}/stall.html"])
    assert document.reason == "read.truncated"


def test_a_server_that_is_not_there_is_named():
    (document,) = read(["http://127.0.0.1:9/a.html"])
    assert document.reason == "read.io"


def test_names_and_passwords_are_not_shown(web):
    (document,) = read([web.replace("://", "://me:word@") + "/a.html"])
    assert "word" not in document.url + document.metadata.path + document.id


def test_bytes_that_were_read_are_logged_with_their_hash(web):
    import hashlib

    (split,) = plan([f"{web}/a.html", f"{web}/none.html"])
    log = []
    assert len(list(read_split(split, log=log))) == 2
    (entry,) = log
    assert entry.sha256 == hashlib.sha256(ANSWERS["/a.html"]).hexdigest()
    assert (entry.documents, entry.size_bytes) == (1, len(ANSWERS["/a.html"]))


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(remote, "has_extra", lambda extra: False)
    with pytest.raises(MissingExtraError, match=r"corpuskit\[remote\]"):
        plan(["s3://bucket/a.txt"])


@pytest.mark.parametrize(("url", "told"), [("gs://b/x", "gcs"), ("nope://x", "nope")])
def test_a_file_system_without_its_package_is_named(monkeypatch, url, told):
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(CorpuskitError, match=told):
        plan([url])


def test_a_file_system_that_does_not_connect_is_named(monkeypatch):
    def refuse(url, **options):
        raise OSError("Unable to load libjvm")

    monkeypatch.setattr(fsspec, "url_to_fs", refuse)
    (document,) = read(["hdfs://host/corpus/a.txt"])
    assert document.reason == "read.io"
    assert "hdfs://host/corpus/a.txt" in document.extra()["error"]
    assert "Unable to load libjvm" in document.extra()["error"]


def test_the_command_reads_urls_and_ends_with_3_for_what_is_gone(web):
    command = [sys.executable, "-m", "corpuskit", "list", "--jobs", "2"]
    urls = [f"{web}/a.html", f"{web}/none.html"]
    done = subprocess.run([*command, *urls], capture_output=True, text=True)
    assert done.returncode == 3
    assert done.stdout.count("\n") == 1
    assert f"{web}/none.html: no such file" in done.stderr
    assert "Traceback" not in done.stderr
