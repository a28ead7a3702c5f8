import subprocess
import sys

import pytest

from corpuskit.clean import CleanOptions, clean, head_fields
from corpuskit.document import Document, Metadata
from tests.test_clean_lines import BODIES, FRAMES

PAGE = "\n\n".join((FRAMES["zh"][0], FRAMES["zh"][1], *BODIES["zh"], FRAMES["zh"][2]))
HTML = (
    "<html><head><title>城南新馆开放</title></head><body><article>"
    + "".join(f"<p>{text}</p>" for text in BODIES["zh"])
    + "</article></body></html>"
)
MARKDOWN = (
    "# Notes\n\nShare\n\nLog in\n\n* one\n* two\n\n```\nif a:\n    b\n```\n\n© 2024"
)


def _document(text, media_type="text/plain", **fields):
    metadata = Metadata(path="a.txt", media_type=media_type)
    return Document(id="s/a#0", metadata=metadata, **fields).with_text(text)


def test_plain_text_gets_its_fields_and_loses_its_frame():
    document = clean(_document(PAGE))
    assert document.text == "\n\n".join(BODIES["zh"])
    assert document.title == "城南图书馆新馆开放"
    assert document.created == "20240303T103000Z"
    assert document.metadata.site == "示例日报"
    assert document.n_chars == len(document.text)
    assert document.extra() == {"cleaned": True}


def test_known_fields_stay():
    document = clean(_document(PAGE, title="T", created="20200101T000000Z"))
    assert (document.title, document.created) == ("T", "20200101T000000Z")


def test_pages_are_extracted():
    document = clean(_document(HTML, "text/html"))
    assert BODIES["zh"][1] in document.text
    assert "<p>" not in document.text


def test_markdown_keeps_all_lines():
    assert clean(_document(MARKDOWN, "text/markdown")).text == MARKDOWN


def test_lines_can_be_left_alone():
    document = clean(_document(PAGE), CleanOptions(lines=False))
    assert "版权所有" in document.text
    assert document.title == "城南图书馆新馆开放"


def test_options_reach_the_normalisation():
    options = CleanOptions(width="keep", quotes="straight", join_hyphens=True)
    document = clean(_document("Ａ “quoted” exam-\nple."), options)
    assert document.text == 'Ａ "quoted" example.'


@pytest.mark.parametrize("text", ["", "\n\n", "\u3000\xa0\n", "\ufeff"])
def test_empty_text_is_dropped_with_a_reason(text):
    document = clean(_document(text))
    assert (document.keep, document.reason) == (False, "clean.empty")


def test_cleaned_and_dropped_documents_come_back_as_they_are():
    once = clean(_document(PAGE))
    assert clean(once) is once
    dropped = _document(PAGE).dropped("read.binary")
    assert clean(dropped) is dropped
    assert head_fields(dropped) is dropped


def test_date_without_year_goes_to_the_extra_metadata():
    document = clean(_document("新馆开放了\n\n8个月前 (09-29)\n\n" + BODIES["zh"][0]))
    assert document.created == ""
    assert document.extra()["date"] == "8个月前 (09-29)"


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "text/markdown"])
def test_head_fields_leave_the_text(media_type):
    text = HTML if media_type == "text/html" else "城南新馆开放\n\n" + BODIES["zh"][0]
    document = head_fields(_document(text, media_type))
    assert document.text == text
    assert document.title == "城南新馆开放"


def test_head_fields_load_no_numpy():
    code = (
        "import sys; from corpuskit.clean import head_fields; "
        "from corpuskit.document import Document; "
        "head_fields(Document(id='a', text='标题\\n\\n来源：某报 2024-03-03')); "
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_printed_pages_become_paragraphs():
    text = "公园里的樱花开得很美许\n多市民带着孩子出来散步。\n1\f第二页。\n2"
    found = Document(id="a", metadata=Metadata(media_type="application/pdf"))
    cleaned = clean(found.with_text(text))
    assert cleaned.text == "公园里的樱花开得很美许多市民带着孩子出来散步。\n第二页。"
