"""On Linux, refuse calls of the system that files are not the matter of.

A filter that a process lays on itself, and that holds for whatever it starts: no other program,
no call to anybody, no look into another process, no permissions, no UDP.
"""

import ctypes
import errno
import json
import os
import struct
import sys
from pathlib import Path

_CALLS = json.loads((Path(__file__).parent / "calls.json").read_text(encoding="utf-8"))
"""For each kind of processor its number in linux/audit.h, and those of calls by their names."""
_X32, _THREAD, _STREAM, _UNIX, _INET = 0x40000000, 0x10000, 1, 1, 2
_NO_NEW_PRIVILEGES, _ASK, _SET, _FILTER = 38, 21, 22, 2
# Instructions of linux/filter.h: load, equal, greater, greater or equal, any bit of, and, return.
_LOAD, _EQ, _GT, _GE, _ANY, _AND, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x54, 0x06


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


_ALLOW, _REFUSE = _step(_RETURN, 0x7FFF0000), _step(_RETURN, 0x50000 | errno.EPERM)
_MISSING, _NO_NETWORK = (_step(_RETURN, 0x50000 | e) for e in (errno.ENOSYS, errno.EOPNOTSUPP))
# Of what a filter sees: the number of the call, the architecture, two arguments.
_NUMBER, _KIND, _FIRST, _SECOND = (_step(_LOAD, at) for at in (0, 4, 16, 24))


def known() -> bool:
    """Return whether this system can refuse calls, and we know its numbers."""
    ours = sys.platform == "linux" and os.uname().machine in _CALLS and sys.maxsize > 2**32
    return ours and ctypes.CDLL(None).prctl(_ASK, 0, 0, 0, 0) >= 0


def refuse(*, tcp: bool) -> bool:
    """Refuse them from here on, and sockets other than among files, or with `tcp` over TCP.

    Returns
    -------
    bool
        False where that failed, which it does not where it is not known.
    """
    if not known():
        return True
    steps = _filter(os.uname().machine, _INET if tcp else _UNIX)
    content = ctypes.create_string_buffer(b"".join(steps))
    program = struct.pack("HP", len(steps), ctypes.addressof(content))
    system = ctypes.CDLL(None)
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(system.prctl(_SET, _FILTER, program, 0, 0) == 0)


def _filter(machine: str, last_family: int) -> list[bytes]:
    def when(number: int, *steps: bytes) -> list[bytes]:
        return [_step(_EQ, number, 0, len(steps)), *steps]

    calls = _CALLS[machine]
    steps = [_KIND, _step(_EQ, calls["architecture"], 1, 0), _REFUSE]
    steps += [_NUMBER, _step(_GE, _X32, 0, 1), _REFUSE]
    for number in calls["refused"].values():
        steps += when(number, _REFUSE)
    # What cannot be looked into is said not to exist: the C library then calls its elder.
    steps += when(calls["clone3"], _MISSING)
    steps += when(calls["clone"], _FIRST, _step(_ANY, _THREAD, 0, 1), _ALLOW, _REFUSE)
    steps += when(calls["prlimit64"], _FIRST, _step(_EQ, 0, 0, 1), _ALLOW, _REFUSE)
    stream = [_SECOND, _step(_AND, 0xF), _step(_EQ, _STREAM, 0, 3)]
    # With this answer ZeroMQ does without a network; with another one it ends the process.
    family = [_FIRST, _step(_GT, last_family, 1, 0), _ALLOW, _NO_NETWORK]
    for name in ("socket", "socketpair"):
        steps += when(calls[name], *stream, *family)
    return [*steps, _ALLOW]
