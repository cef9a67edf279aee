"""Private files: read in one piece, written whole or not at all, for their owner alone."""

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path
from typing import IO

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

# Windows has neither these flags nor handles of folders: there a look before has to do.
_PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_PLAIN |= getattr(os, "O_BINARY", 0)
HANDLES = os.open in os.supports_dir_fd
"""Whether this system opens files relative to a handle of their folder."""


def open_plain(path: Path, inside: int | None = None) -> IO[bytes]:
    """Open a plain file for reading: neither a link, nor a pipe, a device or a folder.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    inside : int, optional
        Handle of the folder in which a relative path begins.

    Raises
    ------
    OSError
        If it is no plain file, or cannot be read.

    Examples
    --------
    >>> open_plain(Path("/"))
    Traceback (most recent call last):
    OSError: [Errno 22] it is a link, or no plain file: '/'
    """
    refused = OSError(errno.EINVAL, _("it is a link, or no plain file"), str(path))
    if not HANDLES and path.is_symlink():
        raise refused
    try:
        handle = os.open(path, _PLAIN, dir_fd=inside)
    except OSError as problem:
        if problem.errno in (errno.ELOOP, errno.ENXIO):
            raise refused from None
        raise
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise refused


def read(path: Path, most: int | None = None) -> bytes:
    """Read a file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    most : int, optional
        Bytes at most: then it has to be a plain file, which is no link.

    Raises
    ------
    CopehopeError
        If it cannot be read, or is longer.
    """
    try:
        with open_plain(path) if most is not None else path.open("rb") as file:
            content = file.read(-1 if most is None else most + 1)
    except OSError as problem:
        sentence = _("{path} cannot be read ({reason}): look whether it is the right file.")
        raise CopehopeError(sentence.format(path=path, reason=problem.strerror)) from None
    if most is not None and len(content) > most:
        sentence = _("{path} has more than {n} bytes: look whether it is the right file.")
        raise CopehopeError(sentence.format(path=path, n=f"{most:,}"))
    return content


def free(path: Path) -> Path:
    """Return this path, or the first with a number behind its name under which there is nothing.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "sheet.md"
    >>> free(path).name, path.write_bytes(b""), free(path).name
    ('sheet.md', 0, 'sheet-2.md')
    """
    name, dot, ending = path.name.partition(".")
    n, found = 1, path
    while found.exists():
        n += 1
        found = path.with_name(f"{name}-{n}{dot}{ending}")
    return found


def refuse_existing(path: Path, inside: int | None = None) -> None:
    """Refuse to write where something is already.

    Raises
    ------
    CopehopeError
        If there is a file, a folder or a link of this name.
    """
    with contextlib.suppress(OSError):
        os.stat(path, dir_fd=inside, follow_symlinks=False)
        sentence = _("{path} is there already and stays as it is: choose another name.")
        raise CopehopeError(sentence.format(path=path))


def write_new(path: Path, content: bytes, inside: int | None = None) -> None:
    """Write a file that only its owner can read: whole or not at all, and never over another.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    content : bytes
        What is to stand in it.
    inside : int, optional
        Handle of the folder in which a relative path begins.

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
    refuse_existing(path, inside)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(draft, flags, 0o600, dir_fd=inside), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _rename(draft, path, inside)
    except FileExistsError:
        refuse_existing(path, inside)
        raise
    except OSError as problem:
        sentence = _("{path} cannot be written ({reason}): choose another place.")
        raise CopehopeError(sentence.format(path=path, reason=problem.strerror)) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(draft, dir_fd=inside)


def replace(path: Path, content: bytes, inside: int | None = None) -> None:
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
    write_new(draft, content, inside)
    os.replace(draft, path, src_dir_fd=inside, dst_dir_fd=inside)


def _rename(draft: Path, path: Path, inside: int | None) -> None:
    """Give a finished file its name, and have the disk remember it."""
    try:
        # A second name, unlike a renaming, never takes the place of a file.
        os.link(draft, path, src_dir_fd=inside, dst_dir_fd=inside)
    except FileExistsError:
        raise
    except OSError:
        # USB sticks know no second names.
        refuse_existing(path, inside)
        os.replace(draft, path, src_dir_fd=inside, dst_dir_fd=inside)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY, dir_fd=inside)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
