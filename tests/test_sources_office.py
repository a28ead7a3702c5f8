"""PDF and Word files: text, properties, damage, passwords, limits."""

import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.sources import read
from tests import made_files as made

pytest.importorskip("pypdfium2")
TEXTS = {
    "GB1": "公园里的樱花开得很美，许多市民带着孩子出来散步。",
    "CNS1": "公園裡的櫻花開得很美，許多市民帶著孩子出來散步。",
    "Japan1": "春になると公園の桜がきれいに咲き、カメラを持って散歩に出ます。",
    "Korea1": "봄이 되면 공원의 벚꽃이 아름답게 피어 많은 사람들이 산책을 나옵니다.",
    "Identity": "混排：公園の桜、벚꽃 café.",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENCRYPTED = (
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> "
    "/P -1 >> /ID [<00><00>]"
)


def read_bytes(tmp_path, name: str, content: bytes, **options):
    folder = tmp_path / "corpus"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return list(read([folder / name], **options))


def packed_pdf(packed: bytes) -> bytes:
    """A PDF of one page whose content is packed."""
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
    return made.pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            stream % (len(packed), packed),
            b"<< >>",
        ]
    )


@pytest.mark.parametrize("cmap", made.CMAPS)
def test_pdf_text_of_every_script_and_map_is_read(tmp_path, cmap):
    text = TEXTS[made.CMAPS[cmap][1]]
    (document,) = read_bytes(tmp_path, "a.pdf", made.pdf([text, "ABC"], [text]))
    assert document.text == f"{text}\nABC\f{text}"
    assert document.id == "corpus/a.pdf#0"
    assert document.metadata.media_type == "application/pdf"
    assert document.extra()["n_pages"] == 2


@pytest.mark.parametrize(
    ("written", "created"),
    [
        ("D:20240325100700+09'00'", "20240325T010700Z"),
        ("D:20240325100700Z", "20240325T100700Z"),
        ("D:20240325", "20240325T000000Z"),
        ("2024", "20240101T000000Z"),
        ("yesterday", ""),
        ("D:20249925100700", ""),
    ],
)
def test_pdf_properties_become_fields(tmp_path, written, created):
    title = made.pdf_string("春の 題名")
    info = f"/Title {title} /Author (Anna) /CreationDate ({written})"
    (document,) = read_bytes(tmp_path, "a.pdf", made.pdf(["x"], info=info))
    assert (document.title, document.metadata.author) == ("春の 題名", "Anna")
    assert document.created == created


@pytest.mark.parametrize("title", ["Microsoft Word - 1.doc", "untitled", "x.indd"])
def test_a_title_that_a_program_made_is_none(tmp_path, title):
    info = f"/Title ({title})"
    (document,) = read_bytes(tmp_path, "a.pdf", made.pdf(["x"], info=info))
    assert document.title == ""


@pytest.mark.parametrize(
    ("content", "rule", "options"),
    [
        (made.pdf(["x"], trailer=ENCRYPTED), "encrypted", {}),
        (made.pdf([], []), "empty", {}),
        (made.pdf(["x"])[:200], "truncated", {}),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "truncated", {}),
        (made.pdf(["x"], ["y"]), "limit", {"max_pages": 1}),
        (made.pdf(["x" * 600]), "limit", {"max_document_bytes": 500}),
        (packed_pdf(zlib.compress(bytes(1 << 26))), "limit", {}),
        (packed_pdf(zlib.compress(zlib.compress(bytes(1 << 26)))), "limit", {}),
        (packed_pdf(zlib.compress(bytes(900))), "empty", {}),
        (OLE, "binary", {}),
    ],
)
def test_pdf_files_without_text_are_records(tmp_path, content, rule, options):
    (document,) = read_bytes(tmp_path, "a.pdf", content, **options)
    assert document.reason == f"read.{rule}"
    assert "a.pdf: " in document.extra()["error"]


def test_pages_beside_a_damaged_one_are_kept_and_it_is_named(tmp_path):
    content = made.pdf(["一页"], ["二页"]).replace(b"8 0 R]", b"null ]")
    document, named = read_bytes(tmp_path, "a.pdf", content)
    assert document.text == "一页"
    assert named.reason == "read.truncated"
    assert "1 of its 2 pages" in named.extra()["error"]


