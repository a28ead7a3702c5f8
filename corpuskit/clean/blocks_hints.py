"""What the markup around a text says of it: bits from tags, roles and class names.

Two bit sets for an element. `Place` holds what tags and roles declare. `Hint` holds
what the words in class and id suggest; a word is looked up whole first, then by the
longest stems it begins and ends with.
"""

import re
from collections.abc import Iterator, Mapping
from enum import IntFlag

from corpuskit.clean.blocks_known import Known


class Place(IntFlag):
    """What tags, roles and a few attributes declare an element to be in."""

    NAV = 1
    HEADER = 2
    FOOTER = 4
    ASIDE = 8
    MAIN = 16
    ARTICLE = 32
    FORM = 64
    TABLE = 128
    LIST = 256
    FIGURE = 512
    QUOTE = 1024
    NOSCRIPT = 2048
    BUTTON = 4096
    HIDDEN = 8192
    DIALOG = 16384
    BODY_TEXT = 32768
    HEADING = 65536
    COMMENT = 131072


class Hint(IntFlag):
    """What the words of class and id suggest."""

    NAV = 1
    HEADER = 2
    FOOTER = 4
    SIDE = 8
    COMMENT = 16
    RELATED = 32
    SOCIAL = 64
    AD = 128
    META = 256
    ARTICLE = 512
    TITLE = 1024
    CAPTION = 2048
    POPUP = 4096
    FORM = 8192
    FORUM = 16384
    PRODUCT = 32768
    TEASER = 65536
    AUTHOR = 131072


_TAG_PLACES = {
    "nav": Place.NAV,
    "menu": Place.NAV,
    "header": Place.HEADER,
    "footer": Place.FOOTER,
    "aside": Place.ASIDE,
    "main": Place.MAIN,
    "article": Place.ARTICLE,
    "form": Place.FORM,
    "fieldset": Place.FORM,
    "table": Place.TABLE,
    "ul": Place.LIST,
    "ol": Place.LIST,
    "dl": Place.LIST,
    "figure": Place.FIGURE,
    "figcaption": Place.FIGURE,
    "caption": Place.FIGURE,
    "blockquote": Place.QUOTE,
    "noscript": Place.NOSCRIPT,
    "button": Place.BUTTON,
    "dialog": Place.DIALOG,
    "hgroup": Place.HEADING,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Place.HEADING),
}
TAG_PLACES = {tag: int(place) for tag, place in _TAG_PLACES.items()}

_HIDDEN = int(Place.HIDDEN)
_ROLE_PLACES = {
    "navigation": int(Place.NAV),
    "menu": int(Place.NAV),
    "menubar": int(Place.NAV),
    "tablist": int(Place.NAV),
    "banner": int(Place.HEADER),
    "contentinfo": int(Place.FOOTER),
    "complementary": int(Place.ASIDE),
    "main": int(Place.MAIN),
    "article": int(Place.ARTICLE),
    "search": int(Place.FORM),
    "form": int(Place.FORM),
    "dialog": int(Place.DIALOG),
    "alertdialog": int(Place.DIALOG),
    "button": int(Place.BUTTON),
    "heading": int(Place.HEADING),
}
_PROPERTY_PLACES = {
    "articlebody": int(Place.BODY_TEXT),
    "text": int(Place.BODY_TEXT),
    "reviewbody": int(Place.BODY_TEXT),
    "comment": int(Place.COMMENT),
    "breadcrumb": int(Place.NAV),
}

