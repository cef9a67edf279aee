"""The command `copehope`, run as a person runs it, without waiting for its imports each time.

A process that has imported the library waits for orders and forks for each: what runs is a
process of its own, with its own folder, files, output and status. That the command also starts
from nothing is tested where it is started so: ``python -m copehope_lib.cli``, and all that is
`started` at night.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TextIO

from tests.night import NIGHT

ROOT = Path(__file__).parent.parent
MAIN = "from copehope_lib.cli import main; main()"
"""What runs as ``copehope``."""
IMPORTED = (
    "copehope_lib.cli", "copehope_lib.coordinator.launch", "copehope_lib.demo",
    "copehope_lib.documents.pack", "copehope_lib.importing", "copehope_lib.notebooks.page",
    "copehope_lib.notebooks.run", "copehope_lib.privacy.publish", "copehope_lib.server.launch",
    "copehope_lib.templates.month", "scipy.stats", "statsmodels.stats.proportion",
)  # fmt: skip
"""What commands import, most of them only when it is asked for."""


@dataclass
class Forked:
    """What was forked, asked and ended as a `subprocess.Popen`."""

    pid: int
    status: TextIO
    stdout: TextIO | None = None
    returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self.status], [], [], 0)[0]:
            self.returncode = int(self.status.readline())
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            select.select([self.status], [], [], timeout)
            if self.poll() is None:
                raise subprocess.TimeoutExpired("copehope", timeout or 0)
        return self.returncode or 0

    def send_signal(self, which: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, which)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


Process = Forked | subprocess.Popen[str]


@cache
def _waiting() -> socket.socket:
    """Where orders are given to the process that waits for them, and ends when nobody can."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.command", str(theirs.fileno())]
    subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
    theirs.close()
    return ours


def _forked(
    code: str,
    words: list[str],
    cwd: Path,
    env: Mapping[str, str],
    out: int,
    err: int,
    typed: str = "",
) -> Forked:
    """Have some code run with its words, which prints to where it is said."""
    status, told = os.pipe()
    with tempfile.TemporaryFile("w+") as order:
        json.dump([code, words, str(cwd), dict(env), typed], order)
        order.flush()
        socket.send_fds(_waiting(), [b"x"], [out, err, told, order.fileno()])
        os.close(told)
        lines = os.fdopen(status)
        # The number is told when the order was read, which is there until then.
        return Forked(int(lines.readline()), lines)


def started(
    code: str, *words: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Process:
    """Start some code that runs ``copehope``; what it prints is read while it runs.

    At night each of them starts from nothing.
    """
    said = [str(word) for word in words]
    if NIGHT:
        return subprocess.Popen(
            [sys.executable, "-c", code, *said], stdout=subprocess.PIPE, text=True, env=env, cwd=cwd
        )
    printed, out = os.pipe()
    process = _forked(code, said, cwd or Path.cwd(), env or os.environ, out, 2)
    os.close(out)
    process.stdout = os.fdopen(printed)
    return process


def copehope(
    *words: object, cwd: Path, code: str = MAIN, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run ``copehope``, or some code that runs it, in a folder, and type some lines."""
    said = [str(word) for word in words]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = _forked(code, said, cwd, os.environ, out.fileno(), err.fileno(), typed)
        status = process.wait()
        process.status.close()
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(said, status, out.read(), err.read())


def _wait_for_orders(orders: socket.socket) -> None:
    """Fork for each order, and tell its number and the status with which it ended."""
    for name in IMPORTED:
        import_module(name)

    # What is imported is not looked through again when each of them ends.
    gc.freeze()
    while given := socket.recv_fds(orders, 1, 4)[1]:
        out, err, told, order = given
        if os.fork() == 0:
            code, words, folder, environment, typed = json.loads(
                Path(f"/dev/fd/{order}").read_bytes()
            )
            if child := os.fork():
                os.write(told, b"%d\n" % child)
                os.write(told, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
                os._exit(0)
            keyboard, types = os.pipe()
            os.write(types, typed.encode())
            os.close(types)
            for file, number in ((keyboard, 0), (out, 1), (err, 2)):
                os.dup2(file, number)
            for file in given:
                os.close(file)
            orders.close()
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            tempfile.tempdir = None
            sys.argv = ["copehope", *words]
            exec(code, {"__name__": "__main__"})  # noqa: S102
            sys.exit()
        for file in given:
            os.close(file)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


if __name__ == "__main__":
    _wait_for_orders(socket.socket(fileno=int(sys.argv[1])))
