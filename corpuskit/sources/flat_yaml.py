"""The YAML that nearly all front matter is: flat keys, plain values, short lists.

Read here because loading a YAML library costs more than reading a page. What is not
surely this small part of YAML is left to the library, value by value the same.
"""

import re
from typing import Any

_PAIR = re.compile(r"([A-Za-z_][\w-]*+):(?: ++(.+))?")
_ITEM = re.compile(r"( *+)- ++(.+)")
# What a plain value may not begin with, or hold.
_NOT_FIRST = frozenset("!&*-?:,[]{}#|>@`\"'%~<=")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_WORDS: dict[str, Any] = {
    "true": True,
    "True": True,
    "false": False,
    "False": False,
    "null": "",
    "Null": "",
    "NULL": "",
}


def load_flat(text: str) -> dict[str, Any] | None:
    """The keys and values of such YAML; None where it may be more than that."""
    values: dict[str, Any] = {}
    items: list[Any] | None = None
    indents: set[str] = set()
    for line in text.splitlines():
        line = line.rstrip(" ")
        if not line:
            continue
        pair = _PAIR.fullmatch(line)
        item = None if pair or items is None else _ITEM.fullmatch(line)
        if pair and pair[1] not in values:
            value = plain_value(pair[2]) if pair[2] else []
            items, indents = (None, set()) if pair[2] else (value, set())
            values[pair[1]] = value
        elif item and items is not None:
            value = plain_value(item[2])
            items.append(value)
            indents.add(item[1])
        else:
            return None
        if value is None or len(indents) > 1:
            return None
    return {key: "" if value == [] else value for key, value in values.items()} or None


def plain_value(text: str) -> Any:  # noqa: ANN401 - a string, integer or boolean
    """The value of a scalar on one line; None where it is not surely one."""
    first, last = text[0], text[-1]
    if first in "'\"":
        inner = text[1:-1]
        is_whole = len(text) > 1 and last == first
        return inner if is_whole and not {first, "\\"}.intersection(inner) else None
    if first in _NOT_FIRST or ": " in text or " #" in text or last == ":":
        return None
    if text in _WORDS:
        return _WORDS[text]
    if not text.isprintable():
        return None
    return int(text) if _INTEGER.fullmatch(text) else text
