"""The server: who gets in, what it can reach, and that nothing stays behind."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from http.client import HTTPResponse
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError, websocket_connect

from copehope_lib.files import sealing
from copehope_lib.panels.register import pages
from copehope_lib.privacy.audience import TEAM
from copehope_lib.server.confine import READ, confine
from copehope_lib.workspace import Workspace
from tests.browser.conftest import Served, Watched, descendants, free_port, serving
from tests.command import Process, started
from tests.night import chosen


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code


def alive(processes: list[int]) -> list[int]:
    return [process for process in processes if Path(f"/proc/{process}/cmdline").exists()
            and Path(f"/proc/{process}/cmdline").read_bytes()]  # fmt: skip


def looking(address: str) -> AbstractContextManager[HTTPResponse]:
    """Ask for a page, and go on looking: the kernel of one that is left ends."""
    return closing(urllib.request.urlopen(address, timeout=90))  # noqa: S310


def connections(server: int) -> list[Path]:
    """Where the kernels of a server are spoken to, by their command lines."""
    lines = [Path(f"/proc/{process}/cmdline").read_bytes() for process in descendants(server)]
    words = [word for line in lines for word in line.decode().split("\0")]
    return [Path(word) for word in words if re.search(r"/kernel-[-0-9a-f]+\.json$", word)]


def log_of(process: Process) -> Path:
    """The log of the server that a command started."""
    return Path(f"/proc/{descendants(process.pid)[1]}/cwd").readlink() / "server.log"


def wait_until_gone(processes: list[int]) -> None:
    deadline = time.monotonic() + 30
    while alive(processes) and time.monotonic() < deadline:
        time.sleep(0.1)


def notebook(folder: Path, code: str) -> Path:
    """A folder with one dashboard, named as the first page is."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": code,
            "execution_count": None, "outputs": []}  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}}
    content = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    folder.mkdir()
    (folder / "home.ipynb").write_text(json.dumps(content))
    return folder


SERVE_OTHER = (
    "import sys; from pathlib import Path; from copehope_lib.server.launch import serve\n"
    "serve(Path(sys.argv[1]), 'team', port=int(sys.argv[2]), open_browser=False,"
    " notebooks=Path(sys.argv[3]))"
)


def serving_other(team: Workspace, notebooks: Path) -> tuple[Process, str]:
    process = started(SERVE_OTHER, team.extracts, free_port(), notebooks)
    assert process.stdout is not None
    return process, process.stdout.readline().removeprefix("Serving at ").strip()


