"""What is private on the command line: keys and passphrases."""

import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

if TYPE_CHECKING:
    from copehope_lib.files.sealing import Key


def key_of(path: Path) -> "Key":
    """Read a key file, and ask for its passphrase where it has one."""
    from copehope_lib.files.sealing import read_key

    return read_key(path, lambda: passphrase_of(path))


def passphrase_of(path: Path) -> str:
    """Ask for the passphrase of a file."""
    return _asked(_("Passphrase of {path}: ").format(path=path))


def _asked(question: str) -> str:
    """Ask without showing what is typed; a script may say it in a line of its input."""
    typed = getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise CopehopeError(_("No passphrase was given: run the command again and type one."))
    return typed


def asked_twice() -> str:
    """Ask for a new passphrase, which a slip of the hand would make useless."""
    typed = _asked(_("New passphrase, best of five words or more: "))
    if _asked(_("The same once more: ")) != typed:
        raise CopehopeError(_("The two passphrases differ: run the command again."))
    return typed
