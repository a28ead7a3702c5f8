"""Which documents say the same: exact and near duplicates, clusters, a keep rule."""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names, make_callable

if TYPE_CHECKING:
    from corpuskit.dedup.contamination import EvalSets as EvalSets
    from corpuskit.dedup.contamination import RunOptions as RunOptions
    from corpuskit.dedup.cuts import CutOptions as CutOptions
    from corpuskit.dedup.cuts import Cuts as Cuts
    from corpuskit.dedup.cuts import Spans as Spans
    from corpuskit.dedup.index import Index as Index
    from corpuskit.dedup.marks import Mark as Mark
    from corpuskit.dedup.marks import Marks as Marks
    from corpuskit.dedup.near import NearDuplicates as NearDuplicates
    from corpuskit.dedup.options import DedupOptions as DedupOptions
    from corpuskit.dedup.repeats import Repeats as Repeats
    from corpuskit.dedup.stream import dedup as dedup
    from corpuskit.dedup.summary import Summary as Summary

__all__ = [
    "CutOptions",
    "Cuts",
    "DedupOptions",
    "EvalSets",
    "Index",
    "Mark",
    "Marks",
    "NearDuplicates",
    "Repeats",
    "RunOptions",
    "Spans",
    "Summary",
    "dedup",
]

_HOMES = {
    "CutOptions": "cuts",
    "Cuts": "cuts",
    "DedupOptions": "options",
    "Index": "index",
    "Mark": "marks",
    "Marks": "marks",
    "NearDuplicates": "near",
    "Repeats": "repeats",
    "RunOptions": "contamination",
    "Spans": "cuts",
    "Summary": "summary",
    "EvalSets": "contamination",
    "dedup": "stream",
}

make_callable(__name__)


__getattr__ = lazy_names(__name__, _HOMES)
