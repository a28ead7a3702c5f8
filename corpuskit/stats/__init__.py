"""A corpus in numbers: summaries that merge in any order to the same result.

`stats(documents, by="language")` sums up documents; `Stats.add` takes one more and
`Stats.merge` joins two summaries, so that parts can be counted apart.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpuskit._room import make_callable

if TYPE_CHECKING:
    from corpuskit.stats.fields import values_of as values_of
    from corpuskit.stats.lengths import Lengths as Lengths
    from corpuskit.stats.summary import Group as Group
    from corpuskit.stats.summary import Stats as Stats
    from corpuskit.stats.summary import stats as stats

__all__ = ["Group", "Lengths", "Stats", "stats", "values_of"]

_HOMES = {
    "Group": "summary",
    "Lengths": "lengths",
    "Stats": "summary",
    "stats": "summary",
    "values_of": "fields",
}

make_callable(__name__)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
