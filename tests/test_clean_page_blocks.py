"""Trees to blocks, blocks to text, and what is kept of them."""

import difflib
import gzip
import json
from itertools import product
from string import ascii_lowercase

import pytest

from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.blocks_anchors import find_title
from corpuskit.clean.blocks_cues import _LINES, find_cues
from corpuskit.clean.blocks_hints import Hint, Place, hint_bits
from corpuskit.clean.blocks_known import Known
from corpuskit.clean.blocks_rules import decide_by_rules
from corpuskit.clean.page_decode import decode_page
from corpuskit.clean.page_keep import without_consent, without_copies
from corpuskit.clean.page_text import join
from corpuskit.clean.tree import PARSERS, parse
from corpuskit.clean.tree_node import TEXT, TEXT_ID
from tests.benchmarks._gold import gold

both_trees = pytest.mark.parametrize("parser", PARSERS)


def blocks_of(source, parser="lexbor"):
    return to_blocks(parse(source, parser))


def text_of(source, parser="lexbor"):
    blocks = blocks_of(source, parser)
    return join(blocks, list(range(len(blocks))))


@both_trees
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("<p>a <b>b</b>\n <i>c</i></p>", "a b c"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<ul><li><p>一</p></li><li><span>二</span></li></ul>", "一\n二"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b\n1 | 2"),
        ("<h1>T</h1>text<h2>U</h2>", "T\n\ntext\n\nU"),
        ("<pre>if x:\n    y\n</pre>", "if x:\n    y"),
        ("<pre><code><span>a</span>\n  <span>b</span></code></pre>", "a\n  b"),
        ("<dl><dt>k<dd>v</dl>", "k\nv"),
        ("<p>x<script>1</script><style>2</style><!-- 3 -->y</p>", "xy"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", "漢字"),
        ("<p>　　六月</p>", "六月"),
        ("<section><aside>x</aside></section>", "x"),
        ("<pre>a<div>b<br>c</div>d<pre>e</pre><hr>f</pre>g", "a\nb\nc\nd\ne\nf\n\ng"),
        ("<pre><!-- x --><script>1</script> 甲\n  <a>乙</a></pre>", " 甲\n  乙"),
        ("a<hr>b<pre></pre>c<div></div>d", "a\n\nb\n\nc\n\nd"),
        ("<x-card>a</x-card>b<o:p>c</o:p>", "a\n\nb\n\nc"),
        ("", ""),
    ],
)
def test_layout_survives(source, text, parser):
    assert text_of(source, parser) == text


@both_trees
def test_links_are_counted_and_elements_nest(parser):
    blocks = blocks_of(
        "<div class=menu><a href=/>Home</a></div><p>ab <a>c</a></p>", parser
    )
    assert (blocks.n_linked, blocks.n_links) == ([4, 1], [1, 1])
    assert [blocks.tag[e] for e in blocks.owner] == ["div", "p"]
    assert blocks.hint[blocks.owner[0]] & Hint.NAV
    assert (blocks.first[0], blocks.last[0]) == (0, 2)


@both_trees
def test_what_attributes_declare_holds_inside(parser):
    source = (
        "<div hidden><p>a</p></div><div id=comments role=Navigation><p>b</p></div>"
        "<p style='color:red; display: none'>c</p><pre class=x itemprop=text>d</pre>"
    )
    blocks = blocks_of(source, parser)
    places = [Place(blocks.place[e]) for e in blocks.owner]
    assert places == [Place.HIDDEN, Place.NAV, Place.HIDDEN, Place.BODY_TEXT]
    assert blocks.hint[blocks.parent[blocks.owner[1]]] & Hint.COMMENT
    assert blocks.names[blocks.owner[3]] == "x"


@both_trees
def test_links_that_go_on_are_counted_in_each_block(parser):
    blocks = blocks_of("<a>一<pre>二<b>三</b></pre>四<br></a>五<a></a>六", parser)
    assert blocks.text == ["一", "二三", "四", "五六"]
    assert blocks.n_linked == [1, 2, 1, 0]
    assert blocks.n_links == [1, 1, 1, 2]


