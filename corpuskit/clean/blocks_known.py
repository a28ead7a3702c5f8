"""What was found out of short texts: most return on every page of a site."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

_MOST = 1 << 14
_Found = TypeVar("_Found")


class Known(Generic[_Found]):
    """What a function finds out of texts, kept until there are too many of them."""

    def __init__(self, find: Callable[[list[str]], Iterable[_Found]]) -> None:
        """The function gives what it finds of each text of a list, in order."""
        self._find = find
        self._known: dict[str, _Found] = {}

    def of(self, texts: Sequence[str]) -> list[_Found]:
        """What is found out of each of these texts."""
        known = self._known
        try:
            return list(map(known.__getitem__, texts))
        except KeyError:
            new = set(texts).difference(known)
        if len(known) + len(new) > _MOST:
            # Others may still read the old one.
            new, known = set(texts), {}
            self._known = known
        asked = list(new)
        known.update(zip(asked, self._find(asked), strict=True))
        return list(map(known.__getitem__, texts))
