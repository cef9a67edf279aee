"""The command `copehope`, run as a person runs it, without waiting for its imports each time.

A process that has imported the library waits for orders and forks for each: what runs is a
process of its own, with its own folder, files, output and status. That the command also starts
from nothing is tested where it is started so: ``python -m copehope_lib.cli``.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def _waiting() -> subprocess.Popen[str]:
    """The process that waits for orders; it ends when nobody can give it any more."""
    command = [sys.executable, "-m", "tests.command"]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def copehope(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``copehope`` in a folder."""
    said = [str(word) for word in words]
    forks = _waiting()
    assert forks.stdin is not None
    assert forks.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        order = [said, str(cwd), dict(os.environ), str(out), str(err)]
        print(json.dumps(order), file=forks.stdin, flush=True)
        status = int(forks.stdout.readline())
        return subprocess.CompletedProcess(said, status, out.read_text(), err.read_text())


def _wait_for_orders() -> None:
    """Fork for each order, and tell the status with which it ended."""
    import copehope_lib.cli
    import copehope_lib.metrics
    import copehope_lib.privacy.publish
    import copehope_lib.server.launch

    # What is imported is not looked through again when each of them ends.
    gc.freeze()
    for line in iter(sys.stdin.readline, ""):
        words, folder, environment, out, err = json.loads(line)
        child = os.fork()
        if child == 0:
            os.chdir(folder)
            os.environ.update(environment)
            for path, number in ((os.devnull, 0), (out, 1), (err, 2)):
                os.dup2(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), number)
            sys.argv = ["copehope", *words]
            copehope_lib.cli.main()
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    _wait_for_orders()
