"""What the models see of each block: one row of numbers, the same for every script.

Columns come in families: the block itself, its markup, the elements around it, the
cues before it, where the body of the text seems to be, and its place on the page. For
pages that may be no articles there are some more: how often a text is repeated, where
the area and the core of the page lie, and what is marked up alike. Columns of pages
tell of each as a whole. Numbers stay as they are: the networks take logarithms
themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_area import AREA, fill_area
from corpuskit.clean.blocks_arrays import Ints, spread, whole
from corpuskit.clean.blocks_body import BODY, fill_body
from corpuskit.clean.blocks_cues import COMMENTS, RELATED
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_said import SAYS, says
from corpuskit.clean.blocks_shape import joined
from corpuskit.clean.blocks_style import STYLE, fill_styles
from corpuskit.clean.blocks_view import LINKED, PROSE, STOPS, WORDS, View

Floats = npt.NDArray[np.float32]
_Family = tuple[tuple[str, ...], Callable[[View, Floats], None]]

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

_BLOCK = (
    *("words", "chars", "linked", "links", "upper", "marks", "wide"),
    *("ends_stop", "ends_class"),
)
_REPEATED = ("repeated",)
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
_CUES = (
    *("cue", f"since_cue{RELATED}"),
    *(f"since_cue{RELATED}_words", f"since_cue{COMMENTS}_words"),
)
_ARTICLES = ("article_order", "article_weight", "articles")
_PAGE_HINTS = (Hint.COMMENT, Hint.FORUM, Hint.PRODUCT, Hint.RELATED, Hint.TEASER)
PAGE_COLUMNS = (
    *("words", "blocks", "linked", "prose", "longest", "articles", "h1", "h2", "rows"),
    *("wide", "teasers", "body_text", *(f"hint_{hint.name}" for hint in _PAGE_HINTS)),
    *SAYS,
)
"""The columns of pages."""
_AT = ("at", "at_words", "at_prose")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of n blocks (d x n), and those of their p pages (c x p)."""

    rows: Floats
    pages: Floats

    def __getitem__(self, name: str) -> Floats:
        """One column of blocks."""
        column: Floats = self.rows[NUMBERS[name]]
        return column


def features(view: View) -> Columns:
    """The columns of pages of any kind."""
    return Columns(_filled(_FAMILIES, view), _page_columns(view))


def more_features(view: View) -> Floats:
    """Further columns of blocks, in the order of `MORE`."""
    return _filled(_MORE_FAMILIES, view)


def _filled(families: Sequence[_Family], view: View) -> Floats:
    """The columns of some families, one row each."""
    rows = np.empty((sum(len(names) for names, _ in families), len(view.words)), "f4")
    first = 0
    for names, fill in families:
        fill(view, rows[first : first + len(names)])
        first += len(names)
    return rows


def _fill_block(view: View, rows: Floats) -> None:
    counts = view.counts
    rows[0], rows[1], rows[2] = view.words, counts.chars, view.linked
    rows[3] = whole(joined(view.pages, "n_links"), len(view.texts))
    np.divide(counts.rated, counts.chars, out=rows[4:7])
    rows[7], rows[8] = counts.is_ended, counts.ends


def _fill_repeated(view: View, rows: Floats) -> None:
    """How often each text stands on its page, 9 at most; half more for later ones."""
    row = rows[0]
    places = (
        _first_places(blocks.text, start)
        for blocks, start in zip(view.pages, view.start.tolist(), strict=False)
    )
    first = whole(chain.from_iterable(places), len(view.texts))
    row[:] = np.minimum(np.bincount(first), 9).take(first)
    np.add(row, 0.5, out=row, where=first < view.number)


def _first_places(texts: list[str], start: int) -> Iterator[int]:
    """The number of the first text like each, counted from the start."""
    first: dict[str, int] = {}
    return map(first.setdefault, texts, count(start))


_BITS = np.array([[int(bit)] for bit in (Hint.CAPTION, *_PLACES, *_AROUND)])
_BITS_OF = np.array([0, *(1 for _ in _PLACES), *(2 for _ in _AROUND)])


def _fill_markup(view: View, rows: Floats) -> None:
    shape, owner = view.shape, view.shape.owner
    tags = np.array([_TAGS.get(tag, _OTHER_TAG) for tag in shape.codes])
    rows[0] = tags.take(shape.code.take(owner))
    sets = np.empty((3, len(owner)), np.int64)
    sets[0], sets[1] = shape.near.take(owner), shape.place.take(owner)
    np.bitwise_or(sets[0], shape.around.take(owner), out=sets[2])
    np.greater(sets.take(_BITS_OF, axis=0) & _BITS, 0, out=rows[1:], casting="unsafe")


_UP_LEVELS = np.array([level for level, _ in _UP])
_UP_ROWS = np.array([_HELD.index(what) for _, what in _UP])[:, None]


