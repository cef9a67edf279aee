"""On Linux, forbid this process and its children what they do not need.

Landlock is a rule of the kernel that a process lays on itself and can never take back, without
being root. Under it a dashboard's kernel cannot open a registry even if it guesses its path, reach
another machine over TCP, or send a signal to a process outside. What it does not govern is left to
:mod:`copehope_lib.server.seccomp`.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# linux/landlock.h. Newer systems know more accesses to files: REFER, TRUNCATE, IOCTL_DEV.
READ, LIST, REMOVE, MAKE_SOCKETS = 0b1101, 0b1000, 0b110000, 1 << 9
"""What may be done beneath a folder; whoever may read may execute, too."""
WRITE = 2**16 - 1
_BITS_BY_VERSION = {1: 13, 2: 14, 3: 15, 5: 16}
_ON_A_FILE = 0b111 | 1 << 14 | 1 << 15
_NETWORK_FROM, _BIND, _CONNECT = 4, 1, 2
_SCOPES_FROM, _SCOPES = 6, 3
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _BENEATH, _PORT, _NO_NEW_PRIVILEGES = 1, 1, 2, 38


def version() -> int:
    """Return the version of Landlock of this system: 0 where there is none.

    From 1 on it governs files, from 4 on TCP, from 6 on signals and abstract sockets.
    """
    if sys.platform != "linux":
        return 0
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)))


def confine(
    rights: Mapping[Path, int], ports: Sequence[int] | None = None, calls: Sequence[int] = ()
) -> bool:
    """Let this process do what it has a right to, and nothing else to files, from here on.

    Parameters
    ----------
    rights : mapping of pathlib.Path to int
        What may be done beneath each folder, or with a file: of :data:`READ`, :data:`LIST`
        (names of files, and not what is in them), :data:`REMOVE`, :data:`MAKE_SOCKETS` and
        :data:`WRITE`, which is all of them.
    ports : sequence of int, optional
        The TCP ports that may be listened at; no other machine or process can be called
        over TCP. Without it TCP stays as it is.
    calls : sequence of int
        The TCP ports that may be called all the same, on any machine.

    Returns
    -------
    bool
        Whether it holds: False where the system has no Landlock.

    Notes
    -----
    What is open already stays open, and folders that do not exist are left out. Signals and
    abstract sockets reach this process and its children only.
    """
    known = version()
    if not known:
        return False
    system = ctypes.CDLL(None, use_errno=True)
    every = (1 << max(bits for first, bits in _BITS_BY_VERSION.items() if first <= known)) - 1
    network = known >= _NETWORK_FROM and ports is not None
    fields = [every, _BIND | _CONNECT if network else 0, _SCOPES]
    fields = fields[: 1 + (known >= _NETWORK_FROM) + (known >= _SCOPES_FROM)]
    attribute = struct.pack(f"={len(fields)}Q", *fields)
    ruleset = system.syscall(_CREATE_RULESET, attribute, len(attribute), 0)
    if ruleset < 0:
        return False
    try:
        for path, right in rights.items():
            if path.exists():
                _allow(system, ruleset, path, right & every)
        over_tcp = [(_BIND, port) for port in ports or ()] + [(_CONNECT, port) for port in calls]
        for access, port in over_tcp if network else ():
            _add(system, ruleset, _PORT, struct.pack("=QQ", access, port), f"port {port}")
        # The kernel asks for this promise first: no program may give back what is forbidden.
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(system.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(system: ctypes.CDLL, ruleset: int, path: Path, access: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        allowed = access if path.is_dir() else access & _ON_A_FILE
        _add(system, ruleset, _BENEATH, struct.pack("=Qi", allowed, handle), str(path))
    finally:
        os.close(handle)


def _add(system: ctypes.CDLL, ruleset: int, kind: int, rule: bytes, named: str) -> None:
    if system.syscall(_ADD_RULE, ruleset, kind, rule, 0) != 0:
        raise OSError(ctypes.get_errno(), f"{named} cannot be allowed")


def limit(**most: int) -> None:
    """Let this process have no more of each resource than so much, named as RLIMIT_ is."""
    if sys.platform != "win32":
        import resource

        for name, wanted in most.items():
            kind = getattr(resource, f"RLIMIT_{name}")
            given = resource.getrlimit(kind)[1]
            least = wanted if given == resource.RLIM_INFINITY else min(wanted, given)
            resource.setrlimit(kind, (least, least))
