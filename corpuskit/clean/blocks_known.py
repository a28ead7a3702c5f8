"""What was found out of short texts: most return on every page of a site."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

_MOST = 1 << 14
_Text = TypeVar("_Text", bound=Hashable)
_Found = TypeVar("_Found")


class Known(Generic[_Text, _Found]):
    """What a function finds out of texts, kept until there are too many of them."""

    def __init__(self, find: Callable[[list[_Text]], Iterable[_Found]]) -> None:
        """The function gives what it finds of each text of a list, in order."""
        self._find = find
        self._known: dict[_Text, _Found] = {}

    def with_all(self, texts: Iterable[_Text]) -> Mapping[_Text, _Found]:
        """What is known, of these texts and of others."""
        asked, known = set(texts), self._known
        new = list(asked.difference(known))
        if new:
            if len(known) + len(new) > _MOST:
                # Others may still read the old one.
                new, known = list(asked), {}
                self._known = known
            known.update(zip(new, self._find(new), strict=True))
        return known
