"""XML that is no page: feeds, texts with marked-up words, damage."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import clean
from corpuskit.clean.xml_text import xml_text
from corpuskit.sources import read

FEED = """<?xml version="1.0"?>
<!-- made by hand -->
<rss version="2.0"><channel><title>春の便り</title><link>https://example.org/</link>
<item><title>桜</title><description>&lt;p&gt;桜が&lt;b&gt;咲いた&lt;/b&gt;。&lt;/p&gt;
&lt;p&gt;人が来た。&lt;/p&gt;</description></item>
<item><content><![CDATA[<p>벚꽃이 <i>피었다</i> &amp; 졌다.</p>]]></content></item>
</channel></rss>"""
TEI = """<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY x "y">]>
<TEI><text><body><p>公园里的<name>樱花</name>开得很美。</p>
<p>Second, with <hi>a word</hi> marked.</p></body></text></TEI>"""


def test_feeds_give_titles_and_the_text_of_their_pages():
    text, title = xml_text(FEED)
    assert title == "春の便り"
    assert text.split("\n") == [
        *("春の便り", "https://example.org/", "桜", "桜が咲いた。", "人が来た。"),
        "벚꽃이 피었다 & 졌다.",
    ]


def test_words_that_are_marked_up_stay_in_their_sentence():
    text, _ = xml_text(TEI)
    assert text == "公园里的樱花开得很美。\nSecond, with a word marked."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<a>cut here <b", "cut here <b"),
        ("<a><!-- never closed", ""),
        ("<a>x</a><script>if(a<b){}", "x"),
        ("<a>1 &lt; 2 and 3 > 2</a>", "1 < 2 and 3 > 2"),
        ("<a><![CDATA[open", "open"),
        ("", ""),
    ],
)
def test_damaged_xml_gives_its_text(source, text):
    assert xml_text(source)[0].startswith(text)


@pytest.mark.parametrize("name", ["feed.xml", "feed", "feed.rss"])
@pytest.mark.parametrize("source", [FEED, FEED.partition("\n")[2]])
def test_feeds_are_known_by_their_content(tmp_path, name, source):
    (tmp_path / name).write_text(source, encoding="utf-8")
    (document,) = map(clean, read([tmp_path]))
    assert document.metadata.media_type == "text/xml"
    assert document.title == "春の便り"
    assert "<" not in document.text


@given(st.text(alphabet="<>/!?-[]CDAT&;ab桜 \n\"'=", max_size=80))
@settings(deadline=None)
def test_any_text_is_read(source):
    text, _ = xml_text(source)
    assert "\n\n" not in text


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<a ", "<!--", "<![CDATA[", "<?", " ", "<!DOCTYPE ["]
)
def test_hostile_xml_takes_no_more_than_its_length(piece):
    assert xml_text(piece * 50_000) is not None
