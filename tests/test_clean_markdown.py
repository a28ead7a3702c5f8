import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean import CleanOptions, clean, extract
from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.page_links import Marked
from corpuskit.clean.page_markdown import to_markdown
from corpuskit.clean.page_wanted import with_wanted
from corpuskit.clean.tree import parse
from corpuskit.document import Document
from corpuskit.errors import UsageError

PARSERS = pytest.mark.parametrize("parser", ["lexbor", "bs4"])


def blocks_of(source, parser="lexbor"):
    return to_blocks(parse(f"<body>{source}</body>", parser))


def markdown(source, parser="lexbor"):
    blocks = blocks_of(source, parser)
    return to_markdown(blocks, list(range(len(blocks))))


CASES = {
    "headings": (
        "<h1>标题</h1><p>甲</p><h3>小 标题</h3>",
        "# 标题\n\n甲\n\n### 小 标题",
    ),
    "heading in a link": ("<h2><a href=x>題</a></h2>", "## 題"),
    "list": ("<ul><li>いち<li>に</ul><p>甲</p>", "- いち\n- に\n\n甲"),
    "numbered": ("<ol><li>하나</li><li>둘</li></ol>", "1. 하나\n2. 둘"),
    "nested": (
        "<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>",
        "- a\n  - b\n    1. c\n- d",
    ),
    "nested below nothing": ("<ul><li><ul><li>b</ul></ul>", "- b"),
    "two lists": ("<ul><li>a</ul><ol><li>b</ol>", "- a\n\n1. b"),
    "item of two paragraphs": (
        "<ul><li><p>a</p><p>b</p><li>c</ul>",
        "- a\n\n  b\n- c",
    ),
    "list of posts": (
        "<ol><li><p>a</p><p>b</p><p>c</p><p>d</p><p>e</p></ol>",
        "a\n\nb\n\nc\n\nd\n\ne",
    ),
    "definitions": ("<dl><dt>語<dd>意味</dl>", "語\n\n- 意味"),
    "quote": (
        "<blockquote><p>甲</p><p>乙<br>丙</p></blockquote><p>丁</p>",
        "> 甲\n>\n> 乙\n> 丙\n\n丁",
    ),
    "two quotes": (
        "<blockquote>甲</blockquote><blockquote>乙</blockquote>",
        "> 甲\n\n> 乙",
    ),
    "quote in a list": (
        "<ul><li>a<blockquote>b</blockquote></ul>",
        "- a\n\n  > b",
    ),
    "paragraphs of a quote in a list": (
        "<ol><li>a<blockquote><p>b</p><p>c</p></blockquote><p>d</p></ol>",
        "1. a\n\n   > b\n   >\n   > c\n\n   d",
    ),
    "list in a quote": (
        "<blockquote><p>a</p><ul><li>b<li>c</ul><p>d</p></blockquote>",
        "> a\n>\n> - b\n> - c\n>\n> d",
    ),
    "code": (
        "<pre>def f():\n    return 1\n\n    # 注</pre>",
        "```\ndef f():\n    return 1\n\n    # 注\n```",
    ),
    "code with fences": ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
    "code in a list": (
        "<ul><li>a<pre>x\n  y</pre></ul>",
        "- a\n\n  ```\n  x\n    y\n  ```",
    ),
    "table": (
        "<table><tr><th>名<th>値<tr><td>a|b<td><tr><td>甲<td>1</table>",
        "| 名 | 値 |\n| --- | --- |\n| a\\|b |  |\n| 甲 | 1 |",
    ),
    "table with sections and a caption": (
        "<table><caption>題</caption><thead><tr><th>a<th>b</thead>"
        "<tbody><tr><td>c<td>d<tr><td>e</tbody></table><p>f</p>",
        "題\n\n| a | b |\n| --- | --- |\n| c | d |\n| e |\n\nf",
    ),
    "table that is a layout": (
        "<table><tr><td><h2>甲</h2><p>乙</p><td>丙<tr><td>丁<td>戊</table>",
        "## 甲\n\n乙\n\n丙\n\n丁\n\n戊",
    ),
    "line breaks": ("<p>甲<br>乙<br><br>丙</p>", "甲\n乙\n\n丙"),
    "looks like structure": (
        "<p># 1 甲</p><p>&gt; b</p><p>```</p><p>===</p><p>a<br>---</p><p>#tag</p>",
        "\\# 1 甲\n\n\\> b\n\n\\```\n\n\\===\n\na\n\\---\n\n#tag",
    ),
}


