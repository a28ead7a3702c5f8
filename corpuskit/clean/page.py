"""The main content of an HTML page, and what the page says about itself."""

from collections.abc import Sequence

import msgspec

from corpuskit.clean.blocks import Blocks, to_blocks
from corpuskit.clean.meta import Fields, read_fields
from corpuskit.clean.meta_byline import with_byline
from corpuskit.clean.page_decode import read_page
from corpuskit.clean.page_keep import keep as kept_of
from corpuskit.clean.page_text import join
from corpuskit.clean.page_wanted import check_wanted, with_wanted
from corpuskit.clean.tree import parse

Choice = tuple[Blocks, list[int]]
"""The blocks of a page, and which of them stay, in order."""


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
    source, parsed = read_page(page) if isinstance(page, bytes) else (page, page)
    (found,) = extract_all(
        [source],
        [url],
        mode=mode,
        parser=parser,
        markdown=markdown,
        keep=keep,
        parsed=[parsed],
    )
    return found


def extract_all(
    sources: Sequence[str],
    urls: Sequence[str],
    *,
    mode: str,
    parser: str,
    markdown: bool,
    keep: tuple[str, ...],
    parsed: Sequence[str | bytes] = (),
) -> list[Page]:
    """What `extract` gives for each of several pages, found faster together.

    Args:
        sources: the pages as text.
        urls: where each was found, "" unknown.
        mode: as for `extract`, like the rest.
        parser: the tree.
        markdown: write Markdown.
        keep: what to keep besides.
        parsed: the pages as they are parsed: bytes where these are UTF-8.

    Raises:
        UsageError: no such mode or parser, or nothing of that name to keep.
    """
    write = join
    if markdown:
        from corpuskit.clean.page_markdown import to_markdown as write
    fields = [
        read_fields(source, url=url) for source, url in zip(sources, urls, strict=True)
    ]
    chosen = kept_blocks(
        parsed or sources, fields, mode=mode, parser=parser, wanted=keep
    )
    fields = [
        with_byline(known, blocks)
        for known, (blocks, _) in zip(fields, chosen, strict=True)
    ]
    pages = []
    for source, known, (blocks, kept) in zip(sources, fields, chosen, strict=True):
        if "links" in keep or "images" in keep:
            blocks, kept = _marked(source, known.url, (blocks, kept), parser, keep)
        pages.append(
            Page(
                text=write(blocks, kept),
                title=known.title,
                created=known.created,
                author=known.author,
                site=known.site,
                url=known.url,
            )
        )
    return pages


def kept_blocks(
    sources: Sequence[str | bytes],
    fields: Sequence[Fields],
    *,
    mode: str,
    parser: str,
    wanted: tuple[str, ...] = (),
) -> list[Choice]:
    """The blocks of each page whose fields are known, and which of them stay."""
    check_wanted(wanted)
    pages = [to_blocks(parse(source, parser)) for source in sources]
    chosen = kept_of(pages, fields, mode=mode)
    if wanted:
        chosen = [
            with_wanted(blocks, kept, wanted)
            for blocks, kept in zip(pages, chosen, strict=True)
        ]
    return list(zip(pages, chosen, strict=True))


def _marked(
    source: str, url: str, choice: Choice, parser: str, wanted: tuple[str, ...]
) -> Choice:
    """The choice with links and images written as Markdown has them."""
    from corpuskit.clean.page_links import Marked

    links, images = "links" in wanted, "images" in wanted
    marked = Marked(source, url=url, links=links, images=images)
    return marked.merged(*choice, to_blocks(parse(marked.source, parser)))