@pytest.fixture(scope="module")
def light(team: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose pages have no cards and are made at once: each tries something else."""
    place = tmp_path_factory.mktemp("light")
    (place / "secret.txt").write_text("private")
    reach = REACH.format(
        workspace=str(team.path),
        registry=str(team.registry),
        women=str(team.registry / "women.csv"),
        dropbox=str(team.dropbox),
        other=str(team.extracts / "2026-10" / "supervision"),
        home=str(place / "secret.txt"),
    )
    folder = notebook(place / "home", SENTENCE)
    others = {"caseload": "1 / 0", "engagement": reach, "needs": NEIGHBOURS}
    for name, code in others.items():
        shutil.copy(notebook(place / name, code) / "home.ipynb", folder / f"{name}.ipynb")
    process, address = serving_other(team, folder)
    with running_until_interrupted(process):
        yield Served(process, address)


SENTENCE = "from IPython.display import HTML; HTML('<p>nothing is published here</p>')"


SERVE_SUPERVISION = (
    "import sys; from pathlib import Path; from copehope_lib.server.launch import serve\n"
    "from copehope_lib.records.session import Place\n"
    "serve(Path(sys.argv[1]), 'supervision', port=int(sys.argv[2]), open_browser=False,"
    " notebooks=Path(sys.argv[3]), records=Path(sys.argv[4]), place=Place((sys.argv[5],)))"
)

POINT_ELSEWHERE = """
import os, time
from pathlib import Path
given = Path(os.environ["COPEHOPE_RECORDS"]).parent
registry = Path({registry!r})
rooms = [given, given.with_name("outbox")]
for room in rooms:
    try:
        (room / "2026-10").mkdir()
        for at, name in enumerate(("women.csv", "pseudonyms.key", "private.txt", "sealed.age")):
            (room / "2026-10" / (f"{{at}}" * 24 + ".age")).symlink_to(registry / name)
        (room / "2026-09").symlink_to(registry)
        os.mkfifo(room / "2026-10" / ("f" * 24 + ".age"))
    except PermissionError:
        continue
time.sleep(2)
read = []
for path in [path for room in rooms for path in room.glob("*/*")]:
    try:
        read.append(path.name if path.read_bytes() else "") if path.is_file() else None
    except OSError:
        pass
print(f"read={{len(read)}}")
"""


def test_code_in_a_kernel_that_lays_links_is_given_nothing_of_the_registry(
    team: Workspace, watched: Watched, tmp_path: Path
) -> None:
    """Run as whoever runs the tests; the links point at files that it may read itself."""
    key = sealing.new_key()
    registry, records = tmp_path / "registry", tmp_path / "records"
    for folder in (registry, records):
        folder.mkdir(mode=0o700)
    shutil.copy(team.registry / "women.csv", registry)
    shutil.copy(team.registry / "pseudonyms.key", registry)
    (registry / "private.txt").write_bytes(key.as_file())
    (registry / "sealed.age").write_bytes(sealing.seal(b"a sealed table", key.public))
    before = {path.name: path.read_bytes() for path in registry.iterdir()}
    code = POINT_ELSEWHERE.format(registry=str(registry))
    command = [sys.executable, "-c", SERVE_SUPERVISION, team.extracts, str(free_port())]
    command += [notebook(tmp_path / "d", code), records, *key.public]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    watched.page.goto(process.stdout.readline().removeprefix("Serving at ").strip())
    expect(watched.page.get_by_text("read=0")).to_be_visible(timeout=60_000)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)
    assert {path.name: path.read_bytes() for path in registry.iterdir()} == before
    assert [path for path in records.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "path",
    ["/", "/voila/tree", "/voila/render/caseload.ipynb", "/api/kernels", "/voila/api/contents"],
)
def test_without_the_token_nobody_gets_in(served: Served, watched: Watched, path: str) -> None:
    answer = watched.page.request.get(served.root + path)
    text = answer.text()
    assert answer.status in (403, 404) or "/login" in answer.url
    assert "Demo team" not in text
    assert "Caseload" not in text


def test_whoever_asks_whether_the_server_answers_is_told_that_and_nothing_else(
    light: Served,
) -> None:
    with urllib.request.urlopen(f"{light.root}/copehope/health", timeout=30) as answer:  # noqa: S310
        told = dict(answer.headers)
        assert (answer.status, answer.read()) == (200, b"ok\n")
    assert not {"Set-Cookie", "Server"} & {*told}
    assert told["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/voila/files/caseload.ipynb", "/api/contents", "/api/kernels", "/metrics",
             "/voila/files/../extract", "/voila/files/../server.log"],
)  # fmt: skip
def test_with_the_token_no_file_can_be_fetched(served: Served, path: str) -> None:
    token = served.address.partition("?")[2]
    assert status(f"{served.root}{path}?{token}") in (403, 404, 405)


def test_the_first_page_lists_the_dashboards_and_asks_no_other_host(
    served: Served, watched: Watched
) -> None:
    page = watched.page
    # Who has come in once with the token needs it no more.
    page.request.get(served.page("nothing.ipynb"))
    page.goto(served.root)
    expect(page.get_by_role("listitem")).to_have_count(len(pages(TEAM)))
    expect(page.get_by_role("main").get_by_role("link", name="Caseload")).to_be_visible()
    assert watched.errors == []
    assert watched.outside == []


def test_a_page_that_does_not_exist_says_so_and_asks_no_other_host(
    served: Served, watched: Watched
) -> None:
    page = watched.page
    page.goto(f"{served.root}/voila/render/nothing.ipynb?{served.address.partition('?')[2]}")
    assert page.locator("body").inner_text().count("There is no such page") == 1
    assert watched.outside == []


def test_the_log_in_page_asks_no_other_host(served: Served, watched: Watched) -> None:
    watched.page.goto(served.root)
    assert watched.outside == []


def test_an_error_in_a_page_is_one_sentence_without_a_traceback(
    light: Served, watched: Watched
) -> None:
    watched.page.goto(light.page("caseload.ipynb"))
    expect(watched.page.get_by_role("alert")).to_be_visible(timeout=60_000)
    text = watched.page.content()
    log = log_of(light.process).read_text(encoding="utf-8")
    assert "could not be made" in text
    # The log tells the kind of error, and nothing that it was about, nor who may come in.
    assert "ZeroDivisionError in" in log
    assert "Traceback" not in log
    assert "1 / 0" not in log
    assert light.address.partition("token=")[2] not in log
    assert "ZeroDivisionError" not in text
    assert "Traceback" not in text
    assert watched.outside == []


def test_a_page_without_cards_is_seen_whatever_its_address_asks_for(
    light: Served, watched: Watched
) -> None:
    watched.page.goto(light.page("home.ipynb") + "&month=2026-09")
    expect(watched.page.get_by_text("nothing is published here")).to_be_visible(timeout=60_000)


REACH = """
import os
from pathlib import Path
from IPython.display import Markdown
def tries(path):
    try:
        return (list(path.iterdir()) if path.is_dir() else path.read_bytes()) and "read"
    except OSError as problem:
        return type(problem).__name__
places = {{"workspace": {workspace!r}, "registry": {registry!r}, "women": {women!r},
          "drop-box": {dropbox!r},
          "other audience": {other!r}, "home": {home!r}}}
print("|".join(f"{{name}}={{tries(Path(place))}}" for name, place in places.items()))
extract = Path(os.environ["COPEHOPE_EXTRACT"])
print("own=" + ",".join(sorted({{path.name for path in extract.glob("*/*")}})))
"""


def test_a_kernel_can_read_one_extract_and_no_registry_even_by_its_path(
    light: Served, watched: Watched
) -> None:
    assert confines_here(), "this system has no Landlock: the promise of the README is not kept"
    watched.page.goto(light.page("engagement.ipynb"))
    expect(watched.page.get_by_text("own=")).to_be_visible(timeout=60_000)
    text = watched.page.locator("body").inner_text()
    for place in ("workspace", "registry", "women", "drop-box", "other audience", "home"):
        assert f"{place}=PermissionError" in text, text
    assert set(text.partition("own=")[2].split()[0].split(",")) == {"team"}


NEIGHBOURS = """
import os, threading
from pathlib import Path
run, me = Path(os.environ["COPEHOPE_EXTRACT"]).parent, os.getpid()
own = Path(f"/proc/{me}/cmdline").read_text().split("\\0")
connection = Path(next(word for word in own if word.endswith(".json")))
found = []
def look():
    server = os.getppid()
    for number in {*range(server - 50, server + 200)} - {me}:
        for part in ("cmdline", "environ", "mem", "maps", "net/unix"):
            try:
                Path(f"/proc/{number}/{part}").open("rb").close()
                found.append(f"{part} of {number}")
            except OSError:
                pass
    for folder in (run, run / "home", connection.parent, connection.parent.parent):
        try:
            found.extend(map(str, folder.iterdir()))
        except OSError:
            pass
    for path in (run / "extract" / "new", run / "dashboards" / "home.ipynb", run / "server.log",
                 *run.glob("extract/*/*/*")):
        try:
            path.open("ab").close()
            found.append(str(path))
        except OSError:
            pass
aside = threading.Thread(target=look)
aside.start()
aside.join()
look()
print(f"found={found}.")
"""


def test_code_in_a_kernel_finds_no_other_kernel_and_changes_nothing(
    light: Served, watched: Watched
) -> None:
    watched.page.goto(light.page("needs.ipynb"))
    expect(watched.page.get_by_text("found=")).to_be_visible(timeout=60_000)
    kernels = descendants(light.process.pid)[2:]
    # A filter of calls that each thread has was laid on before there was a second one.
    states = [path.read_text() for one in kernels for path in status_of_threads(one)]
    text = watched.page.locator("body").inner_text()
    assert "found=[]." in text, text
    assert len(kernels) >= 2
    assert len(states) > 2 * len(kernels)
    assert all("Seccomp:\t2" in state for state in states)


def status_of_threads(process: int) -> list[Path]:
    return list(Path(f"/proc/{process}/task").glob("*/status"))


@contextlib.contextmanager
def running_until_interrupted(process: Process) -> Iterator[None]:
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def confines_here() -> bool:
    """Whether the system has Landlock, tried in a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit(0 if confine({Path("/usr"): READ}) else 1)
    return os.waitpid(child, 0)[1] == 0


def test_neither_arguments_nor_environment_name_the_workspace_or_the_token(
    team: Workspace, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = notebook(tmp_path / "d", SENTENCE)
    monkeypatch.setattr("tests.browser.conftest.dashboards", lambda: folder)
    with serving(team.path, "team", "home.ipynb") as served:
        # What was made ready before goes to the first visit; the next one starts its own.
        for address in (served.address, served.page("home.ipynb"), served.page("home.ipynb")):
            watched.page.goto(f"{address}&month=2026-10")
            expect(watched.page.get_by_text("nothing is published here")).to_be_visible()
        token = served.address.partition("token=")[2].encode()
        server, *kernels = descendants(served.process.pid)[1:]
        assert kernels
        for process in (server, *kernels):
            for part in ("cmdline", "environ"):
                content = Path(f"/proc/{process}/{part}").read_bytes()
                assert token not in content
                assert str(team.path).encode() not in content


@pytest.mark.parametrize(
    "how",
    chosen([signal.SIGTERM, signal.SIGKILL], [signal.SIGINT, signal.SIGTERM, signal.SIGKILL]),
)
def test_however_it_ends_no_process_stays_behind(
    team: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    folder = notebook(tmp_path / "d", SENTENCE)
    monkeypatch.setattr("tests.browser.conftest.dashboards", lambda: folder)
    with serving(team.path, "team", "home.ipynb") as served:
        assert status(served.page("home.ipynb")) == 200
        family = descendants(served.process.pid)
        run = Path(f"/proc/{family[1]}/cwd").readlink()
        assert len(family) >= 3
        sockets = connections(served.process.pid)[0].parent.parent
        served.process.send_signal(how)
        served.process.wait(timeout=60)
        wait_until_gone(family)
        assert alive(family) == []
        for folder in (run, sockets):
            assert not folder.exists() or not list(folder.iterdir())


def test_where_the_temporary_folder_has_a_long_path_pages_are_served_over_private_sockets(
    team: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / "folders" / ("x" * 90)
    long.mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(long))
    with serving(team.path, "team", "caseload.ipynb") as served:
        with looking(f"{served.page('caseload.ipynb')}&live=1"):
            connection = connections(served.process.pid)[0]
            assert json.loads(connection.read_text())["transport"] == "ipc"
            # The kernel of the page may still be beginning.
            deadline = time.monotonic() + 60
            while (
                not (made := [*connection.parent.glob("*-ipc-*")]) and time.monotonic() < deadline
            ):
                time.sleep(0.1)
            assert made
        sockets = connection.parent.parent
        # Nobody else can enter it.
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert long not in sockets.parents
    assert not sockets.exists()
    assert not list(long.iterdir())


SERVE_WITHOUT_SOCKETS = "from copehope_lib.files import short; short.place = lambda: None\n"


def test_where_no_path_is_short_enough_kernels_are_spoken_to_over_encrypted_tcp(
    team: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.browser.test_serving.SERVE_OTHER", SERVE_WITHOUT_SOCKETS + SERVE_OTHER
    )
    process, address = serving_other(team, notebook(tmp_path / "d", "print('here')"))
    try:
        with looking(address.replace("/?", "/voila/render/home.ipynb?")):
            connection = json.loads(connections(process.pid)[0].read_text())
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert (connection["transport"], connection["ip"]) == ("tcp", "127.0.0.1")
    assert connection["key"]
    assert connection["curve_publickey"]


@pytest.fixture(scope="module")
def page_of(light: Served) -> tuple[Served, str]:
    """A server, and the number of the kernel of an open page."""
    with urllib.request.urlopen(light.page("home.ipynb"), timeout=90) as answer:  # noqa: S310
        text = answer.read().decode()
    found = re.search(r'"?kernelId"?: *"([0-9a-f-]{36})"', text)
    assert found, text[:2000]
    return light, found[1]


PROTOCOL = "v1.kernel.websocket.jupyter.org"


@pytest.mark.parametrize("protocols", [[], [PROTOCOL]], ids=["plain", "v1"])
@pytest.mark.parametrize(
    "message",
    [b"\x7f\xff\xff\xff", b"\xff" * 8, b"", b"\x01", b"\0\0\0\0", b"\x01" + b"\0" * 31,
     "[]", "{", '{"channel": "shell"}', b"x" * 2**21],
    ids=lambda message: repr(message)[:20],
)  # fmt: skip
def test_what_is_no_message_ends_its_own_connection_and_no_other(
    page_of: tuple[Served, str], protocols: list[str], message: bytes | str
) -> None:
    served, kernel = page_of

    async def send() -> int | None:
        place = f"{served.root}/api/kernels/{kernel}/channels?{served.address.partition('?')[2]}"
        address = place.replace("http", "ws", 1)
        mine = await websocket_connect(address, subprotocols=protocols)
        other = await websocket_connect(address)
        with contextlib.suppress(StreamClosedError, WebSocketClosedError):
            await mine.write_message(message, binary=isinstance(message, bytes))
        while await asyncio.wait_for(mine.read_message(), 20) is not None:
            pass
        # A kernel answers each message once: it has an id of its own.
        header = {"msg_id": uuid4().hex, "msg_type": "kernel_info_request", "session": "a",
                  "username": "", "version": "5.3", "date": "2026-11-27T00:00:00Z"}  # fmt: skip
        parts = {"header": header, "parent_header": {}, "metadata": {}, "content": {}}
        await other.write_message(json.dumps(parts | {"channel": "shell"}))
        said = ""
        while "kernel_info_reply" not in said:
            said = str(await asyncio.wait_for(other.read_message(), 20))
            assert said != "None"
        other.close()
        return mine.close_code

    # In a thread of its own: that of the tests has a loop of Playwright’s.
    with ThreadPoolExecutor() as aside:
        code = aside.submit(lambda: asyncio.run(send())).result()
    # Where a message is too long it may end while its rest is still on the way, without a code.
    assert code in ((1003, 1009) if len(message) < 2**20 else (1009, None))
    assert status(served.address) == 200
    assert "Traceback" not in log_of(served.process).read_text(encoding="utf-8")


def test_another_host_is_refused_and_cookies_end_with_the_browser(
    light: Served, watched: Watched
) -> None:
    cookies: list[str] = []
    for host, expected in (("evil.example", 403), ("127.0.0.1", 200), ("localhost", 200)):
        answer = watched.page.request.get(light.page("home.ipynb"), headers={"Host": host})
        assert answer.status == expected
        cookies += [one["value"] for one in answer.headers_array if one["name"] == "Set-Cookie"]
    assert len(cookies) >= 2
    for cookie in cookies:
        assert "samesite=strict" in cookie.lower()
        assert "expires" not in cookie.lower()
        assert "max-age" not in cookie.lower()


def test_what_a_page_of_an_earlier_server_asks_takes_the_cookie_of_no_new_page(
    light: Served, watched: Watched
) -> None:
    watched.page.request.get(light.page("home.ipynb"))
    (login,) = [
        one["name"] for one in watched.page.context.cookies() if one["name"].startswith("username")
    ]
    for asked in ("api/kernels", "voila/render/home.ipynb", "copehope/records/2026-10/0.age"):
        earlier = urllib.request.Request(  # noqa: S310
            f"{light.root}/{asked}", headers={"Cookie": f"{login}=of-an-earlier-server"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(earlier, timeout=30)  # noqa: S310
        told = refused.value.headers.get_all("Set-Cookie") or []
        assert not [one for one in told if one.startswith(login)]


def test_a_page_may_load_nothing_of_another_host_whatever_stands_in_it(
    light: Served, watched: Watched
) -> None:
    page = watched.page
    page.goto(light.page("home.ipynb"))
    expect(page.get_by_text("nothing is published here")).to_be_visible(timeout=60_000)
    assert watched.errors == []
    refused = page.evaluate("""() => new Promise((done) => {
        addEventListener('securitypolicyviolation', (event) => done(event.blockedURI));
        fetch('http://copehope.example/x').catch(() => {});
        setTimeout(() => done('nothing was refused'), 5000);
    })""")
    assert refused.startswith("http://copehope.example")
