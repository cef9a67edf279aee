"""Serve the dashboards: one audience's extract in a folder of its own, and Voila inside it.

The server is a process of its own. Its folder holds a copy of the extract and of the notebooks;
its environment, arguments and working folder do not name the workspace; where the system can,
it is forbidden every other folder. It ends with the process that started it.
"""

import compileall
import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.files import short
from copehope_lib.language import gettext as _
from copehope_lib.panels.register import offered
from copehope_lib.privacy.audience import TEAM
from copehope_lib.records.session import SESSION, Place
from copehope_lib.records.store import copy_new
from copehope_lib.self_check.intake import INVITATION, Intake
from copehope_lib.server import kernel, seccomp
from copehope_lib.server.confine import version
from copehope_lib.server.hub import told
from copehope_lib.site import shell

HOST = "127.0.0.1"
TEMPLATES = Path("share") / shell.TEMPLATE
# What of the environment the server is given; the rest might name a folder of the team.
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT", "SYSTEMDRIVE", "PATHEXT")

# Seconds between two looks at the intake.
PAUSE = 0.2

# Seconds after which a server that does not answer is given up.
STARTING = 60


def dashboards() -> Path:
    """Return the folder of the dashboard notebooks, in a checkout or an installed library."""
    installed = Path(str(files("copehope_lib"))) / "dashboards"
    return installed if installed.exists() else installed.parent.parent / "dashboards"


def serve(
    extracts: Path,
    audience: str,
    *,
    port: int,
    open_browser: bool,
    notebooks: Path | None = None,
    intake: Intake | None = None,
    records: Path | None = None,
    place: Place | None = None,
    unconfined: bool = False,
) -> None:
    """Serve one audience's extract on this machine until Ctrl-C.

    Parameters
    ----------
    extracts : pathlib.Path
        ``extracts/`` of a workspace.
    audience : str
        Whose extract; no other is within the server's reach.
    port : int
        Port on 127.0.0.1.
    open_browser : bool
        Whether to open a browser, where there is one.
    notebooks : pathlib.Path, optional
        Folder of the dashboards; by default the library's own.
    intake : Intake, optional
        Takes the answers of the self-check; without it none can be given.
    records : pathlib.Path, optional
        Where sealed records of meetings are kept; only for whoever may see cases.
    place : Place, optional
        To whom they are sealed.
    unconfined : bool
        Whether more than groups is served where the system cannot shut the server off.

    Raises
    ------
    CopehopeError
        If nothing is published for the audience, the port is in use, the server cannot start,
        or cannot be shut off from what is not for its audience.
    """
    extract = Extract(extracts, audience)
    language.use(extract.manifest.language)
    hub = told()
    port = hub["port"] if hub else port
    refuse_taken(port, under_hub=bool(hub))
    if not version() and audience != TEAM.name and not unconfined:
        raise CopehopeError(
            _(
                "This system cannot shut the pages off from the rest of the machine, and they are "
                "not served to {audience}: use a Linux with Landlock, or add --unconfined."
            ).format(audience=extract.audience.badge[0])
        )
    print(walls(version(), seccomp.known()), file=sys.stderr)
    # The confined server cannot keep what it compiles, and would do so for every page.
    compileall.compile_dir(str(files("copehope_lib")), quiet=2)
    # Where no place is short enough for sockets, kernels are spoken to over TCP, encrypted.
    place_of_sockets = short.place()
    with folder() as run, folder(place_of_sockets) as sockets:
        order = _stage(run, extract, notebooks or dashboards())
        letters = run / "self_check"
        given = {INVITATION: str(intake.write_to(letters))} if intake else {}
        stores: list[Path] = []
        if extract.audience.cases and records is not None and place is not None:
            stores = [run / "outbox", records, run / "records"]
            given[SESSION] = str(place.write_to(run / "records", run / "outbox"))
        token = secrets.token_urlsafe(32)
        orders = {
            "port": port,
            "token": token,
            "pages": order,
            "sockets": str(sockets),
            "transport": "ipc" if place_of_sockets else "tcp",
            "confine": bool(version()),
            "hub": hub,
        }
        server = start(run, orders, given)
        # A script that starts us in the background has switched Ctrl-C off for us.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.default_int_handler)
        try:
            # Under a Hub it is the Hub that knows who comes, and nobody is given a token.
            root, asked = (hub["root"], "") if hub else ("/", f"?token={token}")
            wait_for_answer(server, port, run, f"{root}copehope/health")
            address = f"http://{HOST}:{port}{root}{asked}"
            # Scripts wait for this line, so that it is the same in every language.
            print(f"Serving at {address}", flush=True)
            if open_browser and not hub:
                webbrowser.open(address)
            while server.poll() is None:
                _carry(intake, letters, stores)
                time.sleep(PAUSE)
        except KeyboardInterrupt:
            print(_("Stopped."), file=sys.stderr)
        finally:
            _carry(None, letters, stores)
            stop(server)


