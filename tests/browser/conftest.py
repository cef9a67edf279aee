"""A real server, a real Chromium, and an eye on everything that leaves the page."""

import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from copehope_lib import demo
from copehope_lib.panels.cards import CARDS
from copehope_lib.panels.register import pages
from copehope_lib.privacy.audience import AUDIENCES, PARTNER, TEAM
from copehope_lib.server.launch import dashboards
from copehope_lib.workspace import Workspace
from tests.command import MAIN, Process, started
from tests.night import NIGHT

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DASHBOARDS = [page.file for page in pages(TEAM) if page.name in CARDS]
"""The pages of cards; the self-check has tests of its own."""
VIEWS = [
    (page.file, audience.name)
    for audience in AUDIENCES.values()
    for page in pages(audience)
    if NIGHT
    or audience is TEAM
    or page not in pages(TEAM)
    or (page.name, audience) == ("caseload", PARTNER)
]
"""Every page of every audience; by day every page once, and one as partners see it."""
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # What one page has compiled, the next one has too: that is half of the time of a page.
    "--process-per-site",
)  # fmt: skip


@dataclass
class Watched:
    """A page, and what went on in it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Note errors of any kind, and every request to another host."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._look(request.url))
        self.page.on("websocket", lambda socket: self._look(socket.url))
        self.page.on(
            "response",
            lambda answer: (
                answer.status >= 400 and self.errors.append(f"{answer.status} {answer.url}")
            ),
        )

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _look(self, url: str) -> None:
        parts = urlsplit(url)
        self.origins.add(f"{parts.scheme}://{parts.netloc}")
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.outside.append(url)


@dataclass
class Served:
    """A running ``copehope serve``."""

    process: Process
    address: str

    def page(self, notebook: str) -> str:
        """Return the address of one dashboard, with the token."""
        return f"{self.root}/voila/render/{notebook}?{self.address.partition('?')[2]}"

    @property
    def root(self) -> str:
        """Return the address of the server, without the token."""
        return self.address.partition("/?")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take pictures of pages before other tests choose something on them."""
    items.sort(key=lambda item: item.path.name != "test_pictures.py")


Serve = Callable[..., Served]
Drawn = Callable[..., Watched]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, f"install one of {', '.join(BROWSERS)}: the browser tests need it"
    # A slow machine is no defect: what is waited for comes, or never does.
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=list(QUIET))


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The pages of all tests, in one process that ends with them."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    stays = context.new_page()
    stays.route("**", lambda route: route.fulfill(body=""))
    stays.goto("http://127.0.0.1/")
    yield context
    context.close()


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    """A page that knows nothing of another test: no cookie, and nothing that a page has kept."""
    stays, page = context.pages[0], Watched(context.new_page())
    page.watch()
    yield page
    forget = context.new_cdp_session(page.page)
    for origin in page.origins:
        forget.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    context.clear_cookies()
    context.set_offline(False)
    for one in context.pages:
        if one != stays:
            one.close()


@pytest.fixture(scope="package")
def team() -> Workspace:
    """The demo team, published."""
    return demo.workspace()


def descendants(root: int) -> list[int]:
    """Every process that descends from one, from /proc, and itself first."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found = [root]
    for process in found:
        found.extend(child for child, parent in parents.items() if parent == process)
    return found


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


SERVE_SOME = """
import sys
from pathlib import Path
from copehope_lib.server import launch
chosen, ready, stage = Path(sys.argv.pop(1)), int(sys.argv.pop(1)), launch._stage
launch.dashboards = lambda: chosen
launch._stage = lambda *of: stage(*of)[:ready]
from copehope_lib.cli import main
main()
"""
"""``copehope``, which finds the dashboards in a folder that is named first, and makes as many of
them ready as is said then."""


@contextmanager
def serving(
    folder: Path, audience: str = "team", *pages: str, port: int = 0, ready: bool = True
) -> Iterator[Served]:
    """Run ``copehope serve`` until the end of the block.

    A server makes each of its pages ready before anybody asks, and again after each visit: where
    a test opens some of them only, the server has no others; where it is not ``ready``, a page is
    made when it is asked for, as for somebody who comes before it is ready.
    """
    with TemporaryDirectory() as some:
        command: list[object] = [MAIN]
        if pages or not ready:
            command = [SERVE_SOME, some, len(pages) if ready else 0]
            for page in pages or [path.name for path in dashboards().glob("*.ipynb")]:
                shutil.copy(dashboards() / page, some)
        command += ["serve", folder, "--audience", audience]
        command += ["--port", port or free_port(), "--no-browser"]
        with running(started(*command)) as served:
            yield served


@contextmanager
def running(process: Process) -> Iterator[Served]:
    """Wait for the address of a server, and end it with the block."""
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("Serving at http://127.0.0.1:"), line
        yield Served(process, line.removeprefix("Serving at ").strip())
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        process.stdout.close()


FIRST = ".ch-card, .ch-question, .ch-proposal, .ch-marked, .ch-voices"
"""What a page may show first."""
READY = """() => {
    const figures = [...document.querySelectorAll('.ch-figure:not([hidden])')];
    return document.querySelector('FIRST')
        && figures.every(figure => figure.dataset.drawn)
        && !document.documentElement.classList.contains('ch-waiting');
}""".replace("FIRST", FIRST)
"""True when every card is there and every figure drawn."""


def open_page(watched: Watched, address: str) -> Page:
    """Open a page and wait until it is drawn."""
    watched.page.goto(address)
    first = watched.page.locator(FIRST).first
    expect(first).to_be_visible(timeout=90_000)
    # Not at each frame: to draw what nobody sees takes from what is waited for.
    watched.page.wait_for_function(READY, timeout=60_000, polling=100)
    return watched.page


@pytest.fixture(scope="package")
def serve() -> Iterator[Serve]:
    """Start a server for a folder and audience, once; it runs until the end of the session.

    By day it makes a page when somebody opens it: most are looked at once.
    """
    running: dict[tuple[Path, str], Served] = {}
    with ExitStack() as stack:

        def start(folder: Path, audience: str = "team") -> Served:
            if (folder, audience) not in running:
                running[folder, audience] = stack.enter_context(
                    serving(folder, audience, ready=NIGHT)
                )
            return running[folder, audience]

        yield start


@pytest.fixture(scope="package")
def drawn(browser: Browser, serve: Serve, team: Workspace) -> Iterator[Drawn]:
    """A page of the demo team that is open already, for whoever only looks at it."""
    known: dict[tuple[str, str], Watched] = {}
    # Apart from the pages that end with their test.
    context = browser.new_context(viewport={"width": 1280, "height": 720})

    def look(notebook: str, audience: str = "team") -> Watched:
        if (notebook, audience) not in known:
            watched = known[notebook, audience] = Watched(context.new_page())
            watched.watch()
            open_page(watched, serve(team.path, audience).page(notebook))
        # A page behind another one is not drawn.
        known[notebook, audience].page.bring_to_front()
        return known[notebook, audience]

    yield look
    context.close()


@pytest.fixture(scope="package")
def served(serve: Serve, team: Workspace) -> Served:
    """The demo team as the team sees it."""
    return serve(team.path)
