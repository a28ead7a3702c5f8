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
    from corpuskit.clean.meta import read_fields
    from corpuskit.clean.page import kept_blocks
    from corpuskit.clean.removed_blocks import block_pieces

    fields = read_fields(found.text, url=found.url)
    ((blocks, kept),) = kept_blocks(
        [found.text],
        [fields],
        mode=options.mode,
        parser=options.parser,
        wanted=options.keep,
    )
    return block_pieces(
        blocks,
        kept,
        normalize,
        fields=fields,
        mode=options.mode,
    )
