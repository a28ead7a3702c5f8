"""Imported once by the server that workers are forked from, so that they start warm."""

import corpuskit.run.work
