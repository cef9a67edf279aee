"""An organisation's server, as deploy/ has it: JupyterHub, its proxy, and who sees what."""

import asyncio
import base64
import dbm
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from copehope_lib.files import sealing
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.settings import add_public_key
from tests.browser.conftest import READY, Watched, descendants, free_port
from tests.night import chosen

DEPLOY = Path(__file__).parents[2] / "deploy"
SERVICES = {"team": "team", "supervision": "supervisor"}
"""The group of whoever may open each."""
GROUPS = {"team": ["anna", "berta"], "supervisor": ["clara"], "visitors": ["dora", "frida"]}
ONE_OF_EACH, ALL = ("anna", "clara", "dora"), ("anna", "berta", "clara", "dora")
SENTENCE = "This page is not open to you"
PASSWORD = "a long one of {name}"  # noqa: S105


@dataclass
class Hub:
    """A running Hub, and where all that it needs lies."""

    folder: Path
    ports: dict[str, int]
    groups: dict[str, list[str]] = field(default_factory=lambda: dict(GROUPS))
    login: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.ports['front']}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start it as the unit of deploy/ does, and wait for all that it starts."""
        quoted = json.dumps
        lines = [f"address = {quoted(self.root)}", 'language = "en"', "hours = 12", "[ports]"]
        lines += [f"{name} = {self.ports[name]}" for name in ("front", "hub", "proxy")]
        for name, group in SERVICES.items():
            lines += ["[[pages]]", f"name = {quoted(name)}", f"audience = {quoted(name)}"]
            lines += [f"group = {quoted(group)}", f"port = {self.ports[name]}"]
            lines += [f"folder = {quoted(str(self.folder / name))}"]
        lines += ["[groups]", *(f"{name} = {quoted(who)}" for name, who in self.groups.items())]
        (self.folder / "hub.toml").write_text("\n".join([*lines, self.login]), encoding="utf-8")
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "HOME": str(self.folder),
            "COPEHOPE_HUB": str(self.folder / "hub.toml"),
            "STATE_DIRECTORY": str(self.folder / "state"),
        }
        command = [sys.executable, "-m", "jupyterhub", "-f", DEPLOY / "jupyterhub_config.py"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder / "state", env=environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 120
        while any(asked(f"{self.root}/services/{name}/copehope/health")[0] != 200
                  for name in SERVICES):  # fmt: skip
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.2)

    def stop(self) -> list[int]:
        """Stop it; return all processes that there were."""
        assert self.process is not None
        family = descendants(self.process.pid)
        self.process.terminate()
        self.process.wait(timeout=60)
        return family


def asked(address: str, **headers: str) -> tuple[int, str]:
    """Ask for an address, without going where it leads to; return the status and the text."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    opener = urllib.request.build_opener(Staying)
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode(errors="replace")
    except OSError:
        return 0, ""


class Staying(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_of: object) -> None:
        return None


def laid_out(published: Path, folder: Path) -> Hub:
    """A Hub whose folders hold what rsync brings there: settings, and one audience's extracts."""
    (folder / "state").mkdir()
    for name in SERVICES:
        (folder / name).mkdir()
        shutil.copy(published / "copehope.toml", folder / name)
        for extract in published.glob(f"extracts/*/{name}"):
            shutil.copytree(extract, folder / name / extract.relative_to(published))
    add_public_key(folder / "supervision", *sealing.new_key().public)
    return Hub(folder, {name: free_port() for name in ("front", "hub", "proxy", *SERVICES)})


