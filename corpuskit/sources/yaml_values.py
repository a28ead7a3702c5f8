"""YAML to plain values, without running anything and without growing on aliases.

The parser's events are read one by one: nothing recurses, so that deep nesting ends
in an error, and aliases count for all that they stand for. Scalars stay as written
but for true, false and decimal integers: `no`, `12:30` and dates are strings.
"""

import re
from collections.abc import Hashable
from typing import Any

MAX_DEPTH = 20
MAX_VALUES = 20_000

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}


class YamlProblem(ValueError):
    """Text that is no YAML mapping, or one beyond the limits."""


def load_mapping(text: str) -> dict[str, Any]:
    """The top mapping of a YAML document; keys are strings.

    Raises:
        YamlProblem: no valid YAML, no mapping, too deep or too large.
    """
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlProblem(str(error)) from error
    if not isinstance(builder.root, dict):
        raise YamlProblem("not a mapping")
    return builder.root


class _Builder:
    """Builds values from events."""

    def __init__(self) -> None:
        self.root: Any = None
        self._open: list[_Container] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._n_values = 0

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        """Takes the next event of the parser."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            value = str(event.value) if self._awaits_key() else _scalar(event)
            self._anchor(event.anchor, value, 1)
            self._add(value, 1)
        elif kind == "AliasEvent":
            value, weight = self._anchors.get(event.anchor, ("", 1))
            self._add(value, weight)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._start({} if kind[0] == "M" else [], event.anchor)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            done = self._open.pop()
            self._anchor(done.anchor, done.value, self._n_values - done.before)
            self._place(done.value)

    def _awaits_key(self) -> bool:
        return bool(self._open) and self._open[-1].awaits_key()

    def _start(self, value: Any, anchor: str | None) -> None:  # noqa: ANN401
        if len(self._open) == MAX_DEPTH:
            raise YamlProblem("nested too deeply")
        self._open.append(_Container(value, anchor, self._n_values))
        self._n_values += 1

    def _anchor(self, name: str | None, value: Any, weight: int) -> None:  # noqa: ANN401
        if name:
            self._anchors[name] = (value, weight)

    def _add(self, value: Any, weight: int) -> None:  # noqa: ANN401
        self._n_values += weight
        if self._n_values > MAX_VALUES:
            raise YamlProblem("too many values")
        self._place(value)

    def _place(self, value: Any) -> None:  # noqa: ANN401
        if self._open:
            self._open[-1].add(value)
        else:
            self.root = value


class _Container:
    """A mapping or list that is still open."""

    def __init__(self, value: Any, anchor: str | None, before: int) -> None:  # noqa: ANN401
        self.value, self.anchor, self.before = value, anchor, before
        self._key: str | None = None

    def awaits_key(self) -> bool:
        """Whether the next value is a key."""
        return self._key is None and isinstance(self.value, dict)

    def add(self, value: Any) -> None:  # noqa: ANN401
        """Takes the next value: a key, the value of the last key, or an item."""
        if isinstance(self.value, list):
            self.value.append(value)
        elif self._key is None:
            self._key = str(value) if isinstance(value, Hashable) else "?"
        else:
            self.value[self._key] = value
            self._key = None


def _scalar(event: Any) -> Any:  # noqa: ANN401
    text = str(event.value)
    if event.style or not event.implicit[0]:
        return text
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text in ("~", "null", "Null", "NULL"):
        return ""
    return int(text) if _INTEGER.fullmatch(text) else text
