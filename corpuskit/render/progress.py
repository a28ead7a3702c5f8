"""Progress on standard error: on a terminal only, and only for work that takes time."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich import progress
    from rich.console import Console

_PATIENCE_S: Final = 0.5


class Progress:
    """A bar for each phase of the work; a context manager.

    Nothing is shown, nor imported, for work that ends within half a second, or where
    the console is None or no terminal.
    """

    def __init__(
        self,
        console: "Console | None",
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = console if console and console.is_terminal else None
        self._clock = clock
        self._started = clock()
        self._bars: progress.Progress | None = None
        self._task: progress.TaskID | None = None
        self._phase: tuple[str, int | None, int] = ("", None, 0)

    def phase(self, name: str, total: int | None = None) -> None:
        """Begins a phase of so many units (None: nobody knows how many)."""
        self._finish()
        self._phase = (name, total, 0)
        self._show()

    def advance(self, done: int = 1) -> None:
        """Says that so many more units are done."""
        name, total, before = self._phase
        self._phase = (name, total, before + done)
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, done)
        else:
            self._show()

    def _show(self) -> None:
        name, total, done = self._phase
        waiting = self._clock() - self._started < _PATIENCE_S
        if self._console is None or not name or waiting:
            return
        if self._bars is None:
            self._bars = _make_bars(self._console)
            self._bars.start()
        self._task = self._bars.add_task(name, total=total, completed=done)

    def _finish(self) -> None:
        if self._bars is not None and self._task is not None:
            done = self._phase[2]
            self._bars.update(self._task, total=done, completed=done)
            self._bars.stop_task(self._task)
        self._task = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bars is None:
            return
        if error is None:
            self._finish()
        self._bars.stop()


def make_progress(console: "Console | None", *, wanted: bool = True) -> Progress:
    """Progress on this console if it is a terminal and progress is wanted."""
    return Progress(console if wanted else None)


def _make_bars(console: "Console") -> "progress.Progress":
    from rich import progress
    from rich.text import Text

    class Speed(progress.ProgressColumn):
        """Units a second."""

        def render(self, task: progress.Task) -> Text:
            """The speed so far, empty before there is one."""
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "", style="dim")

    return progress.Progress(
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(bar_width=24),
        progress.MofNCompleteColumn(),
        Speed(),
        progress.TimeElapsedColumn(),
        console=console,
        transient=True,
    )
