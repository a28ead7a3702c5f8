"""The main content of an HTML page, and what the page says about itself."""

import msgspec

from corpuskit.clean.meta import Fields, read_fields


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
) -> Page:
    """The main content of a page or of a fragment of one, with its fields.

    Args:
        page: the page as bytes, whose charset is found, or as text.
        url: where the page was found; gives the url and perhaps the date.
        mode: `precision` keeps what is surely content, `recall` all that may be.
        parser: the tree, `lexbor` or `bs4`.

    Raises:
        UsageError: no such mode or parser.
    """
    from corpuskit.clean.page_decode import decode_page

    source = decode_page(page) if isinstance(page, bytes) else page
    fields = read_fields(source, url=url)
    return Page(
        text=main_text(source, fields, mode=mode, parser=parser),
        title=fields.title,
        created=fields.created,
        author=fields.author,
        site=fields.site,
        url=fields.url,
    )


def main_text(source: str, fields: Fields, *, mode: str, parser: str) -> str:
    """The main text of a page whose fields are known."""
    from corpuskit.clean.blocks import to_blocks
    from corpuskit.clean.page_keep import keep
    from corpuskit.clean.page_text import join
    from corpuskit.clean.tree import parse

    blocks = to_blocks(parse(source, parser))
    return join(blocks, keep(blocks, fields.title, fields.description, mode=mode))


def head(source: str, *, url: str = "") -> Fields:
    """The fields of a page alone; cheap, without a tree."""
    return read_fields(source, url=url)
