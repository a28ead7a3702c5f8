"""What the rooms have in common: names loaded on first use, rooms that can be called.

Four public functions bear the name of the room they live in. Python binds a package's
attribute to the subpackage as soon as anything imports it, so the room itself answers
the call.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
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


def lazy_names(name: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a room: loads the module that a public name lives in.

    Args:
        name: the room's `__name__`.
        homes: public name -> module of the room.
    """

    def load(wanted: str) -> Any:  # noqa: ANN401 - whatever the module holds
        if wanted not in homes:
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")
        value = getattr(import_module(f"{name}.{homes[wanted]}"), wanted)
        setattr(sys.modules[name], wanted, value)
        return value

    return load
