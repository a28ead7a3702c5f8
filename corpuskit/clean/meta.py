"""Title, date, author, site and url from the head of a page.

Sources in order of trust: JSON-LD, OpenGraph and other `meta` elements, `time`, the
`title` and first `h1`, the address of the page. Read with bounded patterns, without a
tree: the head of a page costs a fraction of a millisecond.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain

import msgspec

from corpuskit._patterns import pattern
from corpuskit.clean.meta_jsonld import read_jsonld
from corpuskit.dates import to_created

_HEAD_BYTES = 1 << 18
_TIME_BYTES = 1 << 18
# Letters in both cases, not IGNORECASE: the scan then jumps from one "<" to the next.
# Nothing but a value in quotes goes past a "<", else the scan would take minutes.
_WRITTEN = rb"((?:[^<>\"']{1,2400}+|\"[^\"]{0,9999}+\"|'[^']{0,9999}+'){0,60}+)>"
_ELEMENT = pattern(
    rb"<([mM][eE][tT][aA]|[tT][iI][tT][lL][eE]|/[hH][eE][aA][dD]|[bB][oO][dD][yY])\b"
    rb"%b([^<]{0,1500})" % _WRITTEN
)
_LINK = pattern(rb"<[lL][iI][nN][kK]\b%b" % _WRITTEN)
_CANONICAL = b"canonical"
_USUAL = pattern(
    rb"\s+(?:property|name|itemprop)=\"([^\"]*)\"\s+content=\"([^\"]*)\"[\s/]*\Z"
)
_ATTRIBUTE = pattern(
    rb"(?<![a-zA-Z:_-])([a-zA-Z:_-]{1,99}+)\s*+=\s*+"
    rb"(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
)
_TIME = pattern(rb"<[tT][iI][mM][eE]\b([^<>]{0,600})>([^<]{0,240})")
_H1 = pattern(rb"<[hH]1\b[^<>]{0,800}>((?:[^<]|<(?!/?[hH]1\b)){1,1800}+)</[hH]1\b")
_TAG = pattern(r"<[^>]*>")
_LANGUAGE = pattern(
    rb"\A[^<]{0,99}(?:<[!?][^>]{0,999}>\s{0,99}){0,9}<[hH][tT][mM][lL]\b[^>]{0,999}?"
    rb"\blang\s?=\s?[\"']?([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\b"
)
_URL_DATE = pattern(
    r"[/_-]((?:19|20)\d\d)(?:([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)"
)
_TITLE_BREAK = pattern(r"\s*(?:[|»«·•]|\s[-–—:_]\s|_{1,2}|[-–—](?=[^-–—]*$))\s*")
_NOT_NAMES = frozenset(
    ("admin", "administrator", "author", "editor", "root", "unknown")
)

_KEYS = {
    "title": (
        "og:title",
        "twitter:title",
        "dc.title",
        "title",
        "headline",
        "articletitle",
    ),
    "created": (
        *(
            "article:published_time",
            "og:published_time",
            "datepublished",
            "publishdate",
        ),
        *("pubdate", "publish_date", "publication_date", "published_time", "dc.date"),
        *("dc.date.issued", "dcterms.created", "dcterms.issued", "dcterms.date"),
        *("dc.date.created", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:"),
        *("article:create_at", "weibo:article:create_at", "bt:pubdate", "date"),
        *("article.published", "published", "publishtime", "citation_publication_date"),
        *("created", "date.issued", "displaydate", "og:article:published_time"),
    ),
    "author": (
        *("author", "article:author", "og:article:author", "dc.creator", "byl"),
        *("parsely-author", "sailthru.author", "creator", "dcterms.creator", "authors"),
        *("article:author_name", "citation_author", "twitter:data1"),
    ),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "url": ("canonical", "og:url", "twitter:url"),
}
_READ = {
    name.encode(): name
    for name in ("og:type", "article:published_time", *chain(*_KEYS.values()))
}


class Fields(msgspec.Struct, frozen=True):
    """What a page says about itself; "" where it does not say.

    `kinds` are the types that it gives itself, in lower case: that of OpenGraph after
    `og:`, those of JSON-LD, and `published` where there is a date of publication.
    `language` is that of the `html` element, in lower case.
    """

    title: str = ""
    created: str = ""
    author: str = ""
    site: str = ""
    url: str = ""
    kinds: tuple[str, ...] = ()
    language: str = ""


def read_fields(page: bytes | str, *, url: str = "") -> Fields:
    """The fields that the head of a page gives.

    Args:
        page: as text, or in UTF-8.
        url: where it was found.
    """
    if isinstance(page, str):
        page = page.encode("utf-8", "replace")
    values = _head_values(page)
    linked = read_jsonld(page)
    site = _first(values, "site") or linked.get("site", "")
    address = _address(values, linked, url)
    language = _LANGUAGE.search(page)
    return Fields(
        title=_title(page, values, linked, site),
        created=_created(page, values, linked, address or url),
        author=_author(values, linked, site),
        site=site,
        url=address,
        kinds=_kinds(values, linked),
        language=_read(language[1]).lower() if language else "",
    )


def _kinds(values: dict[str, list[str]], linked: dict[str, str]) -> tuple[str, ...]:
    """The types of OpenGraph and JSON-LD, and whether there is a date."""
    found = [f"og:{value.lower()}" for value in values.get("og:type", ())[:1]]
    found += linked.get("kinds", "").split()
    if "article:published_time" in values:
        found.append("published")
    return tuple(found)


def _head_values(page: bytes) -> dict[str, list[str]]:
    """Values of the head by lower-case name; `title` and `canonical` among them."""
    values: dict[str, list[str]] = defaultdict(list)
    elements, end = _head_elements(page)
    for tag, written, text in elements:
        if tag == b"title":
            values["<title>"].append(_plain(_read(text)))
        else:
            name, content = _named(written)
            known = _READ.get(name)
            if known and (value := _plain(_read(content))):
                values[known].append(value)
    for written in _canonical(page, end):
        found = _attributes(written)
        if _CANONICAL in found.get(b"rel", b"").lower().split():
            address = _plain(_read(found.get(b"href", b"")))
            values["canonical"].append(address)
            if _is_full(address):
                break  # as the first full address is taken
    return values


def _canonical(page: bytes, end: int) -> Iterator[bytes]:
    """Attributes of the `link` elements before a place that seem to be canonical.

    Heads have dozens of links: it takes less to look for those that are needed.
    """
    place = page.find(_CANONICAL, 0, end)
    while place >= 0:
        link = _LINK.match(page, page.rfind(b"<", 0, place))
        if link and place < link.end():
            yield link[1]
            place = link.end()
        place = page.find(_CANONICAL, place + 1, end)


def _named(written: bytes) -> tuple[bytes, bytes]:
    """Lower-case name and content of a `meta` element, from its attributes."""
    if usual := _USUAL.match(written):
        name, content = usual.groups()
    else:
        found = _attributes(written)
        name = found.get(b"property") or found.get(b"name")
        name = name or found.get(b"itemprop", b"")
        content = found.get(b"content", b"")
    return name.lower(), content


def _head_elements(page: bytes) -> tuple[list[tuple[bytes, bytes, bytes]], int]:
    """Tag, attributes and text of `meta` and `title` in the head, and where it ends.

    It ends with its own tag, or where the body begins; a page without either has its
    meta elements first, if any.
    """
    found: list[tuple[bytes, bytes, bytes]] = []
    n_before_body, end = None, min(len(page), _HEAD_BYTES)
    for element in _ELEMENT.finditer(page, 0, _HEAD_BYTES):
        tag, written, text = element.groups()
        tag = tag.lower()
        if tag == b"/head":
            return found, element.start()
        if tag == b"body":
            if n_before_body is None:
                n_before_body, end = len(found), element.start()
        else:
            found.append((tag, written, text))
    return found[:n_before_body], end


def _attributes(written: bytes) -> dict[bytes, bytes]:
    """Attributes by lower-case name."""
    return {
        name.lower(): double or single or bare
        for name, double, single, bare in _ATTRIBUTE.findall(written)
    }


def _read(part: bytes) -> str:
    """A part of a page as text."""
    return part.decode("utf-8", "replace")


def _plain(text: str) -> str:
    """Text on one line, its entities read."""
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def _first(values: dict[str, list[str]], field: str) -> str:
    for key in _KEYS[field]:
        for value in values.get(key, ()):
            if value:
                return value
    return ""


def _address(values: dict[str, list[str]], linked: dict[str, str], url: str) -> str:
    """The first full address: canonical, OpenGraph, JSON-LD, or where it was found."""
    for value in (*_all(values, "url"), linked.get("url", ""), url):
        if _is_full(value):
            return value
    return url


def _is_full(address: str) -> bool:
    return address.startswith(("http://", "https://")) and address.count("/") > 2


def _all(values: dict[str, list[str]], field: str) -> Iterable[str]:
    return (value for key in _KEYS[field] for value in values.get(key, ()))


def _title(
    page: bytes, values: dict[str, list[str]], linked: dict[str, str], site: str
) -> str:
    """The title without the site's name."""
    whole = next(iter(values.get("<title>", ())), "")
    for title in (linked.get("title", ""), _first(values, "title")):
        if title := _plain(title):
            return _without_site(title, site)
    heading = _heading(page)
    if heading and (heading in whole or not whole):
        return heading
    return _without_site(whole, site)