@both_trees
def test_text_nodes_have_the_number_of_text(parser):
    node = parse("<p>x", parser).first_child
    assert (node.tag, node.first_child.tag) == ("p", TEXT)
    assert (node.tag_id == TEXT_ID, node.first_child.tag_id) == (False, TEXT_ID)


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ("x  mainNav\u3000y", Hint.NAV),
        ("NAV", Hint.NAV),
        ("main-nav", Hint.NAV),
        ("relatedPosts", Hint.RELATED),
        ("c-comments__list", Hint.COMMENT),
        ("xiangguan", Hint.RELATED),
    ],
)
def test_hints_come_from_words_of_class_names(names, hint):
    assert hint_bits([names])[0] & hint
    assert hint_bits([names, "zq1 x"])[1] == 0


@pytest.mark.parametrize("names", ["NavBar", "x-navbar_2", "navBar x", "導航 navbar"])
def test_words_count_however_names_are_written(names):
    assert hint_bits([names])[0] & Hint.NAV


def test_texts_are_looked_into_once_and_forgotten_when_there_are_too_many():
    asked = []

    def find(texts):
        asked.extend(texts)
        return map(len, texts)

    known = Known(find)
    assert known.of(["a", "相关", "a"]) == [1, 2, 1]
    assert sorted(asked) == ["a", "相关"]
    for i in range(1 << 15):
        assert known.of([str(i), "a"]) == [len(str(i)), 1]
    assert 2 <= asked.count("a") < 1 << 10
    assert known.of([]) == []


def test_words_of_class_names_are_known_again_after_many_others():
    before = hint_bits(["main-navigation"])
    others = ["".join(letters) for letters in product(ascii_lowercase, repeat=3)]
    hint_bits([f"{other} q{other}" for other in others])
    hint_bits(["wq wz"])
    assert hint_bits(["main-navigation x", "x"]) == [*before, 0]


def test_names_say_nothing_where_there_is_no_text():
    empty = "<div class=nav><p class=nav></p></div><pre class=nav id=nav></pre>"
    blocks = blocks_of(f"<div class='nav side'>x{empty}</div><p id=comments>y</p>")
    assert blocks.hint == [0, Hint.NAV | Hint.SIDE, 0, 0, 0, Hint.COMMENT]
    assert blocks.names == ["", "nav side", "", "", "", ""]


@pytest.mark.parametrize(("kind", "words"), _LINES)
def test_every_cue_is_found(kind, words):
    written = [word for word in words.split("|") if word.replace(" ", "").isalpha()]
    found = find_cues([f"» {word.title()} 12" for word in written])
    assert len(written) > 20
    assert all(0 < cue <= kind for cue in found)
    assert found.count(kind) > 0.8 * len(written)


def test_cues_are_found_in_many_languages():
    lines = ["Related articles", "相关阅读", "댓글 3", "分享到", "© 2024", "河水上涨。"]
    assert find_cues(lines) == [1, 1, 2, 3, 5, 0]


def test_cues_that_are_more_than_a_word():
    lines = ["Tags: a", "» TAG", "Tagesschau", "12 comments", "12 rivers", "(c) A"]
    assert find_cues(lines) == [4, 4, 0, 2, 0, 5]
    assert find_cues(["", "©", "Don't miss", "Dont miss", "[评论]"]) == [0, 5, 1, 1, 2]


def test_first_heading_that_is_the_title_is_found():
    blocks = blocks_of("<p>川が増水<h2>川が増水</h2><h1>川が増水</h1><h1>川が増水</h1>")
    assert find_title(blocks, "川が増水") == 2
    assert find_title(blocks, "別の題") == 2


