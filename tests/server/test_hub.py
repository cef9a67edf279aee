"""A server under a Hub: what it refuses, whom it asks, and what its kernels do not learn."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from traitlets.config import Config
from typer.testing import CliRunner

from copehope_lib.cli import app
from copehope_lib.errors import CopehopeError
from copehope_lib.server import hub, launch
from copehope_lib.server.process import _asking
from copehope_lib.workspace import Workspace
from tests.browser.conftest import descendants, free_port
from tests.browser.test_serving import SERVE_OTHER, notebook

SECRET = "the-token-of-the-service"  # noqa: S105
MAY = ["access:services!service=team"]
SCOPES = {"anna": MAY, "clara": ["access:services!service=supervision"], "service": []}
"""What the Hub knows of three tokens: each is the name of whose it is."""


def told(port: int, hub: int) -> dict[str, str]:
    """What a Hub tells a service that it starts."""
    return {
        "JUPYTERHUB_SERVICE_NAME": "team",
        "JUPYTERHUB_SERVICE_PREFIX": "/services/team/",
        "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{port}",
        "JUPYTERHUB_BASE_URL": "/house/",
        "JUPYTERHUB_PUBLIC_URL": "https://pages.example.org/services/team/",
        "JUPYTERHUB_API_URL": f"http://127.0.0.1:{hub}/hub/api",
        "JUPYTERHUB_API_TOKEN": SECRET,
        "JUPYTERHUB_CLIENT_ID": "service-team",
        "JUPYTERHUB_OAUTH_ACCESS_SCOPES": json.dumps(["access:services", *MAY]),
    }


class Knows(BaseHTTPRequestHandler):
    """What of a Hub answers a service: who has a token, and what she may."""

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("token ")
        known = {"name": token, "kind": "user", "groups": [], "scopes": SCOPES.get(token, [])}
        self.send_response(200 if token in SCOPES else 403)
        self.end_headers()
        self.wfile.write(json.dumps(known).encode())

    def log_message(self, *_of: object) -> None:
        """Say nothing."""


@contextmanager
def a_hub() -> Iterator[ThreadingHTTPServer]:
    hub = ThreadingHTTPServer(("127.0.0.1", 0), Knows)
    Thread(target=hub.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()


LOOKS = """
import os, socket
from pathlib import Path
found = [str(dict(os.environ))]
run = Path(os.environ["COPEHOPE_EXTRACT"]).parent
places = [run / "server.log", *Path(os.environ["COPEHOPE_EXTRACT"]).rglob("*.json")]
places += [path for name in ("home", "dashboards") for path in (run / name).rglob("*")]
places += [Path(f"/proc/{{one}}/{{part}}") for one in range(os.getppid() - 20, os.getpid() + 1)
           for part in ("environ", "cmdline")]
for place in places:
    try:
        found.append(place.read_text(errors="replace"))
    except OSError:
        pass
try:
    socket.create_connection(("127.0.0.1", {hub}), 2)
    called = True
except OSError:
    called = False