_WORDS = {
    Hint.NAV: (
        "nav navi navbar navigation menu menus submenu breadcrumb breadcrumbs "
        "crumb crumbs bread topnav subnav pagination pager pagenav paging tabs "
        "toc toolbar skip mianbaoxu weizhi dangqian daohang caidan lnb gnb"
    ),
    Hint.HEADER: "header masthead topbar banner hd top head branding logo",
    Hint.FOOTER: "footer foot copyright bottom legal colophon ft beian dibu disclaimer",
    Hint.SIDE: (
        "sidebar side aside rail widget widgets secondary sidecol rightcol "
        "leftcol right left complementary"
    ),
    Hint.COMMENT: (
        "comment comments disqus commentlist commentary pinglun respond replies "
        "discussion livefyre feedback guestbook liuyan kommentare comentarios "
        "commentaires"
    ),
    Hint.RELATED: (
        "related recommend recommended recommendation recommendations more "
        "popular trending hot similar next prev previous also suggest suggested "
        "latest recent readmore outbrain taboola xiangguan tuijian remen ranking "
        "rank mostread upnext infinite jeg further rec recs relate morelike "
        "weitere lire"
    ),
    Hint.SOCIAL: (
        "share sharing social follow facebook twitter whatsapp sns bdshare "
        "addthis sharethis weixin weibo jiathis like likes subscribe fenxiang"
    ),
    Hint.AD: (
        "ad ads adv advert advertisement advertising adsense sponsor sponsored "
        "promo promotion promoted dfp gpt guanggao werbung partner commercial "
        "adbox affiliate"
    ),
    Hint.META: (
        "byline date time datetime timestamp meta info metadata source publish "
        "published pubtime pubdate posted tag tags category categories laiyuan "
        "shijian dateline kicker eyebrow editor bianji zebian reading readtime "
        "views"
    ),
    Hint.ARTICLE: (
        "article content post entry story body text main detail details news "
        "zhengwen neirong artical contents articlebody articletext bodytext "
        "richtext rte prose wysiwyg markdown paragraph copy contenttext newstext "
        "storytext"
    ),
    Hint.TITLE: (
        "title headline heading subject hed biaoti subtitle dek lede lead "
        "standfirst deck summary excerpt abstract intro"
    ),
    Hint.CAPTION: (
        "caption credit photo image figure gallery picture media video slideshow "
        "carousel lightbox player thumb thumbnail"
    ),
    Hint.POPUP: (
        "modal popup overlay cookie cookies consent gdpr hidden hide sr visually "
        "screen print lightbox dialog tooltip offscreen invisible toast notice "
        "onetrust alert dropdown collapse"
    ),
    Hint.FORM: (
        "newsletter signup login form search paywall register signin account "
        "input contact subscription donate donation cta"
    ),
    Hint.FORUM: (
        "thread message messages topic reply forum bbs postbody floor louceng "
        "quote signature sig reputation userinfo postmessage answer question "
        "poster"
    ),
    Hint.PRODUCT: (
        "price product products cart buy shop item sku rating review reviews spec "
        "basket wishlist"
    ),
    Hint.TEASER: (
        "teaser card cards tile tiles list grid feed listing archive loop summary "
        "blurb stream river promo hentry"
    ),
    Hint.AUTHOR: "author bio authors profile writer contributor avatar zuozhe",
}


def _table() -> dict[bytes, int]:
    table: dict[bytes, int] = {}
    for hint, words in _WORDS.items():
        for word in words.encode("ascii").split():
            table[word] = table.get(word, 0) | int(hint)
    return table


_BITS = _table()
_STEMS = {word: bits for word, bits in _BITS.items() if len(word) >= 5}
_SHORTEST, _LONGEST = 5, max(map(len, _STEMS))
_STARTS = frozenset(stem[:_SHORTEST] for stem in _STEMS)
_ENDS = frozenset(stem[-_SHORTEST:] for stem in _STEMS)
_SPLIT = re.compile(rb"[A-Z]?[a-z]+|[A-Z]+")
_ONLY_LETTERS = bytes(i if 97 <= i <= 122 else 32 for i in range(256))
_MOST_WORDS = 1 << 14
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


class _Words(dict[bytes, int]):
    """The bits of words, found when they are asked for."""

    def __missing__(self, word: bytes) -> int:
        bits = 0
        if len(word) > _SHORTEST and (
            word[:_SHORTEST] in _STARTS or word[-_SHORTEST:] in _ENDS
        ):
            bits = _stem_bits(word)
        if len(self) < _MOST_WORDS:
            self[word] = bits
        return bits


def _stem_bits(word: bytes) -> int:
    """Bits of the longest stems that a word begins and ends with."""
    bits = 0
    for size in range(min(_LONGEST, len(word) - 1), _SHORTEST - 1, -1):
        if not bits:
            bits = _STEMS.get(word[:size], 0)
        bits |= _STEMS.get(word[-size:], 0)
    return bits


_WORD_BITS = _Words(_BITS)


def _find_hints(names: list[str]) -> Iterator[int]:
    """Bits of the words of each text of a class or id attribute."""
    for name in names:
        letters = name.encode("ascii", "replace")
        if letters.islower():  # most are: the pattern takes three times as long
            words = letters.translate(_ONLY_LETTERS).split()
        else:
            words = [word.lower() for word in _SPLIT.findall(letters)]
        found = 0
        for word in words:
            found |= _WORD_BITS[word]
        yield found


MOST_CHARS = 300
"""What is read of a class or id attribute: longer ones would fill the memory."""

hint_bits = Known(_find_hints).of
"""The `Hint` bits of each of the texts of class and id attributes, cut to that."""


PLACED = frozenset(("role", "itemprop", "hidden", "aria-hidden", "style"))
"""The attributes that `place_bits` reads."""


def place_bits(attributes: Mapping[str, str | None]) -> int:
    """The `Place` bits that attributes declare, beyond the tag's own."""
    bits = 0
    if role := attributes.get("role"):
        bits |= _ROLE_PLACES.get(role.lower(), 0)
    if name := attributes.get("itemprop"):
        bits |= _PROPERTY_PLACES.get(name.lower(), 0)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        bits |= _HIDDEN
    if style := attributes.get("style"):
        style = style.lower()  # most have neither word: that is soon seen
        if ("none" in style or "hidden" in style) and _UNSEEN.search(style):
            bits |= _HIDDEN
    return bits
