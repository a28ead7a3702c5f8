"""Lines that the pages of one site share at their heads or tails: found, and cut.

Each page gives hashes of its first and last lines. A line that stands at the same end
of enough pages of a site, with different texts between, is no part of any of them. Only
whole runs of such lines go, from the very end of a page inwards, so a refrain or a
formula inside a text stays, and so do pages that are alike from end to end.
"""

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec

from corpuskit.clean.head_lines import read_head
from corpuskit.document import Document

HEAD: Final = 5
TAIL: Final = 10
MIN_PAGES: Final = 3
MIN_SHARE: Final = 0.5
MAX_CUT: Final = 1 / 3
MARK: Final = "boilerplate"
"""Key of the extra metadata: how many lines were cut; 0 where none had to be."""

_LOOKED_AT: Final = ("text/plain", "text/html", "application/xhtml+xml")
_PAGES: Final = _LOOKED_AT[1:]
COLUMNS: Final = 2 + HEAD + TAIL


class Cut(NamedTuple):
    """How many lines to take off the head and the tail of a document."""

    head: int = 0
    tail: int = 0


class Edges:
    """The first and last lines of the documents of one split, as hashes.

    Attributes:
        hashes: `COLUMNS` numbers a document: its site, a line of its middle, its lines
            from the head, its lines from the tail. A site of 0 means that it is not
            looked at, a line of 0 is missing.
        n_looked_at: how many documents are looked at.
    """

    def __init__(self) -> None:
        self.hashes = array("Q")
        self.n_looked_at = 0

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents, their edges taken down while they pass."""
        for document in documents:
            row = _edges(document)
            self.hashes.extend(row)
            self.n_looked_at += row[0] != 0
            yield document

    def forget(self) -> None:
        """Frees the hashes: they are large, and counted once."""
        self.hashes = array("Q")


def _edges(document: Document) -> tuple[int, ...]:
    if not _is_looked_at(document):
        return (0,) * COLUMNS
    lines = [line for line in map(str.strip, document.text.split("\n")) if line]
    head = [_hash(line) for line in lines[:HEAD]]
    tail = [_hash(line) for line in lines[: -TAIL - 1 : -1]]
    head += [0] * (HEAD - len(head))
    tail += [0] * (TAIL - len(tail))
    return (_hash(site_of(document)), _hash(_middle(lines)), *head, *tail)


def _middle(lines: list[str]) -> str:
    """The longest line of those in the middle third, which is never cut."""
    total, done, longest = sum(map(len, lines)), 0, ""
    for line in lines:
        if 3 * done >= 2 * total:
            break
        done += len(line)
        if 3 * done > total and len(line) > len(longest):
            longest = line
    return longest


def _is_looked_at(document: Document) -> bool:
    """Whether a document is a page or plain text that was not looked at before."""
    return (
        document.keep
        and document.metadata.media_type in _LOOKED_AT
        and f'"{MARK}":' not in document.metadata.extra
    )


def site_of(document: Document) -> str:
    """What the pages of one site have in common: host, name of the site, or folder."""
    try:
        host = urlsplit(document.url).hostname
    except ValueError:
        host = None
    if host:
        return host.removeprefix("www.")
    if document.metadata.site and document.metadata.media_type in _PAGES:
        return document.metadata.site
    folder = document.id.rpartition("#")[0].rpartition("/")[0]
    return f"{document.source}\n{folder}"


def _hash(text: str) -> int:
    """A hash that is the same in every process, and never 0."""
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


def cut_lines(document: Document, cut: Cut) -> Document:
    """The document without these lines, and with their number in the extra metadata.

    Where they are more than a third of the text they stay: then they are the text. A
    title that was one of them is looked for again.
    """
    if cut == Cut():
        return document.with_extra(**{MARK: 0})
    lines = document.text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    kept = filled[cut.head : len(filled) - cut.tail]
    text = "\n".join(lines[kept[0] : kept[-1] + 1]) if kept else ""
    n_cut = cut.head + cut.tail
    if len(document.text) - len(text) > MAX_CUT * len(document.text):
        n_cut = 0
    if n_cut:
        document = document.with_text(text)
        if document.title in {lines[number].strip() for number in filled[: cut.head]}:
            title = read_head(text, normalized=True).title
            document = msgspec.structs.replace(document, title=title)
    return document.with_extra(**{MARK: n_cut})
