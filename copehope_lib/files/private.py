"""Private files: read in one piece, written whole or not at all, for their owner alone."""

import contextlib
import os
import secrets
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _


def read(path: Path) -> bytes:
    """Read a file.

    Raises
    ------
    CopehopeError
        If it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        sentence = _("{path} cannot be read ({reason}): look whether it is the right file.")
        raise CopehopeError(sentence.format(path=path, reason=problem.strerror)) from None


def refuse_existing(path: Path) -> None:
    """Refuse to write where something is already.

    Raises
    ------
    CopehopeError
        If there is a file, a folder or a link of this name.
    """
    if path.is_symlink() or path.exists():
        sentence = _("{path} is there already and stays as it is: choose another name.")
        raise CopehopeError(sentence.format(path=path))


def write_new(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read: whole or not at all, and never over another.

    Raises
    ------
    CopehopeError
        If there is a file of this name, or it cannot be written.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "minutes.txt"
    >>> write_new(path, b"minutes")
    >>> oct(path.stat().st_mode & 0o777) if os.name == "posix" else "0o600"
    '0o600'
    """
    refuse_existing(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _rename(draft, path)
    except FileExistsError:
        refuse_existing(path)
        raise
    except OSError as problem:
        sentence = _("{path} cannot be written ({reason}): choose another place.")
        raise CopehopeError(sentence.format(path=path, reason=problem.strerror)) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def replace(path: Path, content: bytes) -> None:
    """Write a file in the place of another: whoever reads it finds the old one or the new one.

    Raises
    ------
    CopehopeError
        If it cannot be written; then the old one stands.
    OSError
        If it cannot be put in the place of the other.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "wave.json"
    >>> replace(path, b"1")
    >>> replace(path, b"2")
    >>> path.read_bytes(), len(list(path.parent.iterdir()))
    (b'2', 1)
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    write_new(draft, content)
    draft.replace(path)


def _rename(draft: Path, path: Path) -> None:
    """Give a finished file its name, and have the disk remember it."""
    try:
        # A second name, unlike a renaming, never takes the place of a file.
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        # USB sticks know no second names.
        refuse_existing(path)
        draft.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
