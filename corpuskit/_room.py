"""Rooms that can be called: `corpuskit.clean` is a package and a function.

Four public functions bear the name of the room they live in. Python binds a package's
attribute to the subpackage as soon as anything imports it, so the room itself answers
the call.
"""

import sys
from types import ModuleType
from typing import Any


class Room(ModuleType):
    """A subpackage that is called like the function of its own name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed on
        """What the room's function of the same name gives."""
        function = getattr(self, self.__name__.rpartition(".")[2])
        return function(*args, **kwargs)


def make_callable(name: str) -> None:
    """Makes the imported module of this name answer calls."""
    sys.modules[name].__class__ = Room
