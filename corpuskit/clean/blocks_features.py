"""What the models see of each block: one row of numbers, the same for every script.

Columns come in families: the block itself, its tag and the places it stands in, hints
of class names, the elements around it, its neighbours, the cues before it, where the
body of the text seems to be, and the page as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_anchors import find_lead, find_title
from corpuskit.clean.blocks_cues import (
    COMMENTS,
    CREDIT,
    RELATED,
    find_cues,
)
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_shape import Shape, shape_of
from corpuskit.clean.blocks_words import Counts, count_classes, is_stop

Floats = npt.NDArray[np.float32]
Columns = dict[str, Floats]

_TAGS = {
    name: rank
    for rank, names in enumerate(
        ("p", "pre", "blockquote", "h2", "h3 h4", "h5 h6", "h1", "li", "dd", "dt",
         "td th", "figcaption caption", "div", "section article main", "body", "header",
         "button summary", "footer address nav aside form")
    )
    for name in names.split()
}  # fmt: skip
_OTHER_TAG = 12
_SOME_PROSE = 60.0
_DEEPEST = 200
_CONSENT = ("ookie", "COOKIE", "GDPR", "RODO", "DSGVO", "onsent", "assw")
_LEVELS = 4
_PROSE_WORDS = 12.0
_N_PLACES = len(Place)
_N_HINTS = len(Hint)


@dataclass(frozen=True, slots=True)
class View:
    """A page as arrays, made once and read by every family of columns."""

    blocks: Blocks
    counts: Counts
    shape: Shape
    words: Floats
    linked: Floats
    prose: Floats
    cues: list[int]
    sums: Floats
    title_at: int
    lead_at: int

    def inside(self, elements: npt.NDArray[np.int64]) -> Floats:
        """Sums over the blocks of elements: one row for each of `sums`."""
        shape = self.shape
        found: Floats = (
            self.sums[:, shape.last[elements]] - self.sums[:, shape.first[elements]]
        )
        return found


_WORDS, _LINKED, _PROSE, _STOPS, _BLOCKS, _TEASERS, _SHORT = range(7)


def view_of(blocks: Blocks, *, title: str = "", description: str = "") -> View:
    """The arrays of a page with at least one block, and where its head is repeated."""
    counts = count_classes(blocks.text)
    words = counts.words
    linked = np.array(blocks.n_linked, np.float32) / counts.chars
    prose = np.where((words >= _PROSE_WORDS) & (linked < 0.4), words, 0)
    before = np.concatenate(([0], np.cumsum(words))).astype(np.float32)
    shape = shape_of(blocks, before)
    heading = (shape.place[shape.owner] & int(Place.HEADING)) > 0
    rows = np.stack(
        [
            words,
            words * linked,
            prose,
            counts.stops,
            np.ones_like(words),
            heading & (linked > 0.5),
            words < 5,
        ]
    )
    sums = np.zeros((len(rows), len(words) + 1), np.float32)
    np.cumsum(rows, axis=1, out=sums[:, 1:])
    return View(
        blocks=blocks,
        counts=counts,
        shape=shape,
        words=words,
        linked=linked,
        prose=prose.astype(np.float32),
        cues=find_cues(blocks.text),
        sums=sums,
        title_at=find_title(blocks, title),
        lead_at=find_lead(blocks, description),
    )


def features(view: View) -> Columns:
    """All columns of a page by name, n values each."""
    columns: Columns = {}
    _add_block(view, columns)
    _add_markup(view, columns)
    _add_ancestors(view, columns)
    _add_neighbours(view, columns)
    _add_cues(view, columns)
    _add_body(view, columns)
    _add_consent(view, columns)
    _add_anchors(view, columns)
    _add_page(view, columns)
    return columns


def _log(values: npt.NDArray[np.generic]) -> Floats:
    found: Floats = np.log1p(values).astype(np.float32)
    return found


def _add_block(view: View, columns: Columns) -> None:
    counts, words, blocks = view.counts, view.words, view.blocks
    chars = counts.chars
    columns["words"] = _log(words)
    columns["chars"] = _log(chars)
    columns["linked"] = view.linked
    columns["links"] = _log(np.array(blocks.n_links))
    columns["stops"] = counts.stops / words
    columns["commas"] = counts.commas / words
    columns["digits"] = counts.digits / chars
    columns["upper"] = counts.upper / chars
    columns["marks"] = counts.marks / chars
    columns["colons"] = counts.colons / words
    columns["wide"] = counts.wide / chars
    columns["word_length"] = chars / words
    columns["ends_stop"] = is_stop(counts.ends)
    columns["ends_class"] = counts.ends.astype(np.float32)
    columns["breaks"] = np.minimum(np.array(blocks.n_breaks, np.float32), 3)
    columns["repeated"] = _repeated(blocks.text)


def _repeated(texts: list[str]) -> Floats:
    """How often each text stands on the page, 9 at most; marks later ones by half."""
    if len(set(texts)) == len(texts):
        return np.ones(len(texts), np.float32)
    seen: dict[str, int] = {}
    order = []
    for text in texts:
        seen[text] = order_of = seen.get(text, 0) + 1
        order.append(order_of)
    number = np.array([seen[text] for text in texts], np.float32)
    found: Floats = np.minimum(number, 9) + np.float32(0.5) * (np.array(order) > 1)
    return found


def _add_markup(view: View, columns: Columns) -> None:
    shape = view.shape
    owner = shape.owner
    ranks = np.array([_TAGS.get(tag, _OTHER_TAG) for tag in shape.tag], np.float32)
    columns["tag"] = ranks[owner]
    columns["tag_up"] = ranks[shape.up[owner]]
    columns["depth"] = shape.depth[owner].astype(np.float32)
    _add_bits(columns, "place", shape.place[owner], _N_PLACES)
    near = (shape.near & int(Hint.CAPTION)) > 0
    columns["near_caption"] = near[owner].astype(np.float32)
    _add_bits(columns, "around", shape.around[owner] | shape.near[owner], _N_HINTS)


def _add_bits(
    columns: Columns, name: str, values: npt.NDArray[np.int64], n_bits: int
) -> None:
    bits = ((values >> np.arange(n_bits)[:, None]) & 1).astype(np.float32)
    for i in range(n_bits):
        columns[f"{name}{i}"] = bits[i]


def _add_ancestors(view: View, columns: Columns) -> None:
    shape = view.shape
    total = view.sums[:, -1]
    element = shape.owner
    for level in range(_LEVELS):
        sums = view.inside(element)
        words = sums[_WORDS]
        columns[f"up{level}_words"] = _log(words)
        columns[f"up{level}_share"] = words / total[_WORDS]
        columns[f"up{level}_linked"] = sums[_LINKED] / words
        columns[f"up{level}_prose"] = sums[_PROSE] / words
        columns[f"up{level}_stops"] = sums[_STOPS] / words
        columns[f"up{level}_mean"] = _log(words / sums[_BLOCKS])
        columns[f"up{level}_same"] = _log(shape.same[element])
        element = shape.up[element]


def _add_neighbours(view: View, columns: Columns) -> None:
    n = len(view.words)
    columns["linked_next"] = np.append(view.linked[1:], np.float32(0))
    columns["linked_before"] = np.append(np.float32(0), view.linked[:-1])
    at = np.arange(n)
    sums = view.sums[: _PROSE + 1]
    for reach in (3, 10):
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, n)
        for name, lo, hi in (("before", low, at), ("after", at + 1, high)):
            words, linked, prose = sums[:, hi] - sums[:, lo]
            columns[f"{name}{reach}_linked"] = linked / (words + 1)
            columns[f"{name}{reach}_prose"] = prose / (words + 1)


def _add_cues(view: View, columns: Columns) -> None:
    cues = np.array(view.cues)
    columns["cue"] = cues.astype(np.float32)
    at = np.arange(len(cues))
    mass = view.sums[_WORDS]
    for kind in (RELATED, COMMENTS, CREDIT):
        last = np.maximum.accumulate(np.where(cues == kind, at, -1))
        since = np.where(last < 0, 60, np.minimum(at - last, 60))
        columns[f"since_cue{kind}"] = since.astype(np.float32)
        if kind <= COMMENTS:
            words = mass[at] - mass[np.maximum(last, 0)]
            columns[f"since_cue{kind}_words"] = _log(np.where(last < 0, 9e3, words))


def _add_body(view: View, columns: Columns) -> None:
    """Where the body of the text seems to be, by three measures."""
    shape, n = view.shape, len(view.words)
    owner, at = shape.owner, np.arange(n)
    prose = view.prose
    everything = np.arange(len(shape.up))
    held = view.inside(everything)[_PROSE]
    deepest = int(np.max(np.where(held >= 0.5 * held[0], everything, 0)))
    size, above = len(shape.up), shape.up[owner]
    score = np.bincount(above, prose, size)
    score += np.bincount(shape.up[above], 0.5 * prose, size)
    best = int(np.argmax(score))
    for name, element in (("area", deepest), ("best", best)):
        first, last = shape.first[element], shape.last[element]
        columns[f"in_{name}"] = ((at >= first) & (at < last)).astype(np.float32)
        columns[f"from_{name}"] = np.clip(at - first, -50, 50).astype(np.float32)
        columns[f"to_{name}"] = np.clip(last - 1 - at, -50, 50).astype(np.float32)
    top = max(float(score[best]), 1.0)
    columns["score_up"] = (score[above] / top).astype(np.float32)
    columns["score_up2"] = (score[shape.up[above]] / top).astype(np.float32)
    is_prose = prose > 0
    last = np.maximum.accumulate(np.where(is_prose, at, -50))
    following = np.minimum.accumulate(np.where(is_prose, at, n + 50)[::-1])[::-1]
    columns["since_prose"] = np.minimum(at - last, 50).astype(np.float32)
    columns["until_prose"] = np.minimum(following - at, 50).astype(np.float32)
    _add_core(view, columns)
    _add_headings(view, columns)


def _add_core(view: View, columns: Columns) -> None:
    """The run of sure prose in the deepest element that holds most of it."""
    shape, at = view.shape, np.arange(len(view.words))
    owner = shape.owner
    sure = view.prose * (is_stop(view.counts.ends) + (view.words > 2 * _PROSE_WORDS))
    sure[(shape.place[owner] & _OUTSIDE) > 0] = 0
    sure[((shape.near | shape.around)[owner] & _UNLIKELY) > 0] = 0
    mass = np.concatenate(([0], np.cumsum(sure)))
    held = mass[shape.last] - mass[shape.first]
    area = int(np.max(np.where(held >= 0.6 * mass[-1], np.arange(len(held)), 0)))
    inside = (sure > 0) & (at >= shape.first[area]) & (at < shape.last[area])
    found = np.flatnonzero(inside) if inside.any() else at
    columns["sure"] = (sure > 0).astype(np.float32)
    columns["core"] = ((at >= found[0]) & (at <= found[-1])).astype(np.float32)
    columns["from_core"] = np.clip(at - found[0], -40, 40).astype(np.float32)
    columns["to_core"] = np.clip(found[-1] - at, -40, 40).astype(np.float32)
    columns["core_share"] = np.full(
        len(at), held[area] / max(float(view.sums[_PROSE, -1]), 1.0), np.float32
    )


def _apart(shape: Shape, element: int) -> Floats:
    """Steps from each element up to the first that also holds this one."""
    line = [0]
    step = element
    while step:
        line.append(step)
        step = int(shape.up[step])
    # Of the elements on the line, the deepest that holds an element is the meeting.
    meeting = np.zeros(len(shape.up), np.int64)
    for on_line in sorted(line)[-_DEEPEST:]:
        first, last = shape.first[on_line], shape.last[on_line]
        meeting[(shape.first >= first) & (shape.last <= last)] = shape.depth[on_line]
    steps = np.minimum(shape.depth - meeting, 20)
    found: Floats = steps.astype(np.float32)
    return found


def _add_headings(view: View, columns: Columns) -> None:
    """Headings before each block: the first one, and those that look like teasers."""
    shape = view.shape
    tags = np.array([_TAGS.get(tag, _OTHER_TAG) for tag in shape.tag])[shape.owner]
    at = np.arange(len(tags))
    first = np.flatnonzero(tags == _TAGS["h1"])
    start = int(first[0]) if len(first) else -1
    columns["from_h1"] = (
        np.clip(at - start, -60, 60) if start >= 0 else np.full(len(at), -61)
    ).astype(np.float32)
    columns["n_h1"] = _log(np.cumsum(tags == _TAGS["h1"]))
    heads = tags == _TAGS["h1"]
    seen = view.sums[_PROSE][at] > _SOME_PROSE
    columns["new_h1"] = np.minimum(np.cumsum(heads & seen), 5).astype(np.float32)
    _add_articles(view, columns)


def _add_articles(view: View, columns: Columns) -> None:
    """Which of the outermost articles with prose a block stands in, and its weight."""
    shape, n = view.shape, len(view.words)
    order, weight = np.zeros(n, np.float32), np.zeros(n, np.float32)
    held = view.inside(np.arange(len(shape.up)))[_PROSE]
    top, end, count = 1.0, 0, 0
    for i, tag in enumerate(shape.tag):
        if tag == "article" and shape.first[i] >= end and held[i] > _SOME_PROSE:
            end, count = int(shape.last[i]), count + 1
            top = top if count > 1 else float(held[i])
            order[shape.first[i] : end] = min(count, 6)
            weight[shape.first[i] : end] = held[i] / top
    columns["article_order"], columns["article_weight"] = order, np.minimum(weight, 4)
    columns["articles"] = np.full(n, min(count, 6), np.float32)


def _add_anchors(view: View, columns: Columns) -> None:
    """How far a block is from title and lead, in blocks and in the tree."""
    shape, at = view.shape, np.arange(len(view.words))
    owner = shape.owner
    for name, place in (("title", view.title_at), ("lead", view.lead_at)):
        if place < 0:
            columns[f"from_{name}"] = np.full(len(at), -99, np.float32)
            continue
        columns[f"from_{name}"] = np.clip(at - place, -60, 60).astype(np.float32)
    # The lead stands among the text itself: what is near it in the tree is content.
    place = max(view.lead_at, view.title_at if view.lead_at < 0 else -1)
    if place < 0:
        columns["apart_anchor"] = np.full(len(at), -99, np.float32)
    else:
        columns["apart_anchor"] = _apart(shape, int(owner[place]))[owner]


def _add_consent(view: View, columns: Columns) -> None:
    """Talk of cookies, consent and accounts, here and within a few blocks."""
    joined, sizes = "\0".join(view.blocks.text), view.counts.chars
    ends = np.cumsum(sizes + 1)
    here = np.zeros(len(sizes))
    found = [place for word in _CONSENT for place in _places(joined, word)]
    here[np.searchsorted(ends, found, side="right")] = 1
    total = np.concatenate(([0], np.cumsum(here)))
    at = np.arange(len(here))
    low, high = np.maximum(at - 4, 0), np.minimum(at + 5, len(here))
    columns["consent"] = here.astype(np.float32)
    columns["consent_near"] = (total[high] - total[low]).astype(np.float32)


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _add_page(view: View, columns: Columns) -> None:
    n = len(view.words)
    total = view.sums[:, -1]
    mass = view.sums[_WORDS][:-1]
    prose = view.sums[_PROSE]
    columns["at"] = np.arange(n, dtype=np.float32) / np.float32(n)
    columns["at_words"] = mass / total[_WORDS]
    columns["at_prose"] = prose[:-1] / np.float32(max(float(total[_PROSE]), 1.0))
    for name, value in page_values(view).items():
        columns[f"page_{name}"] = np.full(n, value, np.float32)


def page_values(view: View) -> dict[str, float]:
    """Numbers about the page as a whole."""
    total = view.sums[:, -1]
    n, words = len(view.words), float(total[_WORDS])
    shape = view.shape
    near = [((shape.near & int(hint)) > 0).sum() for hint in _PAGE_HINTS]
    return {
        "words": float(np.log1p(words)),
        "blocks": float(np.log1p(n)),
        "linked": float(total[_LINKED]) / words,
        "prose": float(total[_PROSE]) / words,
        "longest": float(np.log1p(view.words.max())),
        "articles": float(np.log1p(shape.tag.count("article"))),
        "h1": float(np.log1p(shape.tag.count("h1"))),
        "h2": float(np.log1p(shape.tag.count("h2"))),
        "rows": float(np.log1p(shape.tag.count("tr"))),
        "wide": float(view.counts.wide.sum() / view.counts.chars.sum()),
        "teasers": float(np.log1p(total[_TEASERS])),
        "body_text": float(((shape.place & int(Place.BODY_TEXT)) > 0).any()),
        **{
            f"hint_{hint.name}": float(np.log1p(count))
            for hint, count in zip(_PAGE_HINTS, near, strict=True)
        },
    }


_OUTSIDE = int(
    Place.NAV | Place.FOOTER | Place.ASIDE | Place.DIALOG | Place.HIDDEN | Place.BUTTON
)
_UNLIKELY = int(
    Hint.COMMENT | Hint.RELATED | Hint.POPUP | Hint.NAV | Hint.SIDE | Hint.FOOTER
)
_PAGE_HINTS = (Hint.COMMENT, Hint.FORUM, Hint.PRODUCT, Hint.RELATED, Hint.TEASER)
_PAGE_NUMBERS = (
    *("words", "blocks", "linked", "prose", "longest", "articles", "h1", "h2", "rows"),
    *("wide", "teasers", "body_text", *(f"hint_{hint.name}" for hint in _PAGE_HINTS)),
)
PAGE_COLUMNS = ("core_share", "articles", *(f"page_{name}" for name in _PAGE_NUMBERS))
"""Columns that say the same of every block of a page."""
