"""Imported once by the server that workers are forked from, so that they start warm.

What is built when it is first used, such as patterns, models and tables, is built here
by cleaning a sample page; the workers share it.
"""

import contextlib
import gc
import importlib

_MODULES = (
    "corpuskit.clean.boilerplate",
    "corpuskit.clean.lines",
    "corpuskit.dedup.near",
    "corpuskit.run.boilerplate",
    "corpuskit.run.duplicates",
    "corpuskit.run.inputs",
    "corpuskit.run.steps",
    "corpuskit.run.work",
    "corpuskit.sources.reading",
)
_SAMPLE = """<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>En dag ved havnen</title>
<meta name="author" content="Mette Holm"></head>
<body><ul><li><a href="/">Forside</a></li><li><a href="/om">Om os</a></li></ul>
<h1>En dag ved havnen</h1><p>3. maj 2021, af Mette Holm</p>
<p>Tidligt om morgenen sejler de første både ud, og mågerne følger efter dem.</p>
<p>Det blæser sjældent så tidligt, men når det gør, bliver alle hjemme i byen.</p>
<table><tr><td>Fisk</td><td>12</td></tr></table>
<p><a href="/c">Kontakt</a> © 2021</p></body></html>"""
_WORD = "voda"


def warm() -> None:
    """Imports what workers need, and cleans a page.

    None of that will be garbage: the workers need not look for any in it. What fails
    here will fail with a page of the run too, and is told there.
    """
    gc.disable()
    try:
        for name in _MODULES:
            importlib.import_module(name)
        _clean_sample()
    finally:
        gc.freeze()
        gc.enable()


def _clean_sample() -> None:
    from corpuskit.clean import clean
    from corpuskit.document import Document
    from corpuskit.errors import CorpuskitError
    from corpuskit.language import identify

    page = Document("sample").with_metadata(media_type="text/html").with_text(_SAMPLE)
    with contextlib.suppress(CorpuskitError):
        identify(clean(page))
        identify(page.with_text(_WORD))


warm()