@pytest.mark.parametrize(
    ("body", "title", "place"),
    [
        ("<p>x<p>Flood in the city<p>Flood in the city", "Flood in the city", 1),
        ("<p>Flood in the city<h2>Floods</h2>", "Flood in the city", 0),
        ("<p>Flood in the city<h2>Flood in</h2>", "Flood in the city", 0),
        ("<p>Flood in t<h2>Flood</h2><h3>Flood in t</h3>", "Flood in the city", 2),
        ("<p>河水上涨，街道被淹<h2>河水上涨</h2>", "河水上涨，街道被淹", 0),
        (f"<p>{'Flood ' * 60}<h2>Fire</h2>", "Flood", -1),
        ("<p>Flood<h2>Fire</h2>", "", -1),
    ],
)
def test_block_most_like_the_title_is_found(body, title, place):
    assert find_title(blocks_of(body), title) == place


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é中".encode(), "é中"),
        (b"\xef\xbb\xbfx", "x"),
        ("中文".encode("utf-16"), "中文"),
        ('<meta charset="gb2312">镕'.encode("gbk"), '<meta charset="gb2312">镕'),
        ('<meta charset="shift_jis">①'.encode("cp932"), '<meta charset="shift_jis">①'),
        ('<meta charset="latin-1">“é”'.encode("cp1252"), '<meta charset="latin-1">“é”'),
    ],
)
def test_bytes_are_decoded(data, text):
    assert decode_page(data) == text


@both_trees
@pytest.mark.parametrize(
    "page", ["<p>é中<p>" + "<div>" * 3000 + "x", "<p>\ud800<p>中", ""]
)
def test_bytes_and_text_give_the_same_blocks(page, parser):
    data = page.encode("utf-8", "replace")
    assert to_blocks(parse(data, parser)) == to_blocks(parse(page, parser))


def test_wrong_declaration_of_chinese_is_found_out():
    body = (
        "昨天夜里河水上涨，到了早晨，下游的街道已经全部被水淹没，居民不得不离开家园。"
        * 4
    )
    page = f'<meta charset="iso-8859-1"><p>{body}</p>'.encode("gb18030")
    assert body in decode_page(page)


def test_copies_go_but_short_repeats_stay():
    long, short = "The river rose in the night, and by morning it was high.", "Yes."
    boxes = (f"<div><p>{t}</p></div>" for t in (long, short, long, short))
    blocks = blocks_of("".join(boxes))
    assert without_copies(blocks, [0, 1, 2, 3]) == [0, 1, 3]


def test_consent_notices_go_unless_they_are_the_page():
    prose = "<article><h1>Flood</h1>" + "<p>The river rose in the night.</p>" * 20
    notice = "<div>" + "<p>We use cookies with your consent.</p>" * 4 + "</div>"
    blocks = blocks_of(prose + "</article>" + notice)
    everything = list(range(len(blocks)))
    assert without_consent(blocks, everything, 0) == everything[:-4]
    assert without_consent(blocks, everything, len(blocks) - 1) == everything


def test_rules_find_the_prose():
    prose = (
        "<p>The river rose in the night, and by morning the streets were wet.</p>" * 3
    )
    blocks = blocks_of(f"<nav><a>Home</a></nav><div>{prose}</div><p>© 2024</p>")
    assert decide_by_rules(blocks) == [1, 2, 3]
    assert decide_by_rules(blocks_of("<a>Home</a>")) == [0]


@pytest.mark.parametrize("name", ["aeb", "cjk", "news", "wcxb"])
def test_both_trees_give_the_same_blocks(name):
    folder = gold("extraction", name)
    if folder is None:
        pytest.skip("set CORPUSKIT_GOLD to the folder of labelled data")
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    same, likeness = 0, []
    picked = [json.loads(line) for line in lines[:: len(lines) // 7]]
    for row in picked:
        source = decode_page(gzip.decompress((folder / row["file"]).read_bytes()))
        one, two = blocks_of(source).text, blocks_of(source, "bs4").text
        same += one == two
        matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
        likeness.append(1.0 if one == two else matcher.ratio())
    assert same >= 0.85 * len(picked)
    assert min(likeness) > 0.9