def _fill_ancestors(view: View, rows: Floats) -> None:
    shape = view.shape
    words, more = shape.inside[WORDS], shape.inside[LINKED : STOPS + 1]
    held = np.empty((len(_HELD), len(words)), np.float32)
    held[0], held[6] = words, shape.same
    total = spread(view.total[WORDS], shape.page)
    np.divide(words, total, out=held[1], casting="same_kind")
    np.divide(more, words, out=held[2:5], casting="same_kind")
    np.divide(words, shape.size, out=held[5], casting="same_kind")
    places = view.line.take(_UP_LEVELS, axis=0)
    places += _UP_ROWS * len(words)
    held.take(places, out=rows, mode="clip")


_KINDS = np.array([RELATED, COMMENTS])[:, None]
_MANY_BLOCKS, _MANY_WORDS = 60, 9e3


def _fill_cues(view: View, rows: Floats) -> None:
    """The cue of each block; blocks and words since one of the kind, or many."""
    rows[0] = view.cues
    rows[1], rows[2:] = _MANY_BLOCKS, _MANY_WORDS
    at, mass = view.number, view.sums[WORDS]
    last = np.maximum.accumulate(np.where(view.cues == _KINDS, at, -1), axis=1)
    is_after = last >= view.begin
    np.minimum(at - last[0], _MANY_BLOCKS, out=rows[1], where=is_after[0])
    since = mass[:-1] - mass.take(last)
    np.copyto(rows[2:], since, where=is_after, casting="same_kind")


def _fill_articles(view: View, rows: Floats) -> None:
    """Which of the outermost articles with prose a block stands in, and its weight."""
    rows[:] = 0
    shape, held = view.shape, view.shape.inside[PROSE]
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


_MASSES = slice(WORDS, PROSE + 1, PROSE - WORDS)


def _fill_at(view: View, rows: Floats) -> None:
    at, n_blocks = view.number - view.begin, view.end - view.begin
    np.divide(at, n_blocks, out=rows[0], casting="same_kind")
    sums = view.sums[_MASSES]
    before = spread(sums.take(view.start[:-1], axis=1), view.page)
    total = spread(np.maximum(view.total[_MASSES], 1), view.page)
    np.divide(sums[:, :-1] - before, total, out=rows[1:], casting="same_kind")


_PAGE_HINT_BITS = np.array([int(hint) for hint in _PAGE_HINTS])[:, None]
_HEADING, _BODY_TEXT = int(Place.HEADING), int(Place.BODY_TEXT)
_COUNTED = ("article", "h1", "h2", "tr")


def _page_columns(view: View) -> Floats:
    """What each page is as a whole, in the order of `PAGE_COLUMNS` (c x p)."""
    shape, start = view.shape, view.start[:-1]
    words, found = view.total[WORDS], np.empty((len(PAGE_COLUMNS), len(start)))
    found[0], found[1] = words, view.start[1:] - start
    np.divide(view.total[LINKED : PROSE + 1], words, out=found[2:4])
    found[4] = np.maximum.reduceat(view.words, start)
    found[5:9] = _tag_counts(view)
    wide = np.add.reduceat(view.counts.wide, start, dtype=np.float64)
    found[9] = wide / np.add.reduceat(view.counts.chars, start, dtype=np.float64)
    teasers = (shape.place.take(shape.owner) & _HEADING) > 0
    teasers &= view.linked > 0.5
    found[10] = np.add.reduceat(teasers, start, dtype=np.int64)
    found[11] = (np.bitwise_or.reduceat(shape.place, shape.body) & _BODY_TEXT) > 0
    hinted = (shape.near & _PAGE_HINT_BITS) > 0
    found[12:17] = np.add.reduceat(hinted, shape.body, axis=1, dtype=np.int64)
    found[17:] = np.array([says(fields) for fields in view.fields]).T
    return found.astype(np.float32)


def _tag_counts(view: View) -> Ints:
    """How many elements of each counted tag stand on each page (4 x p)."""
    shape, size = view.shape, len(view.pages)
    n_codes = len(shape.codes) + 1
    keys = shape.page * n_codes
    keys += shape.code
    table = np.bincount(keys, minlength=size * n_codes).reshape(size, n_codes)
    # The last code is that of no element.
    counts: Ints = table.T.take([shape.codes.get(t, -1) for t in _COUNTED], axis=0)
    return counts


_FAMILIES = (
    (_BLOCK, _fill_block),
    (_MARKUP, _fill_markup),
    (_ANCESTORS, _fill_ancestors),
    (_CUES, _fill_cues),
    (BODY, fill_body),
    (_ARTICLES, _fill_articles),
    (_AT, _fill_at),
)
_MORE_FAMILIES = ((_REPEATED, _fill_repeated), (AREA, fill_area), (STYLE, fill_styles))
NUMBERS = {
    name: number
    for number, name in enumerate(name for names, _ in _FAMILIES for name in names)
}
"""The number of each column of blocks, by name."""
MORE = (*_REPEATED, *AREA, *STYLE)
"""The further columns of blocks."""