# Written from behind, so that this page itself does not hold it.
has = any({secret!r}[::-1] in one for one in found)
print(f"looked={{len(found) > 1}} token={{has}} called={{called}}.")
"""


def ask(address: str, token: str = "", host: str = "pages.example.org") -> tuple[int, str]:
    headers = {"Host": host} | ({"Authorization": f"token {token}"} if token else {})
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    try:
        with urllib.request.build_opener(Staying).open(request, timeout=90) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode()


def leads_to(address: str) -> str | None:
    request = urllib.request.Request(address, headers={"Host": "pages.example.org"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as led:
        urllib.request.build_opener(Staying).open(request, timeout=30)
    return led.value.headers["Location"]


class Staying(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_of: object) -> None:
        return None


def test_a_server_asks_its_hub_who_comes_and_no_page_learns_how(
    published: Workspace, tmp_path: Path
) -> None:
    with a_hub() as other:
        port, api = free_port(), other.server_address[1]
        folder = notebook(tmp_path / "d", LOOKS.format(hub=api, secret=SECRET[::-1]))
        command = [sys.executable, "-c", SERVE_OTHER, published.extracts, "1", folder]
        process = subprocess.Popen(
            [*map(str, command)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | told(port, api),
        )
        try:
            assert process.stdout is not None
            root = f"http://127.0.0.1:{port}/services/team/"
            # No token: the Hub knows who comes.
            assert process.stdout.readline() == f"Serving at {root}\n"
            page, months = f"{root}voila/render/home.ipynb", f"{root}copehope/months/2026-10.xlsx"
            assert str(leads_to(page)).startswith("/house/hub/api/oauth2/authorize?")
            for token, expected in {"anna": 200, "clara": 403, "service": 403, SECRET: 302}.items():
                status, text = ask(page, token)
                assert status == expected, token
                assert SECRET not in text
            # Whoever took long to log in, and comes back with what nobody remembers, begins anew.
            assert leads_to(f"{root}oauth_callback?code=x&state=y") == "/services/team/"
            assert leads_to(f"{root}oauth_callback") == "/services/team/"
            # Not even the Hub's own token opens a page by its address.
            assert ask(f"{page}?token={SECRET}")[0] == 302
            assert ask(f"{page}?token=anna")[0] == 302
            assert "not open to you" in ask(page, "clara")[1]
            assert "looked=True token=False called=False." in ask(page, "anna")[1]
            assert ask(page, "anna", host="evil.example")[0] == 403
            server = descendants(process.pid)[1]
            for part in ("environ", "cmdline"):
                assert SECRET not in Path(f"/proc/{server}/{part}").read_text(errors="replace")
            other.shutdown()
            other.server_close()
            status, text = ask(months, "berta")
            assert status == 500
            assert "This page could not be made" in text
            assert "Traceback" not in text
            assert ask(f"{root}copehope/health") == (200, "ok\n")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@pytest.mark.parametrize(
    ("audience", "more"),
    [("team", "registry/pseudonyms.key"), ("team", "registry/deep/women.csv"),
     ("team", "extracts/2026-10/supervision/rows"), ("supervision", "extracts/2026-10/team/x"),
     ("team", "extracts/2026-10/.draft"), ("team", "published/months.json"),
     ("team", "published/team/2026-10/caseload.parquet"), ("team", "earlier/actions.csv"),
     ("supervision", "women.xlsx")],
)  # fmt: skip
def test_what_may_not_lie_on_the_machine_of_a_hub_is_refused_by_name(
    published: Workspace, tmp_path: Path, audience: str, more: str
) -> None:
    folder = sent(published, audience, tmp_path / "sent")
    (folder / more).parent.mkdir(parents=True, exist_ok=True)
    (folder / more).write_text("anything")
    refused = (
        CliRunner()
        .invoke(app, ["serve", str(folder), "--audience", audience], env=told(1, 2))
        .exception
    )
    assert isinstance(refused, CopehopeError)
    assert f"{folder / more} may not lie on the machine of a Hub" in str(refused)


def test_a_registry_that_is_a_link_is_refused_too(published: Workspace, tmp_path: Path) -> None:
    folder = sent(published, "team", tmp_path / "sent")
    (folder / "registry").symlink_to(published.registry)
    refused = served(folder)
    assert isinstance(refused, CopehopeError)
    assert "registry may not lie" in str(refused)


def test_what_rsync_brings_and_what_pages_write_may_lie_there(
    published: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[Path] = []
    monkeypatch.setattr(launch, "serve", lambda extracts, *_of, **_named: came.append(extracts))
    folder = sent(published, "team", tmp_path / "sent")
    for more in ("dropbox/2026-10/a.age", "records/2026-10/b.age"):
        (folder / more).parent.mkdir(parents=True)
        (folder / more).write_text("anything")
    (folder / "registry").mkdir()
    # The first time writes down that it was handed out, which may lie there the second time.
    for _time in range(2):
        assert served(folder) is None
    assert came == 2 * [folder / "extracts"]


def test_who_works_in_a_server_of_her_own_on_some_hub_serves_as_anywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in told(1, 2).items():
        monkeypatch.setenv(name, value)
    assert hub.told() is not None
    # Only what a Hub runs as a service has a name as one.
    monkeypatch.delenv("JUPYTERHUB_SERVICE_NAME")
    assert hub.told() is None


def test_what_pages_are_made_with_holds_no_token_of_the_hub() -> None:
    asks = {"api_token": SECRET, "oauth_client_id": "service-team"}
    provider = _asking({"root": "/services/team/", "asks": asks}, config := Config())
    assert provider(config=config).token == ""


def served(folder: Path, audience: str = "team") -> BaseException | None:
    """Serve a folder under a Hub; return what refused it."""
    order = ["serve", str(folder), "--audience", audience]
    return CliRunner().invoke(app, order, env=told(1, 2)).exception


def sent(workspace: Workspace, audience: str, folder: Path) -> Path:
    """A folder as a server of an organisation has it."""
    folder.mkdir()
    shutil.copy(workspace.path / "copehope.toml", folder)
    for extract in workspace.extracts.glob(f"*/{audience}"):
        shutil.copytree(extract, folder / extract.relative_to(workspace.path))
    return folder


def test_a_port_that_is_taken_is_said_to_be_a_setting_of_the_hub(
    published: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for name, value in told(taken.getsockname()[1], 2).items():
            monkeypatch.setenv(name, value)
        with pytest.raises(CopehopeError, match="another in the Hub's settings"):
            launch.serve(published.extracts, "team", port=1, open_browser=False)


CALLS = """
import encodings.idna, socket, sys
from pathlib import Path
from copehope_lib.server.confine import READ, confine
allowed, other = map(int, sys.argv[1:])
assert confine({Path("/usr"): READ}, [], [allowed])
for port in (allowed, other):
    try:
        socket.create_connection(("127.0.0.1", port), 2).close()
        print("called")
    except PermissionError:
        print("forbidden")
"""


def test_a_process_that_may_call_one_port_may_call_no_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("", 0)) as other:
        ports = [str(place.getsockname()[1]) for place in (one, other)]
        command = [sys.executable, "-c", CALLS, *ports]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["called", "forbidden"]
