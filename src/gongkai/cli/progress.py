"""A progress bar on stderr, for people who wait: never in a pipe, never for a few quick files."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Self

from gongkai.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

MANY = 20
"""Shown at once for more files than that …"""

LONG = 2.0
"""… and for fewer after so many seconds."""

EVERY = 0.1
"""Redrawn at most so often, in seconds: drawing must not slow the work."""


class Progress:
    """Counts steps. It stands below what the command prints and is gone when the command ends.

    ``count`` tells how many steps there will be; it is asked only on a terminal.
    """

    def __init__(self, terminal: Terminal, count: Callable[[], int]) -> None:
        self._terminal = terminal
        self._total = count() if terminal.err.isatty() else 0
        self._began = self._drawn = monotonic()
        self._done = 0
        self._bar: Bar | None = None
        self._visible = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hide()

    def step(self, name: str) -> None:
        """The next file begins."""
        now = monotonic()
        self._done += 1
        wanted = self._total > MANY or (self._total and now - self._began > LONG)
        if wanted and (not self._visible or now - self._drawn > EVERY):
            self._drawn = now
            self._show(name)

    def give_way(self) -> None:
        """Hide before something goes to stdout, if that is the same screen."""
        if self._terminal.out.isatty():
            self.hide()

    def hide(self) -> None:
        """Take the bar from the screen; the next step draws it again, below what was printed."""
        if self._bar is not None and self._visible:
            self._bar.stop()
            self._visible = False

    def _show(self, name: str) -> None:
        bar = self._bar = self._bar or self._make()
        if not self._visible:
            bar.start()
            self._visible = True
        bar.update(bar.task_ids[0], description=name, completed=self._done - 1, refresh=True)

    def _make(self) -> "Bar":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        # Nobody else's output is caught: commands give way themselves, and stdout may go elsewhere.
        bar = Progress(
            BarColumn(24),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(file=self._terminal.err),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        bar.add_task("", total=self._total)
        return bar
