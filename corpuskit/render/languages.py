"""The table of `corpuskit detect`: which languages, and where it is not sure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from corpuskit.render.listing import Listing
from corpuskit.render.shapes import name_text
from corpuskit.render.shares import Section, Shares, ranked, unnamed
from corpuskit.render.words import NAMED_ROWS, counted, visible


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A document whose language is a guess; `score` from 0.0 to 1.0."""

    id: str
    language: str
    score: float


def languages_table(
    counts: Mapping[str, int],
    *,
    uncertain: Sequence[Uncertain] = (),
    name: Callable[[str], str] | None = None,
) -> RenderableType:
    """Documents by language tag as shares and bars, then the uncertain ones by name.

    Args:
        counts: documents by language tag.
        uncertain: documents to look at, in the order to show them.
        name: gives a tag its name; without it tags stay tags.
    """
    parts: list[RenderableType] = [Shares(Section("languages", ranked(counts, name)))]
    if uncertain:
        parts += [Text(), Text("uncertain", style="bold")]
        entries = [_entry(doubt, name or unnamed) for doubt in uncertain[:NAMED_ROWS]]
        parts.append(Listing(entries, n_more=len(uncertain) - len(entries)))
    parts.append(Text(counted(sum(counts.values()), "document"), style="bold"))
    return Group(*parts)


def _entry(doubt: Uncertain, name: Callable[[str], str]) -> tuple[str, Text]:
    lead = f"{doubt.score:.2f}  {visible(name(doubt.language))}"
    return lead, name_text(doubt.id, "cyan")
