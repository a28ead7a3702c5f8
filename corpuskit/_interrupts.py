"""Interrupts (Ctrl-C) that are not lost.

Python raises KeyboardInterrupt wherever it happens to be, and drops it where that is a
callback of its own, such as a finalizer. Here an interrupt is also noted, and long
loops ask for it.
"""

import contextlib
import signal
from collections.abc import Iterator

_seen: list[int] = []


def check() -> None:
    """Raises the interrupt that came, if it was dropped.

    Raises:
        KeyboardInterrupt: there was one while interrupts were noted.
    """
    if _seen:
        raise KeyboardInterrupt


@contextlib.contextmanager
def noted() -> Iterator[list[int]]:
    """Notes the interrupts that come; does nothing outside of the main thread."""

    def note(number: int, _: object) -> None:
        _seen.append(number)
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGINT, note)
    except ValueError:  # only the main thread may ask for signals
        yield _seen
        return
    try:
        yield _seen
    finally:
        signal.signal(signal.SIGINT, before)
        _seen.clear()
