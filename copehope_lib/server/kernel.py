"""A page's kernel: it goes into a room of its own before anything else is loaded.

Started by the server in the place of ipykernel, which it then becomes. Where the system can, it
reads nothing of the kernels of other pages nor of its server, starts no program, and calls nobody.
"""

import json
import os
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

import copehope_lib
from copehope_lib.language import gettext as _
from copehope_lib.server import seccomp
from copehope_lib.server.confine import LIST, MAKE_SOCKETS, READ, WRITE, confine, limit, version

# Bytes of memory and of a file, and how many files may be open. A page uses 0.2 GB, and reserves
# 1.4 on two processors.
MOST = {"DATA": 2**32, "FSIZE": 2**26, "NOFILE": 512}

# Of the system's own files: what the machine has, and what this process itself is doing.
MACHINE = ("cpuinfo", "meminfo", "stat", "filesystems", "sys/vm/overcommit_memory")
ITSELF = ("cgroup", "cmdline", "fd", "limits", "maps", "mounts", "stat", "statm", "status")

# Of the folder of a run: what kernels only read.
READABLE = ("extract", "dashboards", "records", "self_check/invitation.json")


def needed() -> dict[Path, int]:
    """Return what Python and its libraries read: programs and packages, no one's documents."""
    library = Path(copehope_lib.__file__).parent
    system = ["/usr", "/lib", "/lib64", "/bin", "/etc", "/dev/urandom", "/sys/devices"]
    python = [sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), *system]
    # In a checkout Python finds the library by listing the folder that it lies in.
    return {library.parent: LIST, **dict.fromkeys([library, *map(Path, python)], READ)}


def at_home(home: Path) -> dict[str, str]:
    """Make a home, and return an environment in which a process finds no other."""
    (home / "tmp").mkdir(parents=True)
    kinds = ("CONFIG", "DATA", "RUNTIME")
    return {
        **dict.fromkeys(("HOME", "USERPROFILE"), str(home)),
        **dict.fromkeys(("TMPDIR", "TEMP"), str(home / "tmp")),
        **{f"JUPYTER_{kind}_DIR": str(home / kind.lower()) for kind in kinds},
        "IPYTHONDIR": str(home / "ipython"),
    }


def shut_in(connection: Path) -> None:
    """Make a home of one's own, and let this process reach nothing else that it does not need."""
    local = json.loads(connection.read_text(encoding="utf-8"))["transport"] == "ipc"
    run = Path(os.environ["COPEHOPE_EXTRACT"]).parent
    home = Path(tempfile.mkdtemp(dir=run / "home"))
    os.environ |= at_home(home)
    # IPython would copy these with their permissions, which is refused.
    for place in (home / "ipython", home / "ipython" / "profile_default" / "startup"):
        place.mkdir(parents=True)
        (place / "README").touch()
    limit(**MOST)
    proc = [Path("/proc", name) for name in MACHINE]
    proc += [Path("/proc", str(os.getpid()), name) for name in ITSELF]
    reads = [connection, *proc, *(run / name for name in READABLE)]
    rights = {**needed(), **dict.fromkeys(reads, READ)}
    rights |= dict.fromkeys([home, Path("/dev/null")], WRITE)
    walls = confine(rights | {connection.parent: MAKE_SOCKETS}, [] if local else None)
    if (version() and not walls) or not seccomp.refuse(tcp=not local):
        sys.exit(_("the system did not shut it off from the rest of the machine"))


def main() -> None:
    """Shut the door, and become a kernel."""
    connection = Path(sys.argv[1])
    shut_in(connection)
    # A page is not debugged, and is there earlier without what debugs it.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    from ipykernel.kernelapp import IPKernelApp

    kernel: Any = IPKernelApp.instance()
    kernel.initialize(["-f", str(connection)])
    # This one would call the kernel itself, ten times a second, and is refused it.
    kernel.debug_shell_socket.close()
    kernel.start()


if __name__ == "__main__":
    main()
