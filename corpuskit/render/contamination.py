"""The table of `corpuskit decontaminate`: which test items stand in the corpus."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.render.listing import Listing
from corpuskit.render.shapes import name_text
from corpuskit.render.words import counted, number

if TYPE_CHECKING:
    from corpuskit.dedup.contamination import Item

_NAMED: Final = 10

Found = Mapping[tuple[str, str], tuple[int, float, str]]


def contamination_table(items: "Sequence[Item]", found: Found) -> RenderableType:
    """The items of each set that were found, those found whole first.

    Args:
        items: all items.
        found: by set and id in how many documents an item was found, the greatest
            share of it in one of them, and that one's id.
    """
    lines: list[RenderableType] = []
    for name in dict.fromkeys(item.set for item in items):
        own = [item for item in items if item.set == name]
        hits = [key for item in own if (key := (item.set, item.id)) in found]
        hits.sort(key=lambda key: (-found[key][1], -found[key][0], key))
        entries = [
            (f"{found[key][1]:7.1%}  {number(found[key][0])}", name_text(key[1]))
            for key in hits[:_NAMED]
        ]
        lines.append(name_text(name, "cyan"))
        lines.append(Listing(entries, n_more=len(hits) - len(entries)))
        total = f"{number(len(hits))} of {counted(len(own), 'item')} found"
        lines.append(Text(total, style="bold"))
    return Group(*lines)
