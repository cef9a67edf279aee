"""The screen of whoever types a command: how far it has come, and how wide it may print."""

import sys
from collections.abc import Iterable
from threading import Timer
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

if TYPE_CHECKING:
    from copehope_lib.tables import Each

_screen = Console(stderr=True)

SLOW = 2.0
"""Seconds after which it is said what goes on where nobody watches a bar."""


def progress(description: str) -> "Each":
    """Return a way to go through things one by one with a progress bar, or a line if it is slow."""

    def each(things: Iterable[Any]) -> Iterable[Any]:
        late = Timer(SLOW, _screen.print, [f"{description} …"])
        late.daemon = True
        if not _screen.is_terminal:
            late.start()
        try:
            with bar() as shown:
                yield from shown.track(list(things), description=description)
        finally:
            late.cancel()

    return each


def bar() -> Progress:
    """Return a progress bar that leaves no trace, and is silent where nobody watches."""
    return Progress(console=_screen, transient=True, disable=not _screen.is_terminal)


def print_table(headings: Iterable[str], rows: Iterable[Iterable[object]], gap: int = 2) -> None:
    """Print rows of words under their headings."""
    grid = Table(*headings, box=None, padding=(0, gap))
    for row in rows:
        grid.add_row(*map(str, row))
    paper().print(grid)


def paper() -> Console:
    """Return where a report is printed: the screen, or pages wide enough for a file."""
    return Console(width=None if sys.stdout.isatty() else 160)
