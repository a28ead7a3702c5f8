"""The block that repeats the title of a page.

It shows where the page's own text begins, among teasers and further articles.
"""

from corpuskit.clean.blocks import Blocks

_LONGEST = 300
_HEADINGS = frozenset(("h1", "h2", "h3"))


def find_title(blocks: Blocks, title: str) -> int:
    """The block that is the title, or holds it, or stands in it; -1 without one.

    A heading is better than other text, an earlier block than a later one. A page whose
    title is not found has its first `h1`.
    """
    wanted, texts, owners, tags = title.lower(), blocks.text, blocks.owner, blocks.tag
    best, best_score = -1, 0.0
    for i in [i for i, owner in enumerate(owners) if tags[owner] in _HEADINGS]:
        score = 0.5 if tags[owners[i]] == "h1" else 0.0
        score += 2 * _alike(texts[i].lower(), wanted)
        if score > best_score:
            best, best_score = i, score
    if not wanted or best_score > 1:
        return best
    shortest = 0.4 * len(wanted)
    for i in [i for i, text in enumerate(texts) if shortest <= len(text) <= _LONGEST]:
        if tags[owners[i]] not in _HEADINGS:
            score = _alike(texts[i].lower(), wanted)
            if score > best_score or (score == best_score and i < best):
                best, best_score = i, score
    return best


def _alike(text: str, wanted: str) -> float:
    """How much of the longer text the shorter one is, where one holds the other."""
    if not wanted or (text not in wanted and wanted not in text):
        return 0.0
    share = min(len(text), len(wanted)) / max(len(text), len(wanted))
    return share if share == 1 or (share > 0.4 and len(text) > 5) else 0.0
