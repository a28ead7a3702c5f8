"""Memory that this process has freed, given back to the system.

The allocator of the C library keeps what a large page needed for the next one. In
several processes that adds up, though large pages are few.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_MUCH_BYTES = 16 << 20
_STATUS = Path("/proc/self/statm")


class Freed:
    """Gives memory back each time that so much more of it is held than before."""

    def __init__(self) -> None:
        self._held = _resident()

    def give_back(self) -> None:
        """Called between two pieces of work; does nothing where nothing can be done."""
        if _resident() < self._held + _MUCH_BYTES:
            return
        trim = _trim()
        if trim is not None:
            trim(0)
        self._held = _resident()


def _resident() -> int:
    """The memory that this process holds now; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    import resource

    return int(_STATUS.read_bytes().split()[1]) * resource.getpagesize()


@cache
def _trim() -> Callable[[int], Any] | None:
    """The function of the C library that gives memory back, if it has one."""
    import ctypes

    return getattr(ctypes.CDLL(None), "malloc_trim", None)
