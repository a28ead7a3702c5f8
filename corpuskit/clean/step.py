"""The clean step: a document as found -> its main text and its fields."""

from collections.abc import Iterator, Sequence

import msgspec

from corpuskit.clean.head_lines import Head, read_head
from corpuskit.clean.options import CleanOptions
from corpuskit.document import Document

_DEFAULT = CleanOptions()
_PAGES = ("text/html", "application/xhtml+xml")
_PRINTED = ("application/pdf",)
_XML = "text/xml"
_MARKED_UP = (
    "text/markdown",
    _XML,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    *_PRINTED,
)


def clean(document: Document, options: CleanOptions = _DEFAULT) -> Document:
    """The document with its main text, normalised, and with the fields it names.

    Fields that the document has already stay. A document that is dropped, or was
    cleaned before, comes back as it is; one without main text is `clean.empty`.
    """
    return clean_all([document], options)[0]


def clean_all(
    documents: Sequence[Document], options: CleanOptions = _DEFAULT
) -> list[Document]:
    """The documents as `clean` gives each; pages are worked out faster together."""
    found = list(documents)
    unclean = [n for n, one in enumerate(found) if not _is_done(one)]
    pages = [n for n in unclean if _is_page(found[n])]
    cleaned = _clean_pages([found[n] for n in pages], options)
    for number in unclean:
        one = found[number]
        done = next(cleaned) if _is_page(one) else _clean_text(one, options)
        found[number] = _finished(one, done, options)
    return found


def _is_done(document: Document) -> bool:
    return not document.keep or bool(document.extra().get("cleaned"))


def _is_page(document: Document) -> bool:
    return document.metadata.media_type in _PAGES


def _finished(found: Document, done: Document, options: CleanOptions) -> Document:
    """A cleaned document with what is told of its cleaning."""
    if options.explain:
        from functools import partial

        from corpuskit.clean.explain import explained

        normalize = partial(_normalize, options=options)
        done = explained(found, done, options, normalize)
    done = done.with_extra(cleaned=True)
    return done if done.text else done.dropped("clean.empty")


def head_fields(document: Document) -> Document:
    """The document with the title, date, author, site and url that its head shows.

    The text stays; fields that the document has already stay too.
    """
    if _is_done(document):
        return document
    if _is_page(document):
        from corpuskit.clean.meta import read_fields

        page = read_fields(document.text)
        return _fill(
            document, page.title, page.created, page.author, page.site, page.url
        )
    return _fill_head(document, read_head(document.text))


def _clean_pages(
    documents: Sequence[Document], options: CleanOptions
) -> Iterator[Document]:
    """Main content and fields of HTML pages."""
    if not documents:
        return
    from corpuskit.clean.page import extract_all

    pages = extract_all(
        [document.text for document in documents],
        [document.url for document in documents],
        mode=options.mode,
        parser=options.parser,
        markdown=options.markdown,
        keep=options.keep,
    )
    for document, page in zip(documents, pages, strict=True):
        filled = _fill(
            document, page.title, page.created, page.author, page.site, page.url
        )
        yield filled.with_text(_normalize(page.text, options))


def _clean_text(document: Document, options: CleanOptions) -> Document:
    """Main text and fields of plain text; Markdown, Word and PDF keep their lines."""
    is_plain = document.metadata.media_type not in _MARKED_UP
    text = document.text
    if document.metadata.media_type in _PRINTED:
        from corpuskit.clean.printed import join_pages

        text = join_pages(text)
    elif document.metadata.media_type == _XML:
        from corpuskit.clean.xml_text import xml_text

        text, title = xml_text(text)
        document = _fill(document, title, "", "", "", "")
    text = _normalize(text, options, entities=is_plain)
    if not (options.lines and is_plain):
        head = read_head(text, normalized=True)
    else:
        from corpuskit.clean.lines import main_lines

        text, head = main_lines(text)
        text = _normalize(text, options)
    return _fill_head(document, head).with_text(text)


def _normalize(text: str, options: CleanOptions, *, entities: bool = True) -> str:
    from corpuskit.clean.normalize_text import normalize

    return normalize(
        text,
        form=options.form,
        width=options.width,
        quotes=options.quotes,
        join_hyphens=options.join_hyphens,
        entities=entities,
    )


def _fill_head(document: Document, head: Head) -> Document:
    """The document with the fields of a plain-text head."""
    if head.written and not document.created:
        document = document.with_extra(date=head.written)
    return _fill(document, head.title, head.created, head.author, head.site, "")


def _fill(
    document: Document, title: str, created: str, author: str, site: str, url: str
) -> Document:
    """The document with these fields where it has none yet."""
    document = msgspec.structs.replace(
        document,
        title=document.title or title,
        created=document.created or created,
        url=document.url or url,
    )
    known = document.metadata
    return document.with_metadata(
        author=known.author or author, site=known.site or site
    )
