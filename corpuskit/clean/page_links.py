"""Where the links of a page lead and where its images are, kept in its text.

The walk over a page gives its text alone. So the source is marked first: characters
that no text has, which Unicode sets aside for inner use, go around the content of each
link and in place of each image. The marked page is walked like any other; the marks in
its blocks become `[text](address)` and `![text](address)`.
"""

import html
import re
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin

from corpuskit._patterns import pattern
from corpuskit.clean.blocks import Blocks

_LINK, _END, _IMAGE, _STOP = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_MARKS: Final = pattern(f"[{_LINK}{_IMAGE}]\\d+{_STOP}|{_END}")
_ANY: Final = pattern(f"[{_LINK}-{_STOP}]")
_TAG: Final = pattern(
    r"<(?:/a\s*>|(?P<name>a|img|base)(?=[\s/>])"
    r"(?P<rest>(?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'){0,200}+)>)",
    re.IGNORECASE,
)
_VALUE: Final = pattern(
    r"(?<![\w-])(?P<name>href|src|data-src|data-original|alt)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
_BLANKS: Final = pattern(" {2,}")
_NO_ADDRESS: Final = ("#", "javascript:", "data:", "about:", "blob:", "file:")
_PRE: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
_UNSAFE: Final = str.maketrans(
    {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": "", "\t": ""}
)


class Marked:
    """A page whose links and images are marked.

    Attributes:
        source: the page with the marks; "" where it has such characters by itself.
    """

    def __init__(self, source: str, *, url: str, links: bool, images: bool) -> None:
        self._base = url
        self._links = links
        self._images = images
        self._found: list[tuple[str, str]] = []
        is_free = not _ANY.search(source)
        self.source = _TAG.sub(self._mark, source) if is_free else ""

    def _mark(self, found: re.Match[str]) -> str:
        name = (found["name"] or "").lower()
        if not name:
            return _END + found[0] if self._links else found[0]
        values = _attributes(found["rest"])
        if name == "base":
            self._base = _joined(self._base, values.get("href", ""))
        elif name == "a" and self._links:
            return f"{found[0]}{self._number(_LINK, values.get('href', ''), '')}"
        elif name == "img" and self._images:
            lazy = values.get("data-src") or values.get("data-original")
            address = lazy or values.get("src", "")
            return self._number(_IMAGE, address, values.get("alt", "")) + found[0]
        return found[0]

    def _number(self, mark: str, address: str, text: str) -> str:
        """The mark of one more address; none for what leads nowhere."""
        address = address.strip()
        if not address or address.lower().startswith(_NO_ADDRESS):
            return ""
        address = _joined(self._base, address).translate(_UNSAFE)
        self._found.append((address, " ".join(_ANY.sub("", text).split())))
        return f"{mark}{len(self._found) - 1}{_STOP}"

    def merged(
        self, blocks: Blocks, kept: list[int], marked: Blocks
    ) -> tuple[Blocks, list[int]]:
        """The marked blocks as they are to be written, and which of them stay.

        Args:
            blocks: of the page without marks.
            kept: those of them that stay.
            marked: blocks of the marked page.
        """
        stays, texts = set(kept), list(marked.text)
        chosen: list[int] = []
        images: list[int] = []
        number, before, carried = -1, False, ""
        for i, text in enumerate(marked.text):
            plain = _MARKS.sub("", text)
            if not plain.strip():
                texts[i], has_image = self._written(text)
                carried = _left_open(text)
                images += [i] * has_image
                continue
            number += 1
            if number == len(blocks) or not _is_same(plain, blocks.text[number]):
                return blocks, kept
            is_code = marked.tag[marked.owner[i]] in _PRE
            texts[i] = plain if is_code else self._written(carried + text)[0]
            keep = number in stays
            # Below the main content stand the images of what is offered to read next.
            if keep or (before and number < kept[-1]):
                chosen += images
            chosen += [i] * keep
            before, images, carried = keep, [], ""
        complete = number + 1 == len(blocks)
        return (replace(marked, text=texts), chosen) if complete else (blocks, kept)

    def _written(self, text: str) -> tuple[str, bool]:
        """The text with its marks as Markdown has them; whether an image is in it."""
        parts: list[str] = []
        start, opened, has_image = 0, -1, False
        address = ""
        for mark in _MARKS.finditer(text):
            parts.append(text[start : mark.start()])
            start = mark.end()
            kind = mark[0][0]
            if kind == _IMAGE:
                target, words = self._found[int(mark[0][1:-1])]
                parts.append(f"![{words}]({target})")
                has_image = True
                continue
            if opened >= 0:
                parts[opened:] = [_link("".join(parts[opened:]), address)]
                opened = -1
            if kind == _LINK:
                opened, address = len(parts), self._found[int(mark[0][1:-1])][0]
        parts.append(text[start:])
        if opened >= 0:
            parts[opened:] = [_link("".join(parts[opened:]), address)]
        return _BLANKS.sub(" ", "".join(parts)).strip(), has_image


def _left_open(text: str) -> str:
    """The mark of the link that goes on after a block without text, if one does."""
    start = text.rfind(_LINK)
    is_open = start > text.rfind(_END)
    return text[start : text.index(_STOP, start) + 1] if is_open else ""


def _link(text: str, address: str) -> str:
    """A link with the blanks at its ends outside."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}[{inner}]({address}){text[start + len(inner) :]}"


def _attributes(rest: str) -> dict[str, str]:
    """The values of the attributes that matter, of each name the first."""
    values: dict[str, str] = {}
    for found in _VALUE.finditer(rest):
        value = found["double"] or found["single"] or found["bare"] or ""
        values.setdefault(found["name"].lower(), html.unescape(value))
    return values


def _joined(base: str, address: str) -> str:
    """The address seen from its page; itself where that is no address."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _is_same(marked: str, plain: str) -> bool:
    return marked == plain or marked.split() == plain.split()
