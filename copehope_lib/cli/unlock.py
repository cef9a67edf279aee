"""What is private on the command line: keys and passphrases."""

import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

if TYPE_CHECKING:
    from copehope_lib.files.sealing import Key
    from copehope_lib.importing import Lock
    from copehope_lib.workspace import Workspace


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


def lock_of(workspace: "Workspace") -> "Lock | None":
    """Return what opens the list of names of a workspace, where there is one and a way to."""
    from copehope_lib.files.sealing import sealed_with_passphrase
    from copehope_lib.importing import names, with_key, with_passphrase

    path, key = workspace.registry / names.FILE_NAME, workspace.opened_with
    if not path.exists():
        return None
    if sealed_with_passphrase(path.read_bytes()):
        return with_passphrase(workspace.registry, passphrase_of(path))
    return with_key(workspace.registry, key) if key else None


def asked_twice() -> str:
    """Ask for a new passphrase, which a slip of the hand would make useless."""
    typed = _asked(_("New passphrase, best of five words or more: "))
    if _asked(_("The same once more: ")) != typed:
        raise CopehopeError(_("The two passphrases differ: run the command again."))
    return typed