def walls(version: int, calls: bool) -> str:
    """Return what the system shuts the pages off from, and what it leaves open.

    Parameters
    ----------
    version : int
        Of Landlock; 0 where there is none.
    calls : bool
        Whether calls are filtered.

    Examples
    --------
    >>> "other programs, and UDP" in walls(6, calls=True)
    True
    """
    named = {
        _("files of others"): version >= 1,
        _("each other"): version >= 1,
        _("calls over TCP"): version >= 4,
        _("signals to other processes"): version >= 6,
        _("other programs, and UDP"): calls,
    }
    said = {
        True: _("The system shuts the pages off from: {walls}."),
        False: _("It does not shut them off from: {walls}."),
    }
    open_or_shut = {
        yes: ", ".join(text for text, holds in named.items() if holds is yes) for yes in said
    }
    return " ".join(said[yes].format(walls=text) for yes, text in open_or_shut.items() if text)


@contextlib.contextmanager
def folder(place: str | None = None) -> Iterator[Path]:
    """Make a temporary folder that nobody else of the machine can enter, and delete it."""
    with tempfile.TemporaryDirectory(
        prefix="copehope-", dir=place, ignore_cleanup_errors=True
    ) as name:
        yield Path(name).resolve()


def _carry(intake: Intake | None, letters: Path, stores: list[Path]) -> None:
    """Carry what pages wrote to the workspace, and what others wrote to the pages."""
    if intake is not None:
        intake.take(letters)
    if stores:
        # What cannot be copied now is copied the next time: until then its writer keeps it.
        with contextlib.suppress(OSError, CopehopeError):
            copy_new(*stores)


def refuse_taken(port: int, host: str = HOST, *, under_hub: bool = False) -> None:
    """Refuse a port at which something listens already.

    Raises
    ------
    CopehopeError
        If it is in use.
    """
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            how = _("Port {port} is in use: choose another with --port.")
            if under_hub:
                how = _("Port {port} is in use: give these pages another in the Hub's settings.")
            raise CopehopeError(how.format(port=port)) from None


def free_port() -> int:
    """Return a port of this machine at which nothing listens."""
    with socket.socket() as place:
        place.bind((HOST, 0))
        return int(place.getsockname()[1])


def _stage(run: Path, extract: Extract, notebooks: Path) -> list[str]:
    """Put into a folder all that the server may read, and nothing else; return its pages."""
    for month in extract.months:
        folder = extract.folder(month)
        place = run / "extract" / str(month) / extract.audience.name
        shutil.copytree(folder, place)
    (run / "dashboards").mkdir()
    there = [page.file for page in offered(extract) if (notebooks / page.file).exists()]
    for file in there:
        shutil.copy(notebooks / file, run / "dashboards")
    shutil.copytree(shell.folder(), run / TEMPLATES)
    static = {f"static/{name}": text for name, text in shell.scripts().items()}
    for name, text in (shell.templates(extract, offered(extract)) | static).items():
        (run / TEMPLATES / name).write_text(text, encoding="utf-8")
    shutil.copytree(Path(kernel.__file__).parent / "kernels", run / "share" / "kernels")
    return there


def start(
    run: Path,
    orders: dict[str, object],
    given: dict[str, str],
    module: str = "copehope_lib.server.process",
) -> subprocess.Popen[str]:
    """Start a server of its own in a folder, with nothing of our environment that it needs not."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    own: dict[str, str] = {
        **kernel.at_home(run / "home"),
        "JUPYTER_PATH": str(run / "share"),
        "JUPYTER_NO_CONFIG": "1",
        "COPEHOPE_EXTRACT": str(run / "extract"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    log = (run / "server.log").open("w", encoding="utf-8")
    with log:
        server = subprocess.Popen(  # noqa: S603 (a module of ours)
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=run,
            env=kept | own | given,
            text=True,
            start_new_session=True,
        )
    # The token goes through a pipe: arguments and environment can be read by others.
    if server.stdin is not None:
        server.stdin.write(json.dumps(orders) + "\n")
        server.stdin.flush()
    return server


def wait_for_answer(server: subprocess.Popen[str], port: int, run: Path, path: str) -> None:
    """Wait until a server answers.

    Raises
    ------
    CopehopeError
        If it cannot start.
    """
    # Opened first: a server that cannot start leaves nothing behind, its log included.
    with (run / "server.log").open(encoding="utf-8", errors="replace") as log:
        deadline = time.monotonic() + STARTING
        while time.monotonic() < deadline and server.poll() is None:
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            try:
                connection.request("GET", path)
                connection.getresponse()
                return
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        lines = log.read().split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    raise CopehopeError(_("The server could not start: {reason}").format(reason=last))


def stop(server: subprocess.Popen[str]) -> None:
    """End the server, and with it its kernels; its pipe closes first, which tells it to go."""
    if server.stdin is not None:
        server.stdin.close()
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
