"""A room: the pages of a team on the telephones around a table, while they meet.

What is served are the files of ``copehope site``, drawn anew; there is no kernel, and nothing
stays on a telephone. The process that serves them is confined to its folder; this one draws them,
and takes in what is given, as for ``copehope serve``.
"""

import contextlib
import secrets
import signal
import socket
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import psutil
from filelock import FileLock, Timeout

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.files import private
from copehope_lib.language import gettext as _
from copehope_lib.self_check.intake import INVITATION, Intake
from copehope_lib.server import certificate, door, launch
from copehope_lib.server.confine import version
from copehope_lib.site import folder as site
from copehope_lib.site import shell
from copehope_lib.tables import Each
from copehope_lib.theme import tokens

SECONDS = 2 * 60 * 60
"""How long a room is open at most."""


def open_room(
    extract: Extract,
    intake: Intake,
    workspace: Path,
    *,
    port: int,
    open_browser: bool,
    spoken: str,
    handed_out: Callable[[], None],
    certfile: Path | None = None,
    each: Each = iter,
) -> None:
    """Open a room until its button, its time or Ctrl-C ends it.

    Parameters
    ----------
    extract : Extract
        What is shown: of a group, never of women.
    intake : Intake
        Takes the answers of the self-check.
    workspace : pathlib.Path
        The team's folder: it has one room at a time, and a certificate.
    port : int
        Port for the telephones.
    open_browser : bool
        Whether to show the code in a browser of this computer, where there is one.
    spoken : str
        Language of the pages.
    handed_out : callable
        Is called before anybody can look, once nothing else is in the way.
    certfile : pathlib.Path, optional
        A certificate with its key; by default the workspace's own.
    each : callable, optional
        Wraps the pages as they are drawn, to show progress.

    Raises
    ------
    CopehopeError
        If there is no network, the port is in use, a room of this team is open, the certificate
        does not hold, or a server cannot start.
    """
    addresses = _addresses()
    for address in addresses:
        launch.refuse_taken(port, address)
    file = certfile or certificate.own(workspace, addresses)
    content = private.read(file)
    shown = certificate.checked(content, file)
    name = certificate.called(shown) if certfile else ""
    names = [name, *addresses] if name else addresses
    with _alone(workspace), launch.folder() as run:
        handed_out()
        asked = intake.invitation
        site.write(extract, launch.dashboards(), run / "pages", spoken, each, asked, gives=True)
        language.use(spoken)
        given = {INVITATION: str(intake.write_to(run / "self_check"))}
        private.write_new(run / "certificate.pem", content)
        about: dict[str, object] = {
            "team": extract.manifest.team,
            "address": f"https://{names[0]}:{port}",
            "others": [f"https://{name}:{port}" for name in names[1:]],
            "fingerprint": "" if certfile else certificate.fingerprint(shown),
        }
        _write_pages(run, about)
        orders: dict[str, object] = {
            "port": port,
            "host": launch.free_port(),
            "token": secrets.token_urlsafe(32),
            "at": addresses,
            "address": about["address"],
            "seconds": SECONDS,
            "confine": bool(version()),
            "words": _said(),
        }
        server = launch.start(run, orders, given, door.__name__)
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.default_int_handler)
        try:
            launch.wait_for_answer(server, int(str(orders["host"])), run, "/state")
            host = f"http://{launch.HOST}:{orders['host']}/?token={orders['token']}"
            # Scripts wait for these lines, so that they are the same in every language.
            print(f"Room at {about['address']}/door\nOn the projector: {host}", flush=True)
            if open_browser:
                webbrowser.open(host)
            while server.poll() is None:
                intake.take(run / "self_check")
                time.sleep(launch.PAUSE)
            if server.returncode:
                raise CopehopeError(_("The room broke off: open it again."))
            print(_("The room is closed."), file=sys.stderr)
        except KeyboardInterrupt:
            print(_("The room is closed."), file=sys.stderr)
        finally:
            launch.stop(server)


def _addresses() -> list[str]:
    """Return where this computer is in its networks, the one that leads outside first."""
    up = {name for name, of in psutil.net_if_stats().items() if of.isup}
    found = [
        of.address
        for name, all_of in psutil.net_if_addrs().items()
        for of in all_of
        if name in up and of.family is socket.AF_INET
        if not of.address.startswith(("127.", "169.254."))
    ]
    if not found:
        raise CopehopeError(
            _("This computer is in no network: connect it to that of the telephones first.")
        )
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        # No packet leaves: it is only asked which way one would take.
        trial.connect(("192.0.2.1", 9))
        found.sort(key=lambda one: one != trial.getsockname()[0])
    return found


@contextlib.contextmanager
def _alone(workspace: Path) -> Iterator[None]:
    """Let a team have one room at a time."""
    place = certificate.place(workspace).with_suffix(".lock")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(place, timeout=0):
            yield
    except Timeout:
        raise CopehopeError(
            _("A room of this team is open already: end that one, or meet in it.")
        ) from None


def _write_pages(run: Path, about: dict[str, object]) -> None:
    """Write what stands at the door, and on the projector."""
    colours = {"colours.css": tokens.variables()}
    loaders = [jinja2.DictLoader(colours), jinja2.FileSystemLoader(shell.folder())]
    templates = jinja2.Environment(loader=jinja2.ChoiceLoader(loaders), autoescape=True)
    for name in ("door", "host"):
        page = templates.get_template(f"{name}.html.j2")
        text = page.render(**about, words=_words(), language=language.current())
        (run / f"{name}.html").write_text(text, encoding="utf-8")


def _said() -> dict[str, str]:
    """Return what the door says of a code that was tried."""
    return {
        "wrong": _("This is not the code that stands on the projector now: type it again."),
        "wait": _("Too many codes were tried from this device: wait two minutes, then try again."),
        "shut": _(
            "Too many codes were tried, so that nobody else comes in: ask for the button on the "
            "projector."
        ),
    }


def _words() -> dict[str, str]:
    """Return what stands at the door, and on the projector, in the language in use."""
    return {
        "code": _("The six digits on the projector"),
        "enter": _("Come in"),
        "inside": _("Nobody is named here, and no page is kept on your telephone."),
        "scan": _("Point the camera of your telephone here, or type this address"),
        "type": _("and then this code, which changes every minute:"),
        "others": _("If it does not answer:"),
        "warning": _("Your telephone will warn you, and this is why"),
        "why": _(
            "It does not know who made the certificate of this page: this computer did, here. What "
            "you read and give is encrypted all the same. Choose “Advanced” or “Details”, and "
            "go on to the page. If in doubt, let it show the certificate: its fingerprint "
            "must be this one."
        ),
        "same": _(
            "The telephone must be in the network of this computer, such as the same Wi-Fi. Where "
            "none gets through, the firewall of this computer keeps them out."
        ),
        "people": _("Came in"),
        "minutes": _("Minutes left"),
        "end": _("End the room"),
        "again": _("Let others in again"),
        "shut": _("Too many wrong codes were tried: nobody else comes in."),
        "sure": _("Shall the room be closed for everybody?"),
        "ended": _("The room is closed: close the pages that are still open on the telephones."),
    }