@pytest.fixture(scope="module")
def hub(two_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A Hub to which people come with passwords."""
    running = laid_out(two_published, tmp_path_factory.mktemp("hub"))
    running.start()
    yield running
    if running.process and running.process.poll() is None:
        running.stop()


@pytest.fixture(scope="module")
def visitors(browser: Browser, hub: Hub) -> Iterator[dict[str, BrowserContext]]:
    """A browser of her own for each, in which she has logged in."""
    contexts = {name: browser.new_context() for name in chosen(ONE_OF_EACH, ALL)}
    for name, context in contexts.items():
        page = context.new_page()
        log_in(page, hub, name)
        (where,) = [f"services/{of}/" for of in hers(name)] or ["hub/home"]
        assert page.url.startswith(f"{hub.root}/{where}"), page.url
    yield contexts
    for context in contexts.values():
        context.close()


def log_in(page: Page, hub: Hub, name: str) -> None:
    page.goto(hub.root)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD.format(name=name))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()


def hers(name: str) -> list[str]:
    """Which pages somebody may open."""
    return [service for service, group in SERVICES.items() if name in GROUPS[group]]


@pytest.mark.parametrize("name", chosen(ONE_OF_EACH, ALL))
def test_each_comes_to_what_is_hers_and_sees_it_drawn(
    hub: Hub, visitors: dict[str, BrowserContext], name: str
) -> None:
    page = visitors[name].new_page()
    watched = Watched(page)
    watched.watch()
    page.goto(hub.root)
    if not hers(name):
        expect(page.get_by_text("No pages are open to you yet")).to_be_visible()
        assert watched.outside == []
        return
    (service,) = hers(name)
    assert page.url.startswith(f"{hub.root}/services/{service}/")
    page.get_by_role("main").get_by_role("link", name="Caseload").click()
    expect(page.locator(".ch-card").first).to_be_visible()
    page.wait_for_function(READY)
    expect(page.get_by_text(AUDIENCES[service].badge[0]).first).to_be_visible()
    page.goto(f"{hub.root}/services/{service}/voila/render/self_check.ipynb")
    # What a script asks, other than a page, needs the ticket that the page has.
    waves = "import(new URL('../static/outbox.js', location).href).then(outbox => outbox.invited())"
    assert page.evaluate(waves)["waves"] == {}
    assert watched.errors == []
    assert watched.outside == []


PATHS = [
    "", "voila/tree", "voila/render/caseload.ipynb", "voila/render/caseload.ipynb?live=1",
    "voila/render/supervision.ipynb", "copehope/pages/caseload/2026-10.js",
    "copehope/months/2026-10.xlsx", "copehope/records/2026-10/" + "0" * 48 + ".age",
    "api/kernels", "voila/files/caseload.ipynb", "?token=",
]  # fmt: skip
FORGED = [
    "/services/{mine}/../{other}/voila/render/caseload.ipynb",
    "/services/{mine}/%2e%2e/{other}/voila/render/caseload.ipynb",
    "/services/{mine}/..%2f{other}%2fvoila%2frender%2fcaseload.ipynb",
    "/services/{mine}//services/{other}/voila/render/caseload.ipynb",
    "/services/{mine}/voila/render/..%2f..%2f..%2f{other}%2fextract",
    "/services/{mine}/voila/files/../extract/2026-10/{other}/manifest.json",
    "/services/{mine}/../../services/{other}/copehope/pages/caseload/2026-10.js",
    "//services/{other}/voila/render/caseload.ipynb",
    "/hub/../services/{other}/copehope/months/2026-10.xlsx",
]
"""Addresses beneath what is hers, or of no service, that mean the other one."""


def content(name: str) -> str:
    """What no page says to whom it is not open: whose pages they are."""
    return f"{AUDIENCES[name].badge[0]}|Two women|copehopeCard"


@pytest.mark.parametrize("name", chosen(ONE_OF_EACH, ALL))
def test_each_is_refused_the_rest_whatever_she_types(
    hub: Hub, visitors: dict[str, BrowserContext], name: str
) -> None:
    mine = (hers(name) or ["nothing"])[0]
    for other in set(SERVICES) - set(hers(name)):
        for path in PATHS:
            answer = visitors[name].request.get(f"{hub.root}/services/{other}/{path}")
            assert answer.status in (403, 404), (path, answer.status)
            assert not re.search(content(other), answer.text()), path
        page = visitors[name].new_page()
        page.goto(f"{hub.root}/services/{other}/voila/render/caseload.ipynb")
        expect(page.get_by_role("alert")).to_contain_text(SENTENCE)
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in visitors[name].cookies())
        for path in FORGED:
            # As it is written: a browser would have resolved it before.
            status, text = asked(hub.root + path.format(mine=mine, other=other), Cookie=cookies)
            assert status in (302, 403, 404), (path, status)
            assert not re.search(content(other), text), path


@pytest.mark.parametrize(
    "path",
    ["hub/spawn", "hub/admin", "hub/metrics", "hub/api/users", "hub/api/services",
     "hub/api/groups/team", "hub/api/users/{name}/tokens"],
)  # fmt: skip
def test_nobody_is_given_a_server_a_token_or_a_list_of_others(
    hub: Hub, visitors: dict[str, BrowserContext], path: str
) -> None:
    for name, context in visitors.items():
        assert SENTENCE in context.request.get(f"{hub.root}/hub/token").text()
        answer = context.request.get(f"{hub.root}/{path.format(name=name)}")
        assert answer.status in (403, 404), (name, answer.status)
        others = {other for group in GROUPS.values() for other in group} - {name}
        assert not re.search(r"\b(" + "|".join(others) + r")\b", answer.text())


def token_in(context: BrowserContext, service: str) -> str:
    """The token that a visitor has of a service, out of the cookie in which it is signed."""
    (value,) = [one["value"] for one in context.cookies() if one["name"] == f"service-{service}"]
    return base64.b64decode(value.strip('"').split("|")[4].partition(":")[2]).decode()


def token_of(hub: Hub, service: str) -> str:
    """The token with which a service speaks to the Hub, out of the process that it started."""
    assert hub.process is not None
    family = descendants(hub.process.pid)
    every = [Path(f"/proc/{one}/environ").read_text(errors="replace") for one in family]
    (own,) = [one for one in every if f"JUPYTERHUB_SERVICE_NAME={service}\0" in one]
    token = own.partition("JUPYTERHUB_API_TOKEN=")[2].partition("\0")[0]
    assert token
    # Neither the server, which is told it through a pipe, nor a kernel has it so.
    assert [one for one in every if token in one] == [own]
    return token


def test_the_token_or_the_cookie_of_another_opens_nothing_else(
    hub: Hub, visitors: dict[str, BrowserContext]
) -> None:
    month = "/copehope/pages/caseload/2026-10.js"
    anna = token_in(visitors["anna"], "team")
    tokens = {
        # Her own token opens what is hers and, as she does, nothing else.
        ("team", anna): 200,
        ("supervision", anna): 403,
        ("team", token_in(visitors["clara"], "supervision")): 403,
        **{(of, token_of(hub, by)): 403 for of in SERVICES for by in SERVICES},
    }
    for (service, token), expected in tokens.items():
        address = f"{hub.root}/services/{service}{month}"
        assert asked(address, Authorization=f"token {token}")[0] == expected
        assert asked(f"{address}?token={token}")[0] in (302, 403)
    for cookie in visitors["anna"].cookies():
        if cookie["name"] == "service-team":
            forged = f"service-supervision={cookie['value']}"
            assert asked(f"{hub.root}/services/supervision{month}", Cookie=forged)[0] in (302, 403)
    # With what a browser holds nobody asks the Hub for more than who she is.
    said = json.loads(asked(f"{hub.root}/hub/api/user", Authorization=f"token {anna}")[1])
    assert said["name"] == "anna"
    for path in ("users", "groups", "services", "users/anna/server"):
        assert asked(f"{hub.root}/hub/api/{path}", Authorization=f"token {anna}")[0] in (403, 405)


def test_the_kernel_of_a_meeting_answers_whoever_may_see_it_and_nobody_else(
    hub: Hub, visitors: dict[str, BrowserContext]
) -> None:
    page = visitors["clara"].new_page()
    page.goto(f"{hub.root}/services/supervision/voila/render/preparation.ipynb")
    expect(page.locator(".ch-card, .ch-proposal, .ch-marked").first).to_be_visible()
    found = re.search(r'"?kernelId"?: *"([0-9a-f-]{36})"', page.content())
    assert found
    address = f"ws://127.0.0.1:{hub.ports['front']}/services/supervision/api/kernels/{found[1]}"
    opened = """address => new Promise((done) => {
        const socket = new WebSocket(`${address}/channels`);
        socket.onopen = () => done('open');
        socket.onerror = () => done('refused');
    })"""
    assert page.evaluate(opened, address) == "open"
    for name in set(visitors) - {"clara"}:
        other = visitors[name].new_page()
        other.goto(f"{hub.root}/hub/home")
        assert other.evaluate(opened, address) == "refused", name
    # Another site that her browser has open may not speak for her.
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in visitors["clara"].cookies())

    async def come(origin: str) -> int:
        headers = {"Origin": origin, "Cookie": cookies}
        try:
            (await websocket_connect(HTTPRequest(f"{address}/channels", headers=headers))).close()
        except HTTPClientError as problem:
            return problem.code
        return 101

    # In a thread of its own: that of the tests has a loop of Playwright’s.
    with ThreadPoolExecutor() as aside:
        for origin, expected in (("http://evil.example", 403), (hub.root, 101)):
            assert aside.submit(lambda of=origin: asyncio.run(come(of))).result() == expected


def test_what_is_written_in_a_meeting_lies_sealed_in_its_workspace(
    hub: Hub, visitors: dict[str, BrowserContext]
) -> None:
    page = visitors["clara"].new_page()
    page.goto(f"{hub.root}/services/supervision/voila/render/supervision.ipynb")
    page.get_by_placeholder("What was said").first.fill("We begin with what went well.")
    expect(page.get_by_text(re.compile(r"^kept \d")).first).to_be_visible()
    kept = [*(hub.folder / "supervision" / "records" / "2026-10").glob("*.age")]
    assert kept
    assert all(b"went well" not in path.read_bytes() for path in kept)


def test_a_page_that_is_left_ends_its_kernel(hub: Hub, visitors: dict[str, BrowserContext]) -> None:
    page = visitors["clara"].new_page()
    page.goto(f"{hub.root}/services/supervision/voila/render/caseload.ipynb?live=1")
    expect(page.locator(".ch-card").first).to_be_visible()
    assert hub.process is not None
    before = len(descendants(hub.process.pid))
    page.goto(f"{hub.root}/hub/home")
    deadline = time.monotonic() + 30
    while len(descendants(hub.process.pid)) >= before and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(descendants(hub.process.pid)) < before


def test_who_is_taken_out_of_the_settings_sees_nothing_more_though_she_is_logged_in(
    hub: Hub, visitors: dict[str, BrowserContext]
) -> None:
    address = f"{hub.root}/services/team/copehope/pages/caseload/2026-10.js"
    token = token_in(visitors["anna"], "team")
    assert asked(address, Authorization=f"token {token}")[0] == 200
    family = hub.stop()
    hub.groups = {**GROUPS, "team": ["berta"], "visitors": ["dora"]}
    hub.start()
    assert asked(address, Authorization=f"token {token}")[0] == 403
    assert visitors["anna"].request.get(address).status == 403
    assert [one for one in family if Path(f"/proc/{one}").exists()] == []
    visitors["anna"].clear_cookies()
    page = visitors["anna"].new_page()
    for name in ("anna", "frida"):
        log_in(page, hub, name)
        expect(page.get_by_text("do not belong together")).to_be_visible()
    # Nor does anybody give a password to a name that is not there: it may come back.
    with dbm.open(str(hub.folder / "state" / "passwords")) as passwords:
        assert b"anna" in passwords
        assert b"frida" not in passwords


def test_the_log_tells_who_came_and_nothing_of_what_was_looked_at(
    hub: Hub, visitors: dict[str, BrowserContext]
) -> None:
    visitors["dora"].request.get(f"{hub.root}/services/team/voila/render/needs.ipynb?need=housing")
    log = hub.log
    assert "User logged in: clara" in log
    assert "/hub/login" in log
    secrets = [PASSWORD.format(name=name) for name in ALL]
    secrets += [token_of(hub, service) for service in SERVICES]
    secrets += [one["value"] for one in visitors["dora"].cookies() if "session" in one["name"]]
    for said in ("?", "housing", "Two women", "Traceback", "W-", *secrets):
        assert said not in log, [line for line in log.splitlines() if said in line]


def test_folders_of_the_hub_hold_no_registry_and_are_refused_with_one(
    hub: Hub, two_published: Path, tmp_path: Path
) -> None:
    for name in SERVICES:
        found = {path.name for path in (hub.folder / name).rglob("*")}
        assert not found & {"registry", "pseudonyms.key", "women.csv", "months.json"}
        assert {path.name for path in (hub.folder / name).glob("extracts/*/*")} == {name}


class LogIn(BaseHTTPRequestHandler):
    """The log-in of an organisation (OpenID Connect), at which somebody only has to say yes."""

    who: ClassVar[str] = ""
    groups: ClassVar[dict[str, list[str]]] = {"anna": ["team", "choir"], "eve": ["choir"]}

    def do_GET(self) -> None:
        asked_for = urlsplit(self.path)
        if asked_for.path == "/authorize":
            said = dict(parse_qsl(asked_for.query))
            back = urlencode({"code": self.who, "state": said["state"]})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f'<a href="{said["redirect_uri"]}?{back}">Yes</a>'.encode())
            return
        name = self.headers["Authorization"].split()[-1]
        self.told({"preferred_username": name, "groups": self.groups[name]})

    def do_POST(self) -> None:
        said = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.told({"access_token": said["code"], "token_type": "bearer"})

    def told(self, what: dict[str, object]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

    def log_message(self, *_of: object) -> None:
        """Say nothing."""


@pytest.mark.night("test_each_comes_to_what_is_hers_and_sees_it_drawn")
def test_with_the_log_in_of_the_organisation_its_groups_say_what_is_open(
    browser: Browser, two_published: Path, tmp_path: Path
) -> None:
    provider = ThreadingHTTPServer(("127.0.0.1", 0), LogIn)
    Thread(target=provider.serve_forever, daemon=True).start()
    # By another name than the Hub, so that it is another site for the browser.
    there = f"http://localhost:{provider.server_address[1]}"
    hub = laid_out(two_published, tmp_path)
    lines = {"client": "copehope", "name": "preferred_username", "groups": "groups"}
    lines |= {"authorize": f"{there}/authorize", "token": f"{there}/token"}
    lines |= {"userdata": f"{there}/userinfo"}
    hub.login = "\n".join(["[oidc]", *(f"{name} = {json.dumps(lines[name])}" for name in lines)])
    (tmp_path / "oidc-secret").write_text("a secret")
    try:
        hub.start()
        for name, seen in {"anna": "Caseload", "eve": SENTENCE}.items():
            LogIn.who = name
            context = browser.new_context()
            page = context.new_page()
            # She comes by an address that was sent to her, back from a site that is not ours.
            page.goto(f"{hub.root}/services/team/")
            page.get_by_role("link", name="Yes").click()
            expect(page.get_by_role("main").get_by_text(seen)).to_be_visible()
            page.goto(f"{hub.root}/services/supervision/")
            if name == "eve":
                # She was let in nowhere, and is asked anew.
                page.get_by_role("link", name="Yes").click()
            expect(page.get_by_text(SENTENCE)).to_be_visible()
            context.close()
    finally:
        hub.stop()
        provider.shutdown()
        provider.server_close()
