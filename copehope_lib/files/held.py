"""A folder that somebody else may write into, held by a handle.

What serves pages may have been taken over: in the place of a file it could lay a link to a
registry, a pipe that nobody writes, a device without an end. Whoever can reach the registry
looks into such a folder through :class:`Held`, which opens plain files of a stated size only and
follows nothing; if the folder itself is exchanged meanwhile, it stays with the first one.
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from copehope_lib.files import private

_FOLDER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)
MOST_NAMES = 100_000
"""Of a folder at most these are looked at."""


@dataclass(frozen=True)
class Held:
    """A folder held open; one that is not there, or is a link, is empty.

    Attributes
    ----------
    path : pathlib.Path
        Where it is; with a handle, the way from there.
    handle : int or None
        Of the folder, where the system has such handles and the folder is there.
    """

    path: Path
    handle: int | None = None

    def names(self) -> set[str]:
        """Return the names of what lies in it."""
        if not self._there:
            return set()
        with os.scandir(self.path if self.handle is None else self.handle) as found:
            return {entry.name for entry in islice(found, MOST_NAMES)}

    @property
    def _there(self) -> bool:
        return self.handle is not None or (not private.HANDLES and _is_folder(self.path))

    def read(self, name: str, most: int) -> bytes | None:
        """Return a plain file of at most so many bytes; None where it is anything else."""
        if not self._there:
            return None
        try:
            with private.open_plain(self._at(name), self.handle) as file:
                content = file.read(most + 1)
        except OSError:
            return None
        return content if len(content) <= most else None

    def write_new(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all, and never over another.

        Raises
        ------
        CopehopeError
            If there is one of this name, or it cannot be written.
        """
        private.write_new(self._at(name), content, self.handle)

    def replace(self, name: str, content: bytes) -> None:
        """Write a file in the place of another.

        Raises
        ------
        CopehopeError
            If it cannot be written; then the old one stands.
        """
        private.replace(self._at(name), content, self.handle)

    def remove(self, name: str) -> None:
        """Remove a file, or the name of a link; what cannot be removed stays."""
        with contextlib.suppress(OSError):
            os.unlink(self._at(name), dir_fd=self.handle)

    def _at(self, name: str) -> Path:
        return self.path / name if self.handle is None else Path(name)


@contextmanager
def hold(path: Path, inside: Held | None = None, *, make: bool = False) -> Iterator[Held]:
    """Hold a folder for as long as a block lasts.

    Parameters
    ----------
    path : pathlib.Path
        The folder.
    inside : Held, optional
        The folder that it lies in.
    make : bool
        Whether it is made where it is not there.

    Raises
    ------
    OSError
        If it cannot be made.

    Examples
    --------
    >>> with hold(Path("/nowhere")) as folder:
    ...     folder.names()
    set()
    """
    whole = inside.path / path if inside else path
    at = inside.handle if inside else None
    if make:
        with contextlib.suppress(FileExistsError):
            os.mkdir(path if at is not None else whole, 0o700, dir_fd=at)
    handle = None
    if private.HANDLES and (inside is None or at is not None):
        with contextlib.suppress(OSError):
            handle = os.open(path, _FOLDER, dir_fd=at)
    try:
        if make and not Held(whole, handle)._there:
            raise NotADirectoryError(20, "no folder", str(whole))
        yield Held(whole, handle)
    finally:
        if handle is not None:
            os.close(handle)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
