"""Imported once by the server that workers are forked from, so that they start warm."""

import importlib

for _name in (
    "corpuskit.clean.lines",
    "corpuskit.clean.page_model",
    "corpuskit.clean.step",
    "corpuskit.dedup.near",
    "corpuskit.language.detecting",
    "corpuskit.run.work",
    "corpuskit.sources.reading",
):
    importlib.import_module(_name)
