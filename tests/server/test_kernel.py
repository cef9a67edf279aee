"""What code in a page's kernel can still do, tried in a process that shuts itself in as one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from copehope_lib.server import confine, seccomp

TRIES = """
import ctypes, encodings.idna, json, mmap, os, resource, signal, socket, subprocess, sys, threading
from pathlib import Path
from copehope_lib.server import kernel
connection, user, outside = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
run = Path(os.environ["COPEHOPE_EXTRACT"]).parent
if user:
    os.setgid(user)
    os.setuid(user)
    # Where root keeps Python in a folder of its own, nobody else can name it.
    kernel.needed = lambda: {Path("/usr"): kernel.READ, Path("/bin"): kernel.READ}
if sys.argv[4] == "shut in":
    kernel.shut_in(connection)
home = Path(os.environ["HOME"])
libc = ctypes.CDLL(None, use_errno=True)
def unix(path, at="connect"):
    with socket.socket(socket.AF_UNIX) as place:
        getattr(place, at)(str(path))
def called(answer):
    if answer < 0:
        raise OSError(ctypes.get_errno(), "refused")
def child():
    number = os.fork()
    if not number:
        os._exit(0)
    os.waitpid(number, 0)
def thread():
    one = threading.Thread(target=list)
    one.start()
    one.join()
def large():
    with (home / "large").open("wb") as file:
        file.truncate(65 * 2**20)
tries = {
    "read the extract": lambda: (run / "extract" / "file").read_text(),
    "read a dashboard": lambda: (run / "dashboards" / "file").read_text(),
    "read my connection": connection.read_text,
    "read of myself": lambda: Path("/proc/self/status").read_text(),
    "write at home": lambda: (home / "own").write_text("text"),
    "read what is asked": lambda: (run / "self_check" / "invitation.json").read_text(),
    "read a letter": lambda: (run / "self_check" / "a.letter").read_text(),
    "lay a letter": lambda: (run / "self_check" / "own").write_text("text"),
    "write a page": lambda: (run / "records" / "own").write_text("text"),
    "lay a page out": lambda: (run / "outbox" / "own").write_text("text"),
    "listen at a socket": lambda: unix(connection.parent / f"kernel-a-ipc-{user}", "bind"),
    "start a thread": thread,
    "list homes": lambda: os.listdir(run / "home"),
    "read another's home": lambda: (run / "home" / "other" / "file").read_text(),
    "list connections": lambda: os.listdir(connection.parent),
    "read another's connection": lambda: (connection.parent / "kernel-b.json").read_text(),
    "call another": lambda: unix(connection.parent / "kernel-b-ipc-1"),
    "list processes": lambda: os.listdir("/proc"),
    "watch for names": lambda: called(libc.inotify_add_watch(libc.inotify_init1(0),
                                                             str(connection.parent).encode(), 256)),
    **{f"another's {part}": lambda part=part: Path(f"/proc/{outside}/{part}").open("rb")
       for part in ("environ", "cmdline", "mem", "maps")},
    "my network": lambda: Path("/proc/self/net/unix").read_text(),
    "look into another": lambda: called(libc.ptrace(0x4206, outside, None, None)),
    "limit another": lambda: resource.prlimit(outside, resource.RLIMIT_CORE, (0, 0)),
    "signal another": lambda: os.kill(outside, signal.SIGCONT),
    "write the extract": lambda: (run / "extract" / "file").write_text("other"),
    "add a dashboard": lambda: (run / "dashboards" / "new").write_text("other"),
    "remove a dashboard": lambda: (run / "dashboards" / "extra").unlink(),
    "write the log": lambda: (run / "server.log").write_text("other"),
    "permissions": lambda: (run / "extract" / "file").chmod(0o666),
    "attributes": lambda: os.setxattr(run / "extract" / "file", "user.a", b""),
    "UDP": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
    "UDP of 6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close(),
    "TCP": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
    "a child": child,
    "a program": lambda: subprocess.run(["/bin/true"], check=True),
    "much memory": lambda: mmap.mmap(-1, 5 * 2**30, flags=mmap.MAP_PRIVATE),
    "a large file": large,
    "many files": lambda: [os.open("/dev/null", os.O_RDONLY) for _ in range(600)],
}
said = {}
for name, one in tries.items():
    try:
        one()
        said[name] = "done"
    except OSError as problem:
        said[name] = type(problem).__name__
print(json.dumps(said))
"""
ALLOWED = {"read the extract", "read a dashboard", "read my connection", "read of myself",
           "read what is asked", "write at home", "listen at a socket",
           "start a thread"}  # fmt: skip
OTHER = """
import socket, sys, time
place = socket.socket(socket.AF_UNIX)
place.bind(sys.argv[1])
place.listen()
print("here", flush=True)
time.sleep(60)
"""
"""Another page's kernel: it can be called, and waits."""


