"""Regular expressions that are compiled when they are first used.

Large character classes take milliseconds each to compile; a command that never needs
them must not wait for them.
"""

import re
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern and becomes one at the first use."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the pattern's own
        # The re module keeps only so many patterns, so the methods are kept here.
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern with the methods of `re.compile(source, flags)`, compiled when used."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
