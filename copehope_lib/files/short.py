"""A place for temporary folders whose path is short, because the path of a socket has to be."""

import os
import sys
import tempfile
from pathlib import Path

LONGEST = 103
"""Bytes of the path of a socket, on the system that allows the fewest (macOS)."""
ROOM = 83
"""Bytes that a temporary folder of ours, and a socket in it, add to the place they are in."""


def place() -> str | None:
    """Return a place where temporary folders may hold sockets.

    Returns
    -------
    str or None
        The usual one, where it is short enough; none where no place is, or on Windows, which
        has no such sockets.

    Examples
    --------
    >>> place() in (None, *map(os.path.realpath, _places()))
    True
    """
    found = (os.path.realpath(each) for each in _places() if os.access(each, os.W_OK | os.X_OK))
    short = (each for each in found if len(os.fsencode(each)) + ROOM <= LONGEST)
    return None if sys.platform == "win32" else next(short, None)


def _places() -> list[str]:
    usual = (tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp")  # noqa: S108
    return [each for each in usual if Path(each).is_absolute()]