@pytest.fixture
def run() -> Iterator[Path]:
    """The folder of a run as a server has it, which every user of the machine can write."""
    with tempfile.TemporaryDirectory() as name:
        run = Path(name)
        for folder in (
            "extract",
            "dashboards",
            "home/other",
            "self_check",
            "records",
            "outbox",
            "sockets",
        ):
            (run / folder).mkdir(parents=True)
        for file in ("extract/file", "dashboards/file", "dashboards/extra", "home/other/file",
                     "self_check/invitation.json", "self_check/a.letter",
                     "sockets/kernel-b.json", "server.log"):  # fmt: skip
            (run / file).write_text("text")
        (run / "sockets" / "kernel-a.json").write_text('{"transport": "ipc"}')
        for path in (run, *run.rglob("*")):
            path.chmod(0o777)
        yield run


def tried(run: Path, user: int, how: str) -> dict[str, str]:
    other = [sys.executable, "-c", OTHER, str(run / "sockets" / "kernel-b-ipc-1")]
    with subprocess.Popen(other, stdout=subprocess.PIPE) as outside:
        assert outside.stdout is not None
        outside.stdout.readline()
        (run / "sockets" / "kernel-b-ipc-1").chmod(0o777)
        given = [run / "sockets" / "kernel-a.json", user, outside.pid, how]
        done = subprocess.run(
            [sys.executable, "-c", TRIES, *map(str, given)],
            env=os.environ | {"COPEHOPE_EXTRACT": str(run / "extract"), "HOME": str(run / "home")},
            capture_output=True,
            text=True,
            check=False,
        )
        outside.send_signal(signal.SIGKILL)
    assert done.returncode == 0, done.stderr
    said: dict[str, str] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("user", [0, 65534])
def test_a_kernel_does_what_a_page_needs_and_reaches_no_other_kernel(run: Path, user: int) -> None:
    """Tried as whoever runs the tests, and where that is root also as an ordinary user."""
    assert confine.version() >= 6, "this Linux knows less than is tried here"
    assert seccomp.known(), "this processor is not known"
    said = tried(run, user if os.getuid() == 0 else 0, "shut in")
    assert {name for name, outcome in said.items() if outcome == "done"} == ALLOWED, said
    assert (run / "extract" / "file").read_text() == "text"


def test_without_walls_all_of_it_succeeds(run: Path) -> None:
    said = tried(run, 0, "open")
    assert {name for name, outcome in said.items() if outcome != "done"} <= {"attributes"}, said


def begun(run: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code as a kernel would begin, and wait for its end."""
    return subprocess.run(
        [sys.executable, "-c", code, str(run / "sockets" / "kernel-a.json")],
        env=os.environ | {"COPEHOPE_EXTRACT": str(run / "extract")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_where_there_is_no_landlock_a_kernel_has_a_home_of_its_own_all_the_same(run: Path) -> None:
    """As on macOS and Windows: the same kernel, which is not shut in."""
    code = (
        "import os, sys, tempfile; from pathlib import Path\n"
        "from copehope_lib.server import kernel, seccomp\n"
        "kernel.version = lambda: 0; kernel.confine = lambda *_: False\n"
        "seccomp.known = lambda: False\n"
        "kernel.shut_in(Path(sys.argv[1]))\n"
        "Path(tempfile.mkdtemp(), 'file').write_text(os.environ['HOME'])\n"
        "print(os.environ['HOME'])"
    )
    done = begun(run, code)
    assert done.returncode == 0, done.stderr
    home = Path(done.stdout.strip())
    assert home.parent == run / "home"
    assert len(list(home.glob("tmp/*/file"))) == 1


def test_a_kernel_that_the_system_does_not_shut_in_does_not_begin(run: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from copehope_lib.server import kernel\n"
        "kernel.version = lambda: 1; kernel.confine = lambda *_: False\n"
        "kernel.shut_in(Path(sys.argv[1]))"
    )
    done = begun(run, code)
    assert done.returncode == 1
    assert "did not shut it off" in done.stderr


def test_the_kernel_of_our_own_answers_within_its_walls_and_starts_no_program(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started as the server does, by the name that stands in the dashboards."""
    shutil.copytree(Path(confine.__file__).parent / "kernels", run / "share" / "kernels")
    monkeypatch.setenv("JUPYTER_PATH", str(run / "share"))
    monkeypatch.setenv("COPEHOPE_EXTRACT", str(run / "extract"))
    monkeypatch.setenv("HOME", str(run / "home"))
    connection = str(run / "sockets" / "kernel-c.json")
    manager = KernelManager(kernel_name="python3", transport="ipc", connection_file=connection)
    manager.start_kernel(cwd=str(run / "dashboards"))
    client = manager.blocking_client()
    try:
        client.wait_for_ready(timeout=60)
        said: list[str] = []
        client.execute_interactive(
            "import os, pyarrow, subprocess; print(os.environ['HOME'])\nsubprocess.run(['true'])",
            timeout=60,
            output_hook=lambda message: said.append(str(message["content"])),
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert any(str(run / "home" / "") in one for one in said), said
    assert any("PermissionError" in one for one in said), said


def test_the_calls_of_both_kinds_of_processor_are_the_same() -> None:
    """But for those that the younger one has never had."""
    elder, younger = (set(seccomp._CALLS[kind]["refused"]) for kind in ("x86_64", "aarch64"))
    assert elder - younger == {"fork", "vfork", "chmod", "chown", "lchown", "iopl", "ioperm"}
    assert younger <= elder
