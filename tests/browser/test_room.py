"""A room: telephones around a table, without a kernel, a name, or anything that stays."""

import http.client
import json
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import tomlkit
from playwright.sync_api import Browser, Page, expect

from copehope_lib.files import sealing
from copehope_lib.instruments import read
from copehope_lib.self_check import wave as waves
from copehope_lib.workspace import Workspace
from tests.browser.conftest import descendants, free_port
from tests.browser.test_self_check import answer_all, give, given
from tests.command import Process, copehope, started

CHECK = read("month_check")
SHORT = """
import sys
from copehope_lib.server import launch, room
room.SECONDS = float(sys.argv.pop(1))
from pathlib import Path
few = Path(sys.argv.pop())
launch.dashboards = lambda: few
from copehope_lib.cli import main
main()
"""
"""``copehope``, whose rooms end after the seconds that are named first, with the dashboards of the
folder that is named last."""


@dataclass
class Room:
    """A room that is open."""

    process: Process
    address: str
    host: str

    def state(self) -> dict[str, object]:
        """What changes on the projector."""
        at = urlsplit(self.host)
        asked = http.client.HTTPConnection(at.hostname or "", at.port or 0, timeout=20)
        asked.request("GET", f"/state?{at.query}")
        found: dict[str, object] = json.loads(asked.getresponse().read())
        return found

    def ask(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """What a telephone that did not come in is answered."""
        at = urlsplit(self.address)
        trusting = ssl._create_unverified_context()  # noqa: S323
        asked = http.client.HTTPSConnection(
            at.hostname or "", at.port or 0, timeout=20, context=trusting
        )
        asked.request(method, path, headers=headers)
        return asked.getresponse()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the dashboards, which are soon drawn."""
    from copehope_lib.server.launch import dashboards

    folder = tmp_path_factory.mktemp("few")
    for name in ("needs", "self_check"):
        shutil.copy(dashboards() / f"{name}.ipynb", folder)
    return folder


@contextmanager
def opened(
    workspace: Path, few: Path, *words: str, seconds: float = 7200, port: int = 0
) -> Iterator[Room]:
    command = [seconds, "room", workspace, "--no-browser", "--port", port or free_port()]
    process = started(SHORT, *command, *words, few)
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline().strip() for _line in range(2)]
        assert lines[0].startswith("Room at https://"), lines
        yield Room(process, lines[0].removeprefix("Room at "), lines[1].rpartition(" ")[2])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        process.stdout.close()


def refused(workspace: Path, few: Path, *words: str) -> str:
    command = [1, "room", workspace, "--no-browser", *words, few]
    done = copehope(*command, cwd=workspace, code=SHORT)
    assert done.returncode == 1
    (said,) = [line for line in done.stderr.splitlines() if line.strip() and "…" not in line]
    return said


@pytest.fixture(scope="module")
def team(two_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(shutil.copytree(two_published, tmp_path_factory.mktemp("room") / "small"))


@pytest.fixture(scope="module")
def key(team: Workspace) -> sealing.Key:
    made = sealing.new_key()
    path = team.path / "copehope.toml"
    settings = tomlkit.parse(path.read_text(encoding="utf-8"))
    settings["supervision"]["public_keys"] = list(made.public)  # type: ignore[index]
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def slips(team: Workspace, key: sealing.Key) -> list[str]:
    of = waves.begin(team.dropbox / "2026-11", CHECK.name, CHECK.version, key.public)
    return waves.issue(of, 2)


@pytest.fixture(scope="module")
def here(team: Workspace, few: Path, slips: list[str]) -> Iterator[Room]:
    assert slips
    with opened(team.path, few) as room:
        yield room


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, ignore_https_errors=True)
    yield context.new_page()
    context.close()


def come_in(phone: Page, room: Room) -> None:
    phone.goto(f"{room.address}#{room.state()['code']}")
    phone.wait_for_url("**/")


def test_a_telephone_comes_in_with_the_code_reads_and_gives_sealed_answers(
    here: Room, phone: Page, team: Workspace, key: sealing.Key, slips: list[str]
) -> None:
    before = here.state()["inside"]
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(here.address.removesuffix("/door"))
    assert phone.url == here.address
    phone.get_by_label("The six digits on the projector").fill("12")
    phone.get_by_role("button", name="Come in").click()
    expect(phone.get_by_role("alert")).to_have_text(
        "This is not the code that stands on the projector now: type it again."
    )
    phone.get_by_label("The six digits on the projector").fill(str(here.state()["code"]))
    phone.get_by_role("button", name="Come in").click()
    expect(phone.locator(".ch-card h2").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert here.state()["inside"] == int(str(before)) + 1
    phone.get_by_role("link", name="Self-check").click()
    answer_all(phone, "4")
    give(phone, slips.pop())
    expect(phone.get_by_text("Your answers are in the drop-box")).to_be_visible()
    assert set(given(team.dropbox / "2026-11", key).answers.values()) == {3}
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(here.address).netloc}


def test_nothing_of_it_may_be_kept_by_a_browser(here: Room, phone: Page) -> None:
    kept: list[str] = []
    phone.on(
        "response",
        lambda answer: (
            kept.append(answer.url)
            if answer.headers.get("cache-control") != "no-store" and "/fonts/" not in answer.url
            else None
        ),
    )
    come_in(phone, here)
    expect(phone.locator(".ch-card h2").first).to_be_visible()
    phone.get_by_role("link", name="Self-check").click()
    phone.wait_for_load_state("networkidle")
    assert kept == []
    (cookie,) = phone.context.cookies()
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
    assert cookie["expires"] == -1


@pytest.mark.parametrize(
    "path", ["/", "/needs.html", "/months/needs-2026-10.js", "/copehope/page.js", "/../host.html",
             "/certificate.pem", "/%2e%2e/certificate.pem", "/copehope/fonts/../page.js"],
)  # fmt: skip
def test_who_did_not_come_in_sees_the_door_and_nothing_else(here: Room, path: str) -> None:
    for cookie in ("", "copehope-room=x", "copehope-room="):
        answer = here.ask(path, Cookie=cookie)
        assert answer.status in (302, 403, 404)
        assert len(answer.read()) < 200


def test_who_did_not_come_in_gives_nothing_and_learns_of_no_wave(here: Room) -> None:
    assert here.ask("/copehope/answers").status == 403
    assert here.ask(f"/copehope/answers/{'a' * 16}", "PUT").status == 403


def test_the_projector_is_for_this_computer_with_its_token_alone(here: Room) -> None:
    at = urlsplit(here.host)
    for query in ("", "?token=x"):
        for path in ("/", "/state"):
            asked = http.client.HTTPConnection(at.hostname or "", at.port or 0, timeout=20)
            asked.request("GET", path + query)
            assert asked.getresponse().status in (400, 403)
    (name,) = {urlsplit(here.address).hostname}
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(name or "", at.port or 0, timeout=5).request("GET", "/")


def test_plain_text_is_refused(here: Room) -> None:
    at = urlsplit(here.address)
    asked = http.client.HTTPConnection(at.hostname or "", at.port or 0, timeout=20)
    asked.request("GET", "/door")
    with pytest.raises((http.client.HTTPException, OSError)):
        asked.getresponse()


def test_no_kernel_runs_and_what_serves_is_one_process(here: Room) -> None:
    assert len(descendants(here.process.pid)) == 2


def test_a_second_room_and_a_taken_port_are_one_sentence_each(
    here: Room, team: Workspace, few: Path
) -> None:
    taken = str(urlsplit(here.address).port)
    assert f"Port {taken} is in use" in refused(team.path, few, "--port", taken)
    said = refused(team.path, few, "--port", str(free_port()))
    assert said == "A room of this team is open already: end that one, or meet in it."


def test_a_certificate_of_the_organisation_gives_the_address(
    two_published: Path, tmp_path: Path, few: Path
) -> None:
    workspace = Workspace(shutil.copytree(two_published, tmp_path / "other"))
    file = tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x",
         "-addext", "subjectAltName=DNS:team.example", "-keyout", str(tmp_path / "key.pem"),
         "-out", str(file)],
        capture_output=True, check=True,
    )  # fmt: skip
    assert "no certificate with its key" in refused(workspace.path, few, "--certfile", str(file))
    file.write_bytes(file.read_bytes() + (tmp_path / "key.pem").read_bytes())
    with opened(workspace.path, few, "--certfile", str(file)) as room:
        assert urlsplit(room.address).hostname == "team.example"


def test_its_button_ends_it_and_its_pages_are_gone(
    two_published: Path, tmp_path: Path, few: Path, phone: Page
) -> None:
    workspace = Workspace(shutil.copytree(two_published, tmp_path / "other"))
    with opened(workspace.path, few) as room:
        come_in(phone, room)
        host = phone.context.new_page()
        host.goto(room.host)
        expect(host.locator("#inside")).to_have_text("1")
        expect(host.locator("#code")).to_have_text(
            f"{str(room.state()['code'])[:3]} {str(room.state()['code'])[3:]}"
        )
        host.on("dialog", lambda asked: asked.accept())
        host.get_by_role("button", name="End the room").click()
        expect(host.get_by_text("The room is closed")).to_be_visible()
        assert room.process.wait(timeout=30) == 0
        with pytest.raises(ConnectionRefusedError):
            room.ask("/door")


def test_whoever_says_nothing_keeps_nobody_out_and_no_address_stands_in_a_log(
    here: Room, phone: Page
) -> None:
    at = urlsplit(here.address)
    silent = [socket.create_connection((at.hostname, at.port)) for _one in range(60)]
    here.ask("/%00")
    here.ask("/..")
    come_in(phone, here)
    expect(phone.locator(".ch-card h2").first).to_be_visible()
    for one in silent:
        one.close()
    logs = Path(f"/proc/{descendants(here.process.pid)[1]}/cwd").resolve() / "server.log"
    assert logs.read_text() == ""


def test_killed_it_leaves_no_copy_of_pages_or_key(
    two_published: Path, tmp_path: Path, few: Path
) -> None:
    workspace = Workspace(shutil.copytree(two_published, tmp_path / "other"))
    with opened(workspace.path, few) as room:
        child = descendants(room.process.pid)[1]
        run = Path(f"/proc/{child}/cwd").resolve()
        assert not (run / "certificate.pem").exists()
        assert (run / "pages").exists()
        room.process.kill()
        room.process.wait()
        until = time.monotonic() + 20
        while Path(f"/proc/{child}").exists() and time.monotonic() < until:
            time.sleep(0.1)
        assert not (run / "pages").exists()


def test_answers_that_wait_for_a_room_are_handed_over_when_one_comes_in_again(
    two_published: Path, tmp_path: Path, few: Path, phone: Page
) -> None:
    workspace = Workspace(shutil.copytree(two_published, tmp_path / "other"))
    key = sealing.new_key()
    slips = waves.issue(
        waves.begin(workspace.dropbox / "2026-11", CHECK.name, CHECK.version, key.public), 1
    )
    port = free_port()
    with opened(workspace.path, few, port=port) as room:
        come_in(phone, room)
        phone.get_by_role("link", name="Self-check").click()
        answer_all(phone)
    with opened(workspace.path, few, port=port) as room:
        give(phone, slips[0])
        expect(phone.get_by_text("open the pages anew in another tab")).to_be_visible()
        come_in(phone.context.new_page(), room)
        expect(phone.get_by_text("Your answers are in the drop-box")).to_be_visible()
    assert len(waves.read(workspace.dropbox / "2026-11").files()) == 1


@pytest.mark.night("test_its_button_ends_it_and_its_pages_are_gone")
def test_its_time_ends_it(two_published: Path, tmp_path: Path, few: Path) -> None:
    workspace = Workspace(shutil.copytree(two_published, tmp_path / "other"))
    with opened(workspace.path, few, seconds=1) as room:
        assert room.process.wait(timeout=30) == 0
