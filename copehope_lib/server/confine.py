"""On Linux, forbid this process and its children every folder that it does not need.

Landlock is a rule of the kernel that a process lays on itself and can never take back, without
being root. Under it a dashboard's kernel cannot open a registry even if it guesses its path.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

# linux/landlock.h: the file accesses of its first version, which every Linux from 5.13 knows.
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_ALL = (1 << 13) - 1
_ON_A_FILE = _EXECUTE | 1 << 1 | _READ_FILE
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_BENEATH = 1
_NO_NEW_PRIVILEGES = 38


def confine(
    readable: Iterable[Path], writable: Iterable[Path], listable: Iterable[Path] = ()
) -> bool:
    """Let this process read and write only beneath some folders, from here on.

    Parameters
    ----------
    readable : iterable of pathlib.Path
        May be read and executed.
    writable : iterable of pathlib.Path
        May be read, written and executed.
    listable : iterable of pathlib.Path
        May be listed, which is less: names of files, and not what is in them.

    Returns
    -------
    bool
        Whether it holds: False where the system has no Landlock.

    Notes
    -----
    What is open already stays open, and folders that do not exist are left out.
    """
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    attribute = struct.pack("=Q", _ALL)
    ruleset = system.syscall(_CREATE_RULESET, attribute, len(attribute), 0)
    if ruleset < 0:
        return False
    try:
        rules = [(path, _EXECUTE | _READ_FILE | _READ_DIR) for path in readable]
        rules += [(path, _ALL) for path in writable]
        rules += [(path, _READ_DIR) for path in listable]
        for path, access in rules:
            if path.exists():
                _allow(system, ruleset, path, access)
        # The kernel asks for this promise first: no program may give back what is forbidden.
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(system.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(system: ctypes.CDLL, ruleset: int, path: Path, access: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        allowed = access if path.is_dir() else access & _ON_A_FILE
        rule = struct.pack("=Qi", allowed, handle)
        if system.syscall(_ADD_RULE, ruleset, _BENEATH, rule, 0) != 0:
            raise OSError(ctypes.get_errno(), f"{path} cannot be allowed")
    finally:
        os.close(handle)