def _heading(page: bytes) -> str:
    """The text of the only `h1`."""
    found = _H1.findall(page)
    return _plain(_TAG.sub(" ", _read(found[0]))) if len(found) == 1 else ""


def _without_site(title: str, site: str) -> str:
    """A title without the part before or after its last break that names the site."""
    parts = _TITLE_BREAK.split(title)
    if len(parts) < 2:
        return title
    first, last = parts[0], parts[-1]
    if site and last.casefold() == site.casefold():
        return title[: title.rindex(last)].rstrip(" |»«·•-–—:_")
    if site and first.casefold() == site.casefold():
        return title[len(first) :].lstrip(" |»«·•-–—:_")
    if not site and len(last) * 2 < len(first):
        return title[: title.rindex(last)].rstrip(" |»«·•-–—:_")
    return title


def _created(
    page: bytes, values: dict[str, list[str]], linked: dict[str, str], url: str
) -> str:
    for written in (linked.get("created", ""), *_all(values, "created")):
        if created := to_created(written):
            return created
    return _time_element(page) or url_date(url)


def _time_element(page: bytes) -> str:
    """The date of the first `time` element near the start that has one."""
    for element in _TIME.finditer(page, 0, _TIME_BYTES):
        written, text = element.groups()
        found = _attributes(written).get(b"datetime") or text
        if created := to_created(_plain(_read(found))):
            return created
    return ""


def url_date(url: str) -> str:
    """The date in an address such as `/2024/03/25/title`, or ""."""
    match = _URL_DATE.search(url)
    if not match:
        return ""
    year, _, month, day, joined_month, joined_day = match.groups()
    return to_created(f"{year}-{month or joined_month}-{day or joined_day}")


def _author(values: dict[str, list[str]], linked: dict[str, str], site: str) -> str:
    for name in (linked.get("author", ""), *_all(values, "author")):
        name = _plain(name).removeprefix("By ").removeprefix("by ")
        if not name or name.startswith("http") or len(name) > 200:
            continue
        if name.casefold() not in _NOT_NAMES and name.casefold() != site.casefold():
            return name
    return ""
