"""What a confined process can still do, tried by a process that confines itself."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.server import launch
from copehope_lib.server.confine import version
from copehope_lib.workspace import Workspace

TRIES = """
import encodings.idna, json, os, resource, signal, socket, sys
from pathlib import Path
from copehope_lib.server.confine import READ, WRITE, confine
room, elsewhere, port, outside, user = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])
if user:
    os.setgid(user)
    os.setuid(user)
assert confine({elsewhere: READ, Path("/usr"): READ, room: WRITE}, [port])
def listen(at):
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind(("127.0.0.1", at))
def call():
    socket.create_connection(("127.0.0.1", port + 1), 1)
def abstract():
    with socket.socket(socket.AF_UNIX) as place:
        place.connect(chr(0) + f"copehope-{outside}")
tries = {
    "read": lambda: (elsewhere / "file").read_text(),
    "write here": lambda: (room / "own").write_text("text"),
    "truncate here": lambda: os.truncate(room / "own", 0),
    "listen": lambda: listen(port),
    "write": lambda: (elsewhere / "file").write_text(""),
    "truncate": lambda: os.truncate(elsewhere / "file", 0),
    "link": lambda: os.link(elsewhere / "file", room / "linked"),
    "read another": lambda: (elsewhere.parent / "secret").read_text(),
    "memory": lambda: Path(f"/proc/{outside}/mem").open("rb"),
    "listen elsewhere": lambda: listen(port + 1),
    "call": call,
    "abstract socket": abstract,
    "signal": lambda: os.kill(outside, signal.SIGTERM),
}
said = {}
for name, one in tries.items():
    try:
        one()
        said[name] = "done"
    except PermissionError:
        said[name] = "forbidden"
    except OSError as problem:
        said[name] = type(problem).__name__
print(json.dumps(said))
"""
ALLOWED = {"read", "write here", "truncate here", "listen"}


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user of the machine can enter."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place


@pytest.mark.parametrize("user", [0, 65534])
def test_a_confined_process_can_do_what_it_needs_and_nothing_else(
    open_place: Path, user: int
) -> None:
    """Tried as whoever runs the tests, and where that is root also as an ordinary user."""
    assert version() >= 6, "this Linux knows less than is tried here"
    room, elsewhere = open_place / "room", open_place / "elsewhere"
    for folder in (room, elsewhere):
        folder.mkdir()
        folder.chmod(0o777)
    for path in (elsewhere / "file", open_place / "secret"):
        path.write_text("text")
        path.chmod(0o666)
    with subprocess.Popen([sys.executable, "-c", OUTSIDE], stdout=subprocess.PIPE) as outside:
        assert outside.stdout is not None
        port = int(outside.stdout.readline()) - 1
        given = [room, elsewhere, port, outside.pid, user if os.getuid() == 0 else 0]
        done = subprocess.run(
            [sys.executable, "-c", TRIES, *map(str, given)],
            capture_output=True,
            text=True,
            check=False,
        )
        alive = outside.poll() is None
        outside.send_signal(signal.SIGKILL)
    assert done.returncode == 0, done.stderr
    assert alive
    said = json.loads(done.stdout)
    assert {name for name, outcome in said.items() if outcome == "done"} == ALLOWED, said
    assert (elsewhere / "file").read_text() == "text"


OUTSIDE = """
import os, socket, time
place = socket.socket()
place.bind(("127.0.0.1", 0))
place.listen()
name = socket.socket(socket.AF_UNIX)
name.bind(chr(0) + f"copehope-{os.getpid()}")
name.listen()
print(place.getsockname()[1], flush=True)
time.sleep(60)
"""
"""A process that can be called in every way, and waits."""


def test_without_walls_only_the_team_is_served_unless_somebody_says_so(
    published: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "version", lambda: 0)
    with pytest.raises(CopehopeError, match="add --unconfined"):
        launch.serve(published.extracts, "supervision", port=free(), open_browser=False)


def free() -> int:
    import socket

    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (0, "It does not shut them off from: files of others, each other, calls over TCP, "
            "signals to other processes, other programs, and UDP."),
        (3, "The system shuts the pages off from: files of others, each other. It does not shut "
            "them off from: calls over TCP, signals to other processes, other programs, and UDP."),
        (7, "The system shuts the pages off from: files of others, each other, calls over TCP, "
            "signals to other processes, other programs, and UDP."),
    ],
)  # fmt: skip
def test_what_is_shut_off_is_said_and_what_is_not(known: int, said: str) -> None:
    assert launch.walls(known, calls=known == 7) == said
