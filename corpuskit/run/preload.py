"""Imported once by the server that workers are forked from, so that they start warm."""

import importlib

importlib.import_module("corpuskit.run.work")