def forms(depth: int, width: int) -> bytes:
    """A PDF of one page that shows a form, which shows the next, so many times each."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        b"/Resources << /XObject << /F 4 0 R >> >> >>",
    ]
    content = b"/F Do\n" * width
    for number in range(4, 4 + depth):
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject "
            b"<< /F %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
            % (number + 1, len(content), content)
        )
    text = b"BT 10 10 Td (x) Tj ET"
    objects.append(b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d >>\n"
                   b"stream\n%s\nendstream" % (len(text), text))  # fmt: skip
    return made.pdf_file([*objects, b"<< >>"])


@pytest.mark.skipif(sys.platform != "linux", reason="bounds memory as Linux does")
def test_a_pdf_that_fills_the_memory_costs_one_file(tmp_path, monkeypatch):
    monkeypatch.setattr("corpuskit.sources.pdf_process._MEMORY_BYTES", 200 << 20)
    (tmp_path / "a.pdf").write_bytes(forms(9, 9))
    (tmp_path / "b.pdf").write_bytes(made.pdf(["good"]))
    bomb, good = read([tmp_path])
    assert bomb.reason == "read.limit"
    assert "more memory or time" in bomb.extra()["error"]
    assert good.text == "good"


def test_a_pdf_without_its_reader_is_named_and_the_rest_read(tmp_path, monkeypatch):
    monkeypatch.setattr("corpuskit.sources.pdf.has_extra", lambda extra: False)
    (tmp_path / "b.txt").write_text("text")
    (tmp_path / "a.pdf").write_bytes(made.pdf(["x"]))
    missing, text = read([tmp_path])
    assert missing.reason == "read.extra"
    assert "corpuskit[office]" in missing.extra()["error"]
    assert text.keep


def test_pdf_files_in_archives_and_under_other_names_are_read(tmp_path):
    content = made.zipped({"a/b": made.pdf(["x"]), "c.docx": made.docx(PARAGRAPHS)})
    pdf, word = read_bytes(tmp_path, "a.zip", content)
    assert pdf.text == "x"
    assert pdf.id == "corpus/a.zip/a/b#0"
    assert word.text == "第一段落\n二"


def run(content: str) -> str:
    return f"<w:p><w:r>{content}</w:r></w:p>"


PARAGRAPHS = made.paragraph("第一段落") + made.paragraph("二")
TABLE = (
    f"<w:tbl><w:tr><w:tc>{made.paragraph('甲')}</w:tc><w:tc>{made.paragraph('乙')}"
    "</w:tc></w:tr></w:tbl>"
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (PARAGRAPHS, "第一段落\n二"),
        (TABLE, "甲\t乙"),
        (run("<w:ins><w:r><w:t>入</w:t></w:r></w:ins>"), "入"),
        (run("<w:sdt><w:sdtContent><w:t>型</w:t></w:sdtContent></w:sdt>"), "型"),
        (run("<w:del><w:r><w:t>旧</w:t></w:r></w:del><w:t>新</w:t>"), "新"),
        (run("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"), "a\tb\nc"),
        (run("<w:ruby><w:rt><w:t>かん</w:t></w:rt><w:t>漢</w:t></w:ruby>"), "漢"),
        (run("<w:instrText>PAGE</w:instrText><w:t>한국</w:t>"), "한국"),
    ],
)
def test_word_text_is_read_as_it_is_shown(tmp_path, body, text):
    (document,) = read_bytes(tmp_path, "a.docx", made.docx(body))
    assert document.text == text


def test_word_properties_become_fields(tmp_path):
    told = {"title": "題", "creator": "花子", "created": "2024-03-25T10:00:00Z"}
    (document,) = read_bytes(tmp_path, "noname", made.docx(PARAGRAPHS, **told))
    assert (document.title, document.metadata.author) == ("題", "花子")
    assert document.created == "20240325T100000Z"


ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]><a><t>&b;</t></a>'


@pytest.mark.parametrize(
    ("content", "rule", "options"),
    [
        (made.docx(PARAGRAPHS)[:300], "truncated", {}),
        (made.docx("<w:p>"), "truncated", {}),
        (made.docx(""), "empty", {}),
        (made.zipped({"word/document.xml": ENTITIES}), "truncated", {}),
        (made.docx(PARAGRAPHS * 99), "limit", {"max_document_bytes": 500}),
        (made.docx(PARAGRAPHS * 99), "limit", {"max_unpacked_bytes": 500}),
        (OLE, "encrypted", {}),
    ],
)
def test_word_files_without_text_are_records(tmp_path, content, rule, options):
    (document,) = read_bytes(tmp_path, "a.docx", content, **options)
    assert document.reason == f"read.{rule}"


def test_a_zip_archive_that_is_named_docx_is_read(tmp_path):
    content = made.zipped({"a.txt": "text"})
    (document,) = read_bytes(tmp_path, "a.docx", content)
    assert document.text == "text"


SEEDS = [made.pdf(["公园"], ["x"]), made.docx(PARAGRAPHS)]


@given(
    seed=st.sampled_from(SEEDS),
    place=st.floats(0, 1),
    rubbish=st.binary(max_size=40),
    drop=st.integers(0, 40),
)
@settings(deadline=None, max_examples=80)
def test_any_damage_is_read_or_named(tmp_path_factory, seed, place, rubbish, drop):
    start = int(place * len(seed))
    content = seed[:start] + rubbish + seed[start + drop :]
    assert read_bytes(tmp_path_factory.mktemp("any"), "a", content)
