"""EPUB books to Documents: the pages of the book in reading order."""

import posixpath
from urllib.parse import unquote
from xml.etree import ElementTree

from corpuskit.errors import ReadError

CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")


def package_path(container: bytes) -> str:
    """Where the package document of a book lies, from its container file.

    Raises:
        ReadError: the file names none.
    """
    for element in _parse(container).iter():
        if _name(element) == "rootfile" and element.get("full-path"):
            return str(element.get("full-path"))
    raise ReadError("a book without a package file: fetch it again", rule="truncated")


def spine(package: bytes, path: str) -> list[str]:
    """Paths of a book's pages in reading order, from its package document.

    Raises:
        ReadError: the document is no XML.
    """
    folder = posixpath.dirname(path)
    pages: dict[str, str] = {}
    order: list[str] = []
    for element in _parse(package).iter():
        if _name(element) == "item" and element.get("media-type") in _PAGES:
            pages[element.get("id", "")] = element.get("href", "")
        elif _name(element) == "itemref":
            order.append(element.get("idref", ""))
    hrefs = [unquote(pages[name]) for name in order if name in pages]
    return [posixpath.normpath(posixpath.join(folder, href)) for href in hrefs]


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _parse(data: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        problem = f"damaged book ({error}): fetch it again"
        raise ReadError(problem, rule="truncated") from error
