"""The version of corpuskit, in one place."""

VERSION = "0.1.0"
