"""The text of XML that is no page: feeds, TEI, DocBook, exports of all kinds.

Read with patterns rather than a parser, so that damaged and cut files give their text
too. Nothing is known of the elements: tags side by side, or next to a line end, end a
line; a single tag within running text does not.
"""

import re
from html import unescape

from corpuskit._patterns import pattern

_ALL = re.S | re.I
_CDATA = pattern(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", _ALL)
_DOCTYPE = pattern(r"<!DOCTYPE\b[^<>\[]*(?:\[.*?\]\s*)?>", _ALL)
_HIDDEN = pattern(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", _ALL)
_STYLE = pattern(r"<(style|script)\b[^<>]*>.*?(?:</\1\s*>|\Z)", _ALL)
_TAGS = pattern(r"(?:</?[^\W\d][^<>]*>\s*+)+")
_MARKUP = pattern(r"</?[A-Za-z][A-Za-z0-9]{0,9}(?:\s[^<>]*)?/?>")
_TITLE = pattern(r"<(?:\w{1,20}:)?title\b[^<>]*>([^<>]{1,300})<", _ALL)


def xml_text(source: str) -> tuple[str, str]:
    """The text and the first title of an XML file.

    Markup that is written as text in it, as feeds carry pages, is taken off too.
    """
    source = _without_doctype(source)
    source = _HIDDEN.sub(" ", _CDATA.sub(_escaped, source))
    title = _TITLE.search(source)
    text = unescape(_TAGS.sub(_break, source))
    if _MARKUP.search(text):
        text = unescape(_TAGS.sub(_break, _STYLE.sub(" ", _HIDDEN.sub(" ", text))))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    named = " ".join(unescape(title[1]).split()) if title else ""
    return "\n".join(filter(None, lines)), named


def _without_doctype(source: str) -> str:
    """The source without its document type; only the first place is looked at."""
    start = source.find("<!DOCTYPE")
    found = _DOCTYPE.match(source, start) if start >= 0 else None
    return source[:start] + source[found.end() :] if found else source


def _escaped(found: "re.Match[str]") -> str:
    text = found[1].replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _break(found: "re.Match[str]") -> str:
    """A line end, or for a single tag within running text the blank after it."""
    tags = found[0]
    last = tags[tags.rfind(">") + 1 :]
    if tags.count("<") > 1 or "\n" in last:
        return "\n"
    return last
