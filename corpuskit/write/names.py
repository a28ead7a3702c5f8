"""File names for texts: made from document ids, valid on every system."""

import hashlib
import re

from corpuskit._patterns import pattern

_FORBIDDEN = pattern(r'[<>:"\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = pattern(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MAX_BYTES = 200


def text_name(document_id: str) -> str:
    """The relative path of a document's .txt file, with `/` between folders.

    `seeds/a.txt#0` gives `seeds/a.txt`, `seeds/b.html#2` gives `seeds/b.html#2.txt`.
    """
    stem, mark, number = document_id.rpartition("#")
    name = stem if mark and number == "0" else document_id
    parts = [_portable(part) for part in name.split("/") if part not in ("", ".")]
    *folders, last = parts or ["_"]
    # A folder never ends in .txt, so that no text file stands in a folder's way.
    folders = [
        f"{part}_" if part.lower().endswith(".txt") else part for part in folders
    ]
    return "/".join(
        [*folders, last if last.lower().endswith(".txt") else f"{last}.txt"]
    )


def numbered(name: str, number: int) -> str:
    """The name with `~number` before its suffix, for the second of two equal names."""
    return f"{name.removesuffix('.txt')}~{number}.txt"


def _portable(part: str) -> str:
    part = _FORBIDDEN.sub("_", part).rstrip(". ") or "_"
    if _RESERVED.fullmatch(part):
        part = "_" + part
    raw = part.encode("utf-8")
    if len(raw) <= _MAX_BYTES:
        return part
    digest = hashlib.sha256(raw).hexdigest()[:12]
    return raw[: _MAX_BYTES - 13].decode("utf-8", "ignore") + "-" + digest
