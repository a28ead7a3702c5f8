"""The reasons for what cleaning removed, noted in the document.

The document is looked at once more by the same functions; a run that does not ask for
reasons pays nothing for them.
"""

from collections.abc import Callable, Iterator

from corpuskit.clean.options import CleanOptions
from corpuskit.clean.removed import Piece, with_removed
from corpuskit.document import Document

Normalize = Callable[[str], str]


def explained(
    found: Document, done: Document, options: CleanOptions, normalize: Normalize
) -> Document:
    """The cleaned document with the spans that were removed from it.

    Args:
        found: the document before cleaning.
        done: the same document after it.
        options: how it was cleaned.
        normalize: the normalisation of the run.
    """
    media_type = found.metadata.media_type
    if media_type in ("text/html", "application/xhtml+xml"):
        pieces = _page_pieces(found, options, normalize)
    elif options.lines and media_type != "text/markdown":
        from corpuskit.clean.removed_lines import line_pieces

        pieces = line_pieces(normalize(found.text), normalize)
    else:
        pieces = iter(())
    return with_removed(done, pieces)


def _page_pieces(
    found: Document, options: CleanOptions, normalize: Normalize
) -> Iterator[Piece]:
    from corpuskit.clean.page import kept_blocks, read_page
    from corpuskit.clean.removed_blocks import block_pieces

    page = read_page(found.text, url=found.url, parser=options.parser)
    (kept,) = kept_blocks([page], options.mode, options.keep)
    return block_pieces(
        page.blocks,
        kept,
        normalize,
        fields=page.fields,
        mode=options.mode,
    )
