"""Names of files: how they sort, how they match and how records show them."""

import os
import re
from functools import lru_cache

_DIGITS = re.compile("([0-9]+)")
_HIDDEN = {"__MACOSX", "Thumbs.db", "desktop.ini"}

_URL = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+://", re.I)

PartKey = tuple[tuple[str | tuple[int, str], ...], str]
SortKey = tuple[PartKey, ...]


def shown_path(path: str) -> str:
    r"""The path as valid text, with "/" between parts.

    Bytes that are not text in the file system's encoding are shown as `\xe9`.
    """
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(map(_shown_character, path))
    return path


def _shown_character(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if 0xD800 <= code <= 0xDFFF else character


def is_url(path: str) -> bool:
    """Whether a path names something behind a URL."""
    return "://" in path and bool(_URL.match(path))


def sort_key(path: str) -> SortKey:
    """Orders paths part by part, numbers by value: `page2` before `page10`."""
    return tuple(map(_part_key, path.split("/")))


@lru_cache(4096)
def _part_key(part: str) -> PartKey:
    # Odd places hold digits: as length and digits they compare like the number.
    pieces = _DIGITS.split(part)
    key: list[str | tuple[int, str]] = list(pieces)
    for place in range(1, len(pieces), 2):
        digits = pieces[place].lstrip("0")
        key[place] = (len(digits), digits)
    return tuple(key), part


def is_hidden(name: str) -> bool:
    """Whether a folder walk passes over a file or folder of this name."""
    return name.startswith(".") or name in _HIDDEN


def is_wanted(name: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
    """Whether the patterns let this path (below its folder) through."""
    if matches(name, exclude):
        return False
    return not include or matches(name, include)


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a pattern fits the path or its last part."""
    if not patterns:
        return False
    from fnmatch import fnmatchcase

    last = name.rpartition("/")[2]
    return any(fnmatchcase(name, p) or fnmatchcase(last, p) for p in patterns)
