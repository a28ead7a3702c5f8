"""A corpus in numbers: summaries that merge in any order to the same result.

`stats(documents, by="language")` sums up documents; `Stats.add` takes one more and
`Stats.merge` joins two summaries, so that parts can be counted apart.
"""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names, make_callable

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


__getattr__ = lazy_names(__name__, _HOMES)
