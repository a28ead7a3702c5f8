"""The main content of an HTML page, and what the page says about itself."""

from typing import TYPE_CHECKING

import msgspec

from corpuskit.clean.meta import Fields, read_fields

if TYPE_CHECKING:
    from corpuskit.clean.blocks import Blocks


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
    from corpuskit.clean.page_decode import decode_page

    source = decode_page(page) if isinstance(page, bytes) else page
    fields = read_fields(source, url=url)
    if markdown or keep:
        text = shaped_text(
            source, fields, mode=mode, parser=parser, markdown=markdown, wanted=keep
        )
    else:
        text = main_text(source, fields, mode=mode, parser=parser)
    return Page(
        text=text,
        title=fields.title,
        created=fields.created,
        author=fields.author,
        site=fields.site,
        url=fields.url,
    )


def main_text(source: str, fields: Fields, *, mode: str, parser: str) -> str:
    """The main text of a page whose fields are known."""
    from corpuskit.clean.page_text import join

    return join(*kept_blocks(source, fields, mode=mode, parser=parser))


def kept_blocks(
    source: str,
    fields: Fields,
    *,
    mode: str,
    parser: str,
    wanted: tuple[str, ...] = (),
) -> "tuple[Blocks, list[int]]":
    """The blocks of a page whose fields are known, and which of them stay."""
    from corpuskit.clean.blocks import to_blocks
    from corpuskit.clean.page_keep import keep
    from corpuskit.clean.tree import parse

    blocks = to_blocks(parse(source, parser))
    kept = keep(blocks, fields, mode=mode)
    if wanted:
        from corpuskit.clean.page_wanted import with_wanted

        kept = with_wanted(blocks, kept, wanted)
    return blocks, kept


def shaped_text(
    source: str,
    fields: Fields,
    *,
    mode: str,
    parser: str,
    markdown: bool,
    wanted: tuple[str, ...],
) -> str:
    """The main text of a page as Markdown, or with more of the page kept."""
    from corpuskit.clean.blocks import to_blocks
    from corpuskit.clean.page_links import Marked
    from corpuskit.clean.page_markdown import to_markdown
    from corpuskit.clean.page_text import join
    from corpuskit.clean.page_wanted import check_wanted
    from corpuskit.clean.tree import parse

    check_wanted(wanted)
    blocks, kept = kept_blocks(source, fields, mode=mode, parser=parser, wanted=wanted)
    if "links" in wanted or "images" in wanted:
        links, images = "links" in wanted, "images" in wanted
        marked = Marked(source, url=fields.url, links=links, images=images)
        again = to_blocks(parse(marked.source, parser))
        blocks, kept = marked.merged(blocks, kept, again)
    return to_markdown(blocks, kept) if markdown else join(blocks, kept)


def head(source: str, *, url: str = "") -> Fields:
    """The fields of a page alone; cheap, without a tree."""
    return read_fields(source, url=url)
