"""What speaks against blocks for reasons that models learn badly from few pages.

A page that is likely an article has one: what readers wrote below it, and further
articles after it, look like its text but are not. Dialogs that ask for consent are
never content. Such blocks are not dropped: the model's opinion of them is lowered.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_arrays import Ints, spread, whole
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_style import families
from corpuskit.clean.blocks_view import View

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_FACTOR = np.float32(0.15)
_COMMENTED, _FURTHER = 0.7, 0.2
_POPUP, _CLOSED = int(Hint.POPUP), int(Place.DIALOG | Place.HIDDEN)
_COMMENT_HINT, _COMMENT_PLACE = int(Hint.COMMENT), int(Place.COMMENT)
_CONSENT = ("ookie", "COOKIE", "GDPR", "RODO", "DSGVO", "onsent", "assw")
_MIN_NOTICES = 3
_MAX_TITLES = 30


def with_doubts(probabilities: Floats, view: View, articles: Floats) -> Floats:
    """The probabilities of blocks, doubts applied.

    Args:
        probabilities: how likely each block is main content.
        view: the pages.
        articles: how likely each page is an article.
    """
    doubtful = np.zeros(len(view.words), np.bool_)
    _mark_dialogs(doubtful, view)
    is_article = articles > _FURTHER
    _mark_after_titles(doubtful, view, is_article)
    _mark_articles(doubtful, view, is_article)
    _mark_comments(doubtful, view, articles > _COMMENTED)
    if not doubtful.any():
        return probabilities
    found: Floats = np.where(doubtful, _FACTOR, np.float32(1)) * probabilities
    return found


def _mark_comments(found: Flags, view: View, is_article: Flags) -> None:
    """Marks blocks in what tags or class names call comments, on some pages."""
    if not is_article.any():
        return
    shape = view.shape
    hinted = (shape.near | shape.around) & _COMMENT_HINT
    hinted |= shape.place & _COMMENT_PLACE
    if hinted.any():
        found |= (hinted > 0).take(shape.owner) & spread(is_article, view.page)


def _mark_dialogs(found: Flags, view: View) -> None:
    """Marks blocks in dialogs and hidden elements that ask for consent.

    In these several blocks are notices, or half of them are; the latter counts only
    for the outermost element, as what is hidden may be a whole article.
    """
    shape = view.shape
    popup, closed = shape.near & _POPUP, shape.place & _CLOSED
    (dialogs,) = (popup | closed).nonzero()
    if not len(dialogs):
        return
    notices = _notices(view, dialogs)
    if not len(notices):
        return
    before = np.zeros(len(found) + 1, np.int64)
    before[notices + 1] = 1
    before.cumsum(out=before)
    number = before[shape.last[dialogs]] - before[shape.first[dialogs]]
    is_outermost = popup | (closed & ~closed.take(shape.parent))
    is_asking = (2 * number >= shape.size[dialogs]) & (is_outermost[dialogs] > 0)
    is_asking |= number >= _MIN_NOTICES
    for element in dialogs[is_asking].tolist():
        _mark(found, view, element)


def _notices(view: View, dialogs: Ints) -> Ints:
    """Blocks in dialogs that talk of cookies, consent and accounts; some repeatedly."""
    text, after, end = view.counts.text, view.counts.after, 0
    places: list[int] = []
    firsts, lasts = view.shape.first.take(dialogs), view.shape.last.take(dialogs)
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        if first >= end:  # else it stands in the dialog before
            end = last
            begin = int(after[first - 1]) + 1 if first else 0
            stop = int(after[last - 1])
            for word in _CONSENT:
                place = text.find(word, begin, stop)
                while place >= 0:
                    places.append(place)
                    place = text.find(word, place + 1, stop)
    return after.searchsorted(whole(places, len(places)))


def _mark_after_titles(found: Flags, view: View, is_article: Flags) -> None:
    """Marks elements with one more `h1` like the title, beside the title's own."""
    shape = view.shape
    if len(shape.tagged("h1")) < 2:
        return
    is_heading = shape.code.take(shape.owner) == shape.codes["h1"]
    (titles,) = is_heading.nonzero()
    for page, at in enumerate(view.title_at.tolist()):
        if at < 0 or not is_heading[at] or not is_article[page]:
            continue
        later = titles[(titles > at) & (titles < view.start[page + 1])]
        for block in later[:_MAX_TITLES].tolist():
            _mark_further(found, view, int(shape.owner[at]), int(shape.owner[block]))


def _mark_further(found: Flags, view: View, title: int, element: int) -> None:
    """Marks what a heading stands in beside the title, if it is like that one."""
    shape = view.shape
    at = int(view.title_at[shape.page[title]])
    if _style(view, element) != _style(view, title):
        return
    if _depth(view, element) != _depth(view, title):
        return
    up = int(shape.up[element])
    while up != element and not shape.first[up] <= at < shape.last[up]:
        element, up = up, int(shape.up[up])
    if up != element and shape.last[element] - shape.first[element] > 1:
        _mark(found, view, element)


def _mark_articles(found: Flags, view: View, is_article: Flags) -> None:
    """Marks later `article`s of the same kind as the one with the title."""
    shape = view.shape
    articles = shape.tagged("article")
    if len(articles) < 2:
        return
    articles = articles[is_article[shape.page[articles]]]
    at = view.title_at[shape.page[articles]]
    first, last = shape.first[articles], shape.last[articles]
    mine = articles[(first <= at) & (at < last) & (last - first > 2)]
    innermost = dict(zip(shape.page[mine].tolist(), mine.tolist(), strict=True))
    for element in articles[first > at].tolist() if innermost else ():
        own = innermost.get(int(shape.page[element]))
        if own is not None and _style(view, element) == _style(view, own):
            _mark(found, view, element)


def _style(view: View, element: int) -> tuple[int, str]:
    shape = view.shape
    page = int(shape.page[element])
    own = int(shape.kept[element] - shape.kept[shape.body[page]])
    (family,) = families([view.pages[page].names[own]])
    return int(shape.code[element]), family


def _depth(view: View, element: int) -> int:
    """Steps from an element to its body."""
    steps = 0
    while (up := int(view.shape.up[element])) != element:
        element, steps = up, steps + 1
    return steps


def _mark(found: Flags, view: View, element: int) -> None:
    """Marks the blocks of an element that does not hold the title of its page."""
    first, last = view.shape.first[element], view.shape.last[element]
    if not first <= view.title_at[view.shape.page[element]] < last:
        found[first:last] = True
