"""Recognise what corpuskit itself wrote, so that it is not read as input."""

from pathlib import Path

MANIFEST = "manifest.json"
_MARK = b'"corpuskit'
_MARK_BYTES = 4096


def is_own_output(folder: str) -> bool:
    """Whether a folder is a corpus that corpuskit wrote: records and their manifest."""
    records = Path(folder, "documents.jsonl")
    return _is_manifest(Path(folder, MANIFEST)) and records.is_file()


def is_own_side_file(path: str) -> bool:
    """Whether a file is what lies beside an output file: manifest, drops, reasons."""
    for ending in (".manifest.json", ".dropped.jsonl", ".explained.jsonl"):
        if path.endswith(ending):
            return _is_manifest(Path(path[: -len(ending)] + ".manifest.json"))
    return False


def _is_manifest(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return _MARK in file.read(_MARK_BYTES)
    except OSError:
        return False
