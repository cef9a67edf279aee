"""The commands that the coordinator's page starts: processes of their own, which end with it."""

import os
import subprocess
import sys

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

# However this process ends, the pipe to the other closes, and that is its Ctrl-C.
_ENDING_WITH_US = """
import _thread, sys, threading
watch = lambda: (sys.stdin.read(), _thread.interrupt_main())
threading.Thread(target=watch, daemon=True).start()
from copehope_lib.cli import main
main()
"""


Running = tuple["subprocess.Popen[str]", str]
"""A command that serves pages, and the address at which this machine sees them."""


def start(*words: str) -> Running:
    """Start a command that serves pages, and wait for its address.

    Raises
    ------
    CopehopeError
        If it does not serve: what it says about it.
    """
    process = subprocess.Popen(  # noqa: S603 (a command of ours)
        [sys.executable, "-c", _ENDING_WITH_US, *words], env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    for line in process.stdout or ():
        if "http://127.0.0.1:" in line:
            return process, line[line.index("http://") :].strip()
    raise CopehopeError(_last(process.communicate()[1]))


def run(*words: str) -> str:
    """Run a command to its end, and return what it printed.

    Raises
    ------
    CopehopeError
        If it refuses: what it says about it.
    """
    done = subprocess.run(  # noqa: S603 (a command of ours)
        [sys.executable, "-m", "copehope_lib.cli", *words], env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise CopehopeError(_last(done.stderr))
    return done.stdout.strip()


def _last(said: str) -> str:
    return (said.strip() or _("The command broke off: try it once more.")).splitlines()[-1]