@PARSERS
@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_structure_of_a_page(source, expected, parser):
    assert markdown(source, parser) == expected


def linked(source, *, parser="lexbor", url="http://h.org/a/b", images=True):
    marked = Marked(f"<body>{source}</body>", url=url, links=True, images=images)
    blocks = blocks_of(source, parser)
    kept = list(range(len(blocks)))
    return to_markdown(
        *marked.merged(blocks, kept, to_blocks(parse(marked.source, parser)))
    )


LINKS = {
    "relative": (
        "<p>見<a href='c?x=1&amp;y=2'>甲</a>乙</p>",
        "見[甲](http://h.org/a/c?x=1&y=2)乙",
    ),
    "blanks outside": ("<p>a <a href=/b> c </a>d</p>", "a [c](http://h.org/b) d"),
    "parentheses": ("<a href='/(x) y'>a</a>", "[a](http://h.org/%28x%29%20y)"),
    "nowhere": ("<p><a href='#n'>a</a><a href='JavaScript:x()'>b</a></p>", "ab"),
    "no address": ("<p><a name=x>a</a> <a href=/b>c</a></p>", "a [c](http://h.org/b)"),
    "broken address": ("<p><a href='http://[x'>a</a></p>", "[a](http://[x)"),
    "around blocks": (
        "<a href=/b><h3>甲</h3><p>乙</p></a>",
        "### [甲](http://h.org/b)\n\n乙",
    ),
    "never closed": ("<p>a <a href=/b>c</p><p>d</p>", "a [c](http://h.org/b)\n\nd"),
    "icon": ("<p>a</p><a href=/b> </a><p>c</p>", "a\n\nc"),
    "base": ("<base href=http://e.org/d/><a href=f>a</a>", "[a](http://e.org/d/f)"),
    "paragraphs of a quote in a list": (
        "<ol><li>a<blockquote><p>b</p><p>c</p></blockquote><p>d</p></ol>",
        "1. a\n\n   > b\n   >\n   > c\n\n   d",
    ),
    "list in a quote": (
        "<blockquote><p>a</p><ul><li>b<li>c</ul><p>d</p></blockquote>",
        "> a\n>\n> - b\n> - c\n>\n> d",
    ),
    "code": ("<pre><a href=/b>x</a> = 1</pre>", "```\nx = 1\n```"),
    "in a cell": (
        "<table><tr><td>a<td><a href=/b>c</a><tr><td>d<td>e</table>",
        "| a | [c](http://h.org/b) |\n| --- | --- |\n| d | e |",
    ),
    "image": (
        "<p>a</p><img src=i.png alt='이미지'><p>b</p>",
        "a\n\n![이미지](http://h.org/a/i.png)\n\nb",
    ),
    "image in text": ("<p>a <img src=/i.png> b</p>", "a ![](http://h.org/i.png) b"),
    "image loaded late": (
        "<p>a<img src=data:x data-src=/i.png alt=b></p>",
        "a![b](http://h.org/i.png)",
    ),
    "linked image": (
        "<p>a <a href=/b><img src=/i.png></a></p>",
        "a [![](http://h.org/i.png)](http://h.org/b)",
    ),
    "marks of the page's own": ("<p>a\ufdd0 <a href=/b>c</a></p>", "a\ufdd0 c"),
    "quotes that never end": (
        '<p><a href="/b>c</a></p><p>d <a href=/e>f</a></p>',
        None,
    ),
}


@PARSERS
@pytest.mark.parametrize(("source", "expected"), LINKS.values(), ids=LINKS)
def test_links_and_images_keep_their_addresses(source, expected, parser):
    found = linked(source, parser=parser)
    assert expected in (found, None)


