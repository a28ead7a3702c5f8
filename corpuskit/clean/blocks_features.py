"""What the models see of each block: one row of numbers, the same for every script.

Columns come in families: the block itself, its markup, the elements around it, its
neighbours, the cues before it, where the body of the text seems to be, and the page as
a whole. Numbers stay as they are, without logarithms: trees only compare them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_body import BODY, fill_body
from corpuskit.clean.blocks_cues import COMMENTS, RELATED
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_kin import KIN, fill_kin
from corpuskit.clean.blocks_said import SAYS, says
from corpuskit.clean.blocks_view import LINKED, PROSE, WORDS, View
from corpuskit.clean.blocks_words import is_stop

Floats = npt.NDArray[np.float32]

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
CONSENT = ("ookie", "COOKIE", "GDPR", "RODO", "DSGVO", "onsent", "assw")
_NEAR = 4

_BLOCK = (
    *("words", "chars", "linked", "links", "upper", "marks", "wide"),
    *("ends_stop", "ends_class", "repeated"),
)
_PLACES = (Place.FOOTER, Place.ASIDE, Place.MAIN, Place.FIGURE, Place.DIALOG)
_AROUND = (Hint.NAV, Hint.HEADER, Hint.FOOTER, Hint.POPUP, Hint.FORM)
_MARKUP = (
    *("tag", "near_caption", *(f"place_{place.name}" for place in _PLACES)),
    *(f"around_{hint.name}" for hint in _AROUND),
)
_HELD = ("words", "share", "linked", "prose", "stops", "mean", "same")
_UP = (
    *((0, what) for what in ("words", "share", "linked", "prose", "mean", "same")),
    *((1, what) for what in ("words", "share", "linked", "stops", "mean", "same")),
    *((2, what) for what in ("share", "linked", "stops")),
    *((3, what) for what in ("words", "share", "linked", "stops")),
)
_ANCESTORS = tuple(f"up{level}_{what}" for level, what in _UP)
_NEIGHBOURS = ("before3_linked", "after3_linked", "before10_linked", "after10_linked")
_CUES = (
    *("cue", f"since_cue{RELATED}"),
    *(f"since_cue{RELATED}_words", f"since_cue{COMMENTS}_words"),
)
_ARTICLES = ("article_order", "article_weight", "articles")
_CONSENTS = ("consent_near",)
_PAGE_HINTS = (Hint.COMMENT, Hint.FORUM, Hint.PRODUCT, Hint.RELATED, Hint.TEASER)
_PAGE_NUMBERS = (
    *("words", "blocks", "linked", "prose", "longest", "articles", "h1", "h2", "rows"),
    *("wide", "teasers", "body_text", *(f"hint_{hint.name}" for hint in _PAGE_HINTS)),
    *SAYS,
)
_PAGE = ("at", "at_words", "at_prose", *(f"page_{name}" for name in _PAGE_NUMBERS))


@dataclass(frozen=True, slots=True, eq=False)
class Columns(Mapping[str, Floats]):
    """The columns of pages by name, n values each; `rows` holds all of them."""

    rows: Floats

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self.rows[NUMBERS[name]]
        return column

    def __iter__(self) -> Iterator[str]:
        return iter(NUMBERS)

    def __len__(self) -> int:
        return len(NUMBERS)


def features(view: View) -> Columns:
    """All columns of pages."""
    rows = np.empty((len(NUMBERS), len(view.words)), np.float32)
    first = 0
    for names, fill in _FAMILIES:
        fill(view, rows[first : first + len(names)])
        first += len(names)
    return Columns(rows)


def _fill_block(view: View, rows: Floats) -> None:
    counts = view.counts
    words, chars, linked, links = rows[:4]
    words[:], chars[:], linked[:] = view.words, counts.chars, view.linked
    links[:] = list(chain.from_iterable(blocks.n_links for blocks in view.pages))
    np.divide(counts.rated, counts.chars, out=rows[4:7])
    rows[7], rows[8] = is_stop(counts.ends), counts.ends
    repeated = chain.from_iterable(_repeated(blocks.text) for blocks in view.pages)
    rows[9] = list(repeated)


def _repeated(texts: list[str]) -> list[float]:
    """How often each text stands on the page, 9 at most; marks later ones by half."""
    if len(set(texts)) == len(texts):
        return [1.0] * len(texts)
    counts = Counter(texts)
    found: list[float] = [min(counts[text], 9) for text in texts]
    seen: set[str] = set()
    for i, number in enumerate(found):
        if number > 1:
            found[i] += 0.5 if texts[i] in seen else 0.0
            seen.add(texts[i])
    return found


_PLACE_BITS = np.array([int(place) for place in _PLACES])[:, None]
_AROUND_BITS = np.array([int(hint) for hint in _AROUND])[:, None]


def _fill_markup(view: View, rows: Floats) -> None:
    shape, owner = view.shape, view.shape.owner
    tags = np.array([_TAGS.get(tag, _OTHER_TAG) for tag in shape.codes], np.float32)
    rows[0] = tags[shape.code[owner]]
    near = shape.near[owner]
    rows[1] = (near & int(Hint.CAPTION)) > 0
    last_place = 2 + len(_PLACES)
    rows[2:last_place] = (shape.place[owner] & _PLACE_BITS) > 0
    rows[last_place:] = ((near | shape.around[owner]) & _AROUND_BITS) > 0


_UP_LEVELS = np.array([level for level, _ in _UP])
_UP_ROWS = np.array([_HELD.index(what) for _, what in _UP])[:, None]


def _fill_ancestors(view: View, rows: Floats) -> None:
    shape, inside = view.shape, view.inside
    words = inside[WORDS]
    held = np.empty((len(_HELD), len(words)), np.float32)
    held[0] = words
    np.divide(words, view.total[WORDS][shape.page], out=held[1], casting="same_kind")
    np.divide(inside[LINKED:], words, out=held[2:5], casting="same_kind")
    n_blocks = shape.last - shape.first
    np.divide(words, n_blocks, out=held[5], casting="same_kind")
    held[6] = shape.same
    places = view.line[_UP_LEVELS]
    places += _UP_ROWS * len(words)
    held.take(places, out=rows, mode="clip")


def _fill_neighbours(view: View, rows: Floats) -> None:
    n, sums = len(view.words), view.sums[: LINKED + 1]
    before, after = sums[:, :-1], sums[:, 1:]
    found = np.empty((len(rows), 2, n))
    for i, reach in ((0, 3), (2, 10)):
        low = np.maximum(view.number - reach, view.begin)
        high = np.minimum(view.number + reach + 1, view.end)
        np.subtract(before, sums.take(low, axis=1), out=found[i])
        np.subtract(sums.take(high, axis=1), after, out=found[i + 1])
    found[:, 0] += 1
    np.divide(found[:, 1], found[:, 0], out=rows, casting="same_kind")


_KINDS = np.array([RELATED, COMMENTS])[:, None]
_MANY_BLOCKS, _MANY_WORDS = 60, 9e3


def _fill_cues(view: View, rows: Floats) -> None:
    """The cue of each block; blocks and words since one of the kind, or many."""
    rows[0] = view.cues
    rows[1], rows[2:] = _MANY_BLOCKS, _MANY_WORDS
    at, mass = view.number, view.sums[WORDS]
    last = np.maximum.accumulate(np.where(rows[0] == _KINDS, at, -1), axis=1)
    is_after = last >= view.begin
    np.minimum(at - last[0], _MANY_BLOCKS, out=rows[1], where=is_after[0])
    since = mass[:-1] - mass[last]
    np.copyto(rows[2:], since, where=is_after, casting="same_kind")


def _fill_articles(view: View, rows: Floats) -> None:
    """Which of the outermost articles with prose a block stands in, and its weight."""
    rows[:] = 0
    shape, held = view.shape, view.inside[PROSE]
    order, weight, articles = rows
    top, end, count, page = 1.0, 0, 0, -1
    for i in shape.tagged("article").tolist():
        if shape.page[i] != page:
            page, count = int(shape.page[i]), 0
        if shape.first[i] >= end and held[i] > _SOME_PROSE:
            first, end, count = int(shape.first[i]), int(shape.last[i]), count + 1
            top = top if count > 1 else float(held[i])
            order[first:end] = min(count, 6)
            weight[first:end] = min(held[i] / top, 4)
            articles[view.blocks_of(page)] = min(count, 6)


def _fill_consents(view: View, rows: Floats) -> None:
    """Blocks that talk of cookies, consent and accounts, here and nearby."""
    rows[:] = 0
    joined = "\0".join(view.texts)
    found = [place for word in CONSENT for place in _places(joined, word)]
    if not found:
        return
    here = np.zeros(len(view.number) + 1)
    ends = np.cumsum(view.counts.chars + 1, dtype=np.float64)
    here[ends.searchsorted(found, side="right") + 1] = 1
    total = here.cumsum()
    low = np.maximum(view.number - _NEAR, view.begin)
    high = np.minimum(view.number + _NEAR + 1, view.end)
    rows[0] = total[high] - total[low]


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _fill_page(view: View, rows: Floats) -> None:
    page, sums = view.page, view.sums
    total = np.maximum(view.total, 1)
    before = sums[:, :-1] - sums[:, view.begin]
    at, n_blocks = view.number - view.begin, view.end - view.begin
    np.divide(at, n_blocks, out=rows[0], casting="same_kind")
    for row, what in ((1, WORDS), (2, PROSE)):
        np.divide(before[what], total[what][page], out=rows[row], casting="same_kind")
    rows[3:] = _page_numbers(view)[:, page]


_PAGE_HINT_BITS = np.array([int(hint) for hint in _PAGE_HINTS])[:, None]
_COUNTED = ("article", "h1", "h2", "tr")


def _page_numbers(view: View) -> Floats:
    """Numbers about each page as a whole, in the order of `_PAGE_NUMBERS`."""
    shape, counts = view.shape, view.counts
    start, size = view.start[:-1], len(view.pages)
    words, linked, prose, _ = view.total
    headings = (shape.place[shape.owner] & int(Place.HEADING)) > 0
    chars = np.add.reduceat(counts.chars, start, dtype=np.float64)
    body_text = np.bitwise_or.reduceat(shape.place, shape.body) & int(Place.BODY_TEXT)
    hinted = (shape.near & _PAGE_HINT_BITS) > 0
    tags = (np.bincount(shape.page[shape.tagged(t)], minlength=size) for t in _COUNTED)
    return np.array(
        (
            words,
            view.start[1:] - start,
            linked / words,
            prose / words,
            np.maximum.reduceat(view.words, start),
            *tags,
            np.add.reduceat(counts.wide, start, dtype=np.float64) / chars,
            np.bincount(view.page[headings & (view.linked > 0.5)], minlength=size),
            body_text > 0,
            *np.add.reduceat(hinted, shape.body, axis=1, dtype=np.int64),
            *zip(*map(says, view.kinds), strict=True),
        ),
        np.float32,
    )


_FAMILIES = (
    (_BLOCK, _fill_block),
    (_MARKUP, _fill_markup),
    (_ANCESTORS, _fill_ancestors),
    (_NEIGHBOURS, _fill_neighbours),
    (_CUES, _fill_cues),
    (BODY, fill_body),
    (_ARTICLES, _fill_articles),
    (_CONSENTS, _fill_consents),
    (KIN, fill_kin),
    (_PAGE, _fill_page),
)
NUMBERS = {
    name: number
    for number, name in enumerate(name for names, _ in _FAMILIES for name in names)
}
"""The number of each column, by name."""
