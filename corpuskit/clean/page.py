"""The main content of an HTML page, and what the page says about itself."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from corpuskit.clean.blocks import Blocks, to_blocks
from corpuskit.clean.meta import Fields, read_fields
from corpuskit.clean.meta_byline import with_byline
from corpuskit.clean.page_decode import decode_page, may_be_utf8
from corpuskit.clean.page_keep import keep as kept_of
from corpuskit.clean.page_text import join
from corpuskit.clean.page_wanted import check_wanted, with_wanted
from corpuskit.clean.tree import parse

_UNREAD = "\ufffd"


class PageRead(NamedTuple):
    """A page in UTF-8, and what a parser finds in it: its fields and its blocks."""

    page: bytes
    parser: str
    fields: Fields
    blocks: Blocks


class Page(msgspec.Struct, frozen=True):
    """A page's main text and fields; "" where there is none.

    `created` is in ISO 8601 basic form, UTC: `20240325T100700Z`.
    """

    text: str = ""
    title: str = ""
    created: str = ""
    author: str = ""
    site: str = ""
    url: str = ""


def extract(
    page: bytes | str,
    *,
    url: str = "",
    mode: str = "balanced",
    parser: str = "lexbor",
    markdown: bool = False,
    keep: tuple[str, ...] = (),
) -> Page:
    """The main content of a page or of a fragment of one, with its fields.

    Args:
        page: the page as bytes, whose charset is found, or as text.
        url: where the page was found; gives the url and perhaps the date.
        mode: `precision` keeps what is surely content, `recall` all that may be.
        parser: the tree, `lexbor` or `bs4`.
        markdown: write headings, lists, quotes, code and tables as Markdown.
        keep: what to keep besides: `tables`, `links`, `comments`, `images`. Links and
            images are written as Markdown has them.

    Raises:
        UsageError: no such mode or parser, or nothing of that name to keep.
    """
    if isinstance(page, bytes):
        read = _read_bytes(page, url=url, parser=parser)
    else:
        read = read_page(page, url=url, parser=parser)
    (found,) = _extracted([read], mode=mode, markdown=markdown, keep=keep)
    return found


def extract_all(
    sources: Sequence[str],
    urls: Sequence[str],
    *,
    mode: str,
    parser: str,
    markdown: bool,
    keep: tuple[str, ...],
) -> list[Page]:
    """What `extract` gives for each of several pages, found faster together.

    Args:
        sources: the pages as text.
        urls: where each was found, "" unknown.
        mode: as for `extract`, like the rest.
        parser: the tree.
        markdown: write Markdown.
        keep: what to keep besides.

    Raises:
        UsageError: no such mode or parser, or nothing of that name to keep.
    """
    pages = [
        read_page(source, url=url, parser=parser)
        for source, url in zip(sources, urls, strict=True)
    ]
    return _extracted(pages, mode=mode, markdown=markdown, keep=keep)


def read_page(source: str, *, url: str, parser: str) -> PageRead:
    """What there is in a page, `url` being where it was found.

    Raises:
        UsageError: no such parser.
    """
    page = source.encode("utf-8", "replace")
    fields, blocks = read_fields(page, url=url), to_blocks(parse(page, parser))
    return PageRead(page, parser, fields, blocks)


def _read_bytes(page: bytes, *, url: str, parser: str) -> PageRead:
    """What there is in a page of any charset.

    It takes less to see what becomes of a page that is taken for UTF-8, as most are,
    than to decode all of it.
    """
    if may_be_utf8(page):
        fields = read_fields(page, url=url)
        if _is_sound(fields.title, fields.author, fields.site):
            blocks = to_blocks(parse(page, parser))
            if _is_sound(*blocks.text):
                return PageRead(page, parser, fields, blocks)
    return read_page(decode_page(page), url=url, parser=parser)


def _is_sound(*texts: str) -> bool:
    return _UNREAD not in "".join(texts)


def _extracted(
    pages: Sequence[PageRead],
    *,
    mode: str,
    markdown: bool,
    keep: tuple[str, ...],
) -> list[Page]:
    """What `extract` gives for each page."""
    write = join
    if markdown:
        from corpuskit.clean.page_markdown import to_markdown as write
    found = []
    for page, kept in zip(pages, kept_blocks(pages, mode, keep), strict=True):
        blocks, fields = page.blocks, with_byline(page.fields, page.blocks)
        if "links" in keep or "images" in keep:
            blocks, kept = _marked(page, fields.url, kept, keep)
        found.append(
            Page(
                text=write(blocks, kept),
                title=fields.title,
                created=fields.created,
                author=fields.author,
                site=fields.site,
                url=fields.url,
            )
        )
    return found


def kept_blocks(
    pages: Sequence[PageRead], mode: str, wanted: tuple[str, ...] = ()
) -> list[list[int]]:
    """The blocks of each page that stay, in order.

    Raises:
        UsageError: no such mode, or nothing of that name to keep.
    """
    check_wanted(wanted)
    blocks = [page.blocks for page in pages]
    chosen = kept_of(blocks, [page.fields for page in pages], mode=mode)
    if not wanted:
        return chosen
    both = zip(blocks, chosen, strict=True)
    return [with_wanted(each, kept, wanted) for each, kept in both]


def _marked(
    page: PageRead, url: str, kept: list[int], wanted: tuple[str, ...]
) -> tuple[Blocks, list[int]]:
    """The kept blocks with links and images written as Markdown has them."""
    from corpuskit.clean.page_links import Marked

    source = page.page.decode("utf-8", "replace")
    links, images = "links" in wanted, "images" in wanted
    marked = Marked(source, url=url, links=links, images=images)
    return marked.merged(
        page.blocks, kept, to_blocks(parse(marked.source, page.parser))
    )