def test_images_below_the_text_are_not_its_own():
    source = "<p>a</p><img src=1.png><p>b</p><img src=2.png><p>more</p>"
    marked = Marked(source, url="", links=False, images=True)
    blocks = to_blocks(parse(source))
    found = to_markdown(*marked.merged(blocks, [0, 1], to_blocks(parse(marked.source))))
    assert found == "a\n\n![](1.png)\n\nb"


WORDS = (
    "甲乙",
    "word ",
    " ",
    "'",
    "<a",
    "# ",
    "<img src=y alt='k'>",
    "<a href=/x>",
    "<br>",
)
TAGS = ("p", "a", "ul", "li", "table", "tr", "td", "pre", "blockquote", "h2", "b")
PIECES = st.sampled_from(WORDS) | st.builds(
    "<{}{}>".format, st.sampled_from(("", "/")), st.sampled_from(TAGS)
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(("lexbor", "bs4")))
def test_marks_never_stay_and_words_never_go(source, parser):
    found = linked(source, parser=parser)
    assert not re.search("[\ufdd0-\ufdd3]", found)
    for text in blocks_of(source, parser).text:
        for word in re.findall(r"甲乙|word", text):
            assert word in found


PROSE = (
    "清晨的港口十分安静，第一批渔船随着潮水缓缓驶入，人们把鱼抬进市场，谁也没有多说话。"
)
COMMENT = "I was there that morning and it was not quiet at all, believe me."
PAGE = f"""<html><head><title>港口</title></head><body>
<nav><a href="/">首页</a> <a href="/n">新闻</a></nav><article><h1>港口</h1>
<p>{PROSE} <a href="/b">船</a></p><h2>数字</h2>
<table><tr><th>船</th><th>鱼</th></tr><tr><td>1</td><td>2</td></tr></table>
<p>{PROSE[::-1]}</p><p>{PROSE * 2}</p></article>
<div class="comments"><h3>Comments</h3><div><p>{COMMENT}</p>
<a href="#r">Reply</a></div></div><footer>版权所有</footer></body></html>"""


@PARSERS
@pytest.mark.parametrize(
    ("keep", "wanted"),
    [
        ((), ()),
        (("comments",), (COMMENT,)),
        (("tables",), ("船 | 鱼\n1 | 2",)),
        (("links",), ("[船](http://h.org/b)",)),
        (("tables", "links", "comments", "images"), (COMMENT, "船 | 鱼", "[船](")),
    ],
)
def test_what_is_kept_besides(keep, wanted, parser):
    found = extract(PAGE, url="http://h.org/", keep=keep, parser=parser).text
    assert PROSE in found
    assert all(words in found for words in wanted)
    assert ("](" in found) == ("links" in keep)
    assert (COMMENT in found) == ("comments" in keep)
    assert "Reply" not in found
    assert "版权" not in found


def test_kept_besides_are_no_layout_tables_and_no_link_lists():
    link = "<a href=x>elsewhere in the city</a>"
    tables = (
        f"<table><tr><td>{link}<td>{link}<tr><td>{link}<td>{link}</table>"
        "<table><tr><td>one cell</table>"
    )
    blocks = blocks_of(f"<p>{PROSE}</p>{tables}<p>{PROSE}</p>")
    kept = [0, len(blocks) - 1]
    assert with_wanted(blocks, kept, ("tables",)) == kept


def test_a_class_that_says_no_comments_is_not_one():
    blocks = blocks_of(
        f"<div class=no-comments><p>{PROSE}</p><p>short text here</p></div>"
    )
    assert with_wanted(blocks, [0], ("comments",)) == [0]


def test_other_names_are_a_usage_error():
    with pytest.raises(UsageError, match="take some of tables, links"):
        extract(PAGE, keep=("adverts",))


def test_the_step_writes_markdown_and_leaves_markdown_alone():
    options = CleanOptions(markdown=True, keep=("tables",))
    page = Document("a#0").with_text(PAGE).with_metadata(media_type="text/html")
    assert "| 船 | 鱼 |\n| --- | --- |\n| 1 | 2 |" in clean(page, options).text
    note = (
        Document("b#0")
        .with_text("# 题\n\n- 甲")
        .with_metadata(media_type="text/markdown")
    )
    assert clean(note, options).text == "# 题\n\n- 甲"
