"""Which documents say the same: exact and near duplicates, clusters, a keep rule."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpuskit._room import make_callable

if TYPE_CHECKING:
    from corpuskit.dedup.index import Index as Index
    from corpuskit.dedup.marks import Mark as Mark
    from corpuskit.dedup.marks import Marks as Marks
    from corpuskit.dedup.near import NearDuplicates as NearDuplicates
    from corpuskit.dedup.options import DedupOptions as DedupOptions
    from corpuskit.dedup.stream import dedup as dedup
    from corpuskit.dedup.summary import Summary as Summary

__all__ = [
    "DedupOptions",
    "Index",
    "Mark",
    "Marks",
    "NearDuplicates",
    "Summary",
    "dedup",
]

_HOMES = {
    "DedupOptions": "options",
    "Index": "index",
    "Mark": "marks",
    "Marks": "marks",
    "NearDuplicates": "near",
    "Summary": "summary",
    "dedup": "stream",
}

make_callable(__name__)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
