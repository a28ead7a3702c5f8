"""What speaks against blocks for reasons that trees learn badly from few pages.

A page that is likely an article has one: what readers wrote below it, and further
articles after it, look like its text but are not. Dialogs that ask for consent are
never content. Such blocks are not dropped: the model's opinion of them is lowered.
"""

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks_features import CONSENT, Columns
from corpuskit.clean.blocks_hints import Hint, Place
from corpuskit.clean.blocks_kin import family
from corpuskit.clean.blocks_view import View

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_FACTOR = np.float32(0.15)
_COMMENTED, _FURTHER = 0.7, 0.2
_MIN_NOTICES = 3
_MAX_TITLES = 30


def with_doubts(
    probabilities: Floats, view: View, columns: Columns, article: float
) -> Floats:
    """The probabilities of a page that is an article so probably, doubts applied."""
    doubtful = _in_dialogs(view, columns)
    if article > _FURTHER:
        doubtful |= _after_titles(view) | _in_articles(view)
    if article > _COMMENTED:
        doubtful |= _in_comments(view)
    if not doubtful.any():
        return probabilities
    found: Floats = np.where(doubtful, _FACTOR, np.float32(1)) * probabilities
    return found


def _in_comments(view: View) -> Flags:
    """Blocks in what tags or class names call comments."""
    shape, owner = view.shape, view.shape.owner
    hinted = (shape.near | shape.around)[owner] & int(Hint.COMMENT)
    found: Flags = (hinted | (shape.place[owner] & int(Place.COMMENT))) > 0
    return found


def _in_dialogs(view: View, columns: Columns) -> Flags:
    """Blocks in dialogs and hidden elements with several notices of consent."""
    shape, found = view.shape, np.zeros(len(view.words), np.bool_)
    if not columns["consent_near"].any():
        return found
    notices = [any(word in text for word in CONSENT) for text in view.blocks.text]
    before = np.concatenate(([0], np.cumsum(notices)))
    number = before[shape.last] - before[shape.first]
    closed = (shape.near & int(Hint.POPUP)) | (
        shape.place & int(Place.DIALOG | Place.HIDDEN)
    )
    for element in np.flatnonzero((number >= _MIN_NOTICES) & (closed > 0)):
        _mark(found, view, int(element))
    return found


def _after_titles(view: View) -> Flags:
    """Blocks of elements with one more `h1` like the title, beside the title's own."""
    shape, at, found = view.shape, view.title_at, np.zeros(len(view.words), np.bool_)
    owner = shape.owner
    if at < 0 or shape.tag[owner[at]] != "h1":
        return found
    style, depth = _style(view, owner[at]), _depth(view, owner[at])
    headings = [e for e in owner[at + 1 :].tolist() if shape.tag[e] == "h1"]
    for element in headings[:_MAX_TITLES]:
        if _style(view, element) != style or _depth(view, element) != depth:
            continue
        up = int(shape.up[element])
        while element and not shape.first[up] <= at < shape.last[up]:
            element, up = up, int(shape.up[up])
        if element and shape.last[element] - shape.first[element] > 1:
            _mark(found, view, element)
    return found


def _in_articles(view: View) -> Flags:
    """Blocks of later `article`s of the same kind as the one with the title."""
    shape, at, found = view.shape, view.title_at, np.zeros(len(view.words), np.bool_)
    articles = [i for i, tag in enumerate(shape.tag) if tag == "article"]
    mine = [
        i
        for i in articles
        if shape.first[i] <= at < shape.last[i] and shape.last[i] - shape.first[i] > 2
    ]
    for element in articles if mine else ():
        same = _style(view, element) == _style(view, mine[-1])
        if same and shape.first[element] > at:
            _mark(found, view, element)
    return found


def _style(view: View, element: int) -> tuple[str, str]:
    return view.shape.tag[element], family(view.shape.names[element])


def _depth(view: View, element: int) -> int:
    """Steps from an element to the body."""
    steps = 0
    while element:
        element, steps = int(view.shape.up[element]), steps + 1
    return steps


def _mark(found: Flags, view: View, element: int) -> None:
    """Marks the blocks of an element that does not hold the title."""
    first, last = view.shape.first[element], view.shape.last[element]
    if not first <= view.title_at < last:
        found[first:last] = True
