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

SPEC = {
    "argv": [sys.executable, "-P", "-m", "copehope_lib.server.kernel", "{connection_file}"],
    "display_name": "Python 3",
    "language": "python",
    "metadata": {"supported_encryption": ["curve"]},
}
"""How the server starts one; in a folder named as the kernel of the notebooks is."""

# Bytes of memory and of a file, and how many files may be open. A page uses 0.2 GB, and reserves
# 1.4 on two processors.
MOST = {"DATA": 2**32, "FSIZE": 2**26, "NOFILE": 512}

# Of the system's own files: what the machine has, and what this process itself is doing.
MACHINE = ("cpuinfo", "meminfo", "stat", "filesystems", "sys/vm/overcommit_memory")
ITSELF = ("cgroup", "cmdline", "fd", "limits", "maps", "mounts", "stat", "statm", "status")


def readable(run: Path) -> list[Path]:
    """Return what kernels read of the folder of a run, and nobody writes."""
    return [run / "extract", run / "dashboards", run / "records"]


def writable(run: Path) -> list[Path]:
    """Return what kernels write into the folder of a run, each where the others do."""
    return [run / "self_check"]


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
    return {
        **dict.fromkeys(("HOME", "USERPROFILE"), str(home)),
        **dict.fromkeys(("TMPDIR", "TEMP"), str(home / "tmp")),
        **{
            f"JUPYTER_{kind}_DIR": str(home / kind.lower())
            for kind in ("CONFIG", "DATA", "RUNTIME")
        },
        "IPYTHONDIR": str(home / "ipython"),
    }


def main() -> None:
    """Shut the door, and become a kernel."""
    connection = Path(sys.argv[1])
    local = json.loads(connection.read_text(encoding="utf-8"))["transport"] == "ipc"
    room, run = Path(tempfile.mkdtemp()) / "home", Path(os.environ["COPEHOPE_EXTRACT"]).parent
    os.environ |= at_home(room)
    # IPython would copy these with their permissions, which is refused.
    startup = Path(os.environ["IPYTHONDIR"], "profile_default", "startup")
    startup.mkdir(parents=True)
    for folder in (startup, startup.parent.parent):
        (folder / "README").touch()
    limit(**MOST)
    proc = [Path("/proc") / name for name in MACHINE]
    proc += [Path(f"/proc/{os.getpid()}") / name for name in ITSELF]
    held = confine(
        {
            **needed(),
            **dict.fromkeys([connection, *proc, *readable(run)], READ),
            **dict.fromkeys([room, Path("/dev/null"), *writable(run)], WRITE),
            connection.parent: MAKE_SOCKETS,
        },
        [] if local else None,
    )
    if (version() and not held) or not seccomp.refuse(tcp=not local):
        sys.exit(_("the system did not shut it off from the rest of the machine"))
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
