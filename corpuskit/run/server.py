"""The server that worker processes are forked from, which starts while others work."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator


def usable_cores() -> int:
    """The number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start_method() -> str:
    """How workers start: from a small server where there is one, never by a bare fork.

    A fork of this process would copy the threads' locks of the progress display.
    """
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    if "forkserver" in methods and sys.platform != "darwin":
        multiprocessing.set_forkserver_preload(["corpuskit.run.preload"])
        return "forkserver"
    return "spawn"


def start_ahead() -> None:
    """Starts the server, and does not wait until it has imported what workers need."""
    if start_method() != "forkserver":
        return
    from multiprocessing import forkserver, resource_tracker

    # What hinders the server will hinder the first worker too, and is told there.
    with contextlib.suppress(OSError):
        resource_tracker.ensure_running()  # lets interrupts through again
        with _interrupts_held():
            forkserver.ensure_running()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keeps Ctrl-C from what is started here: this process alone answers it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
