"""Regular expressions that are compiled when they are first used.

Large character classes take milliseconds each to compile; a command that never needs
them must not wait for them.
"""

import re
from typing import Any, AnyStr, Generic, cast


class _Lazy(Generic[AnyStr]):
    """Stands for a compiled pattern and becomes one at the first use."""

    def __init__(self, source: AnyStr, flags: int) -> None:
        self._source: AnyStr = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the pattern's own
        # The re module keeps only so many patterns, so the methods are kept here.
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern with the methods of `re.compile(source, flags)`, compiled when used."""
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))
