"""Quick looks at a text: does it change its language on the way?

A few short windows, evenly spread, are enough to know whether a closer look at its
lines and sentences is worth the time.
"""

from corpuskit.language.prepare import n_bytes

_WINDOW = 160
_MOST = 16
# Windows with so few bytes a character are nearly all Latin letters.
_LATIN = 1.25


def windows(text: str) -> list[str]:
    """Pieces of a text from its start to its end: three to sixteen."""
    n = max(3, min(_MOST, len(text) // _WINDOW))
    size = min(_WINDOW, len(text) // n)
    step = (len(text) - size) / (n - 1)
    return [text[int(i * step) : int(i * step) + size] for i in range(n)]


def has_latin(text: str) -> bool:
    """Whether a text in another script has a stretch of Latin letters."""
    return any(n_bytes(piece) < _LATIN * len(piece) for piece in windows(text))


def changes(text: str) -> bool:
    """Whether eldc is sure of more than one language."""
    from corpuskit.language.opinions import sure_of

    found = {sure_of(piece) for piece in windows(text)}
    return len(found - {""}) > 1
