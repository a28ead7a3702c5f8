"""Which blocks of a page were removed, by what rule, and what speaks for it."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_features import features
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_view import view_of
from corpuskit.clean.meta import Fields
from corpuskit.clean.page_keep import without_consent, without_copies
from corpuskit.clean.page_model import choose, judge, load_model
from corpuskit.clean.removed import Piece, Removed, as_kept, rounded

_LEVELS = 4
_DEEPEST = 12


def block_pieces(
    blocks: Blocks,
    kept: list[int],
    normalize: Callable[[str], str],
    *,
    fields: Fields,
    mode: str,
) -> Iterator[Piece]:
    """The blocks of a page in order, kept ones as they read in the result.

    Args:
        blocks: of the page.
        kept: what was decided.
        normalize: what is done to the text once the blocks are chosen.
        fields: what the page says about itself.
        mode: how eager the choice was.
    """
    if not len(blocks):
        return
    view = view_of([blocks], [fields])
    (opinion,) = judge(load_model(), view, features(view))
    scores, chosen = opinion.content, choose(opinion, view.words, mode=mode)
    rules = _rules(blocks, chosen, kept, view.titles()[0])
    cut = rounded(min((scores[i] for i in chosen), default=0.0))
    stays = set(kept)
    for i, text in enumerate(blocks.text):
        if i in stays:
            yield from as_kept(text, normalize)
            continue
        yield Removed(
            at=0,
            rule=rules.get(i, "clean.page_model"),
            score=rounded(scores[i]),
            cut=cut,
            link_share=rounded(blocks.n_linked[i] / len(text)),
            n_words=rounded(view.words[i]),
            path=_path(blocks, blocks.owner[i]),
            signs=_signs(blocks, blocks.owner[i]),
            text=text,
        )


def _rules(
    blocks: Blocks, chosen: list[int], kept: list[int], title_at: int
) -> dict[int, str]:
    """The rules that took what the model had chosen, or that decided in its place."""
    told = without_consent(blocks, chosen, title_at)
    once = without_copies(blocks, told)
    if not once and kept:
        return {i: "clean.page_rules" for i in range(len(blocks))}
    rules = {i: "clean.consent" for i in set(chosen) - set(told)}
    return rules | {i: "clean.copy" for i in set(told) - set(once)}


def _path(blocks: Blocks, element: int) -> str:
    """The tags around an element and its own, joined by `/`; of deep ones the last."""
    tags = [blocks.tag[element]]
    while element and len(tags) < _DEEPEST:
        element = blocks.parent[element]
        tags.append(blocks.tag[element])
    return "/".join(reversed(tags))


def _signs(blocks: Blocks, element: int) -> str:
    """What tags and attributes declare, and what class names near the block suggest."""
    place, hint = blocks.place[element], 0
    for _ in range(_LEVELS):
        hint |= blocks.hint[element]
        element = blocks.parent[element]
    return _named(place, hint)


@lru_cache(maxsize=1 << 12)
def _named(place: int, hint: int) -> str:
    """The names of the bits, places first."""
    signs = [f"in {_plain(mark.name)}" for mark in Place if place & mark]
    return ", ".join(signs + [f"named {_plain(m.name)}" for m in Hint if hint & m])


def _plain(name: str | None) -> str:
    return (name or "").lower().replace("_", " ")
