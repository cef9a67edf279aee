"""A real server, a real Chromium, and an eye on everything that leaves the page."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from copehope_lib import demo
from copehope_lib.workspace import Workspace

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class Watched:
    """A page, and what went on in it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

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
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.outside.append(url)


@dataclass
class Served:
    """A running ``copehope serve``."""

    process: subprocess.Popen[str]
    address: str

    def page(self, notebook: str) -> str:
        """Return the address of one dashboard, with the token."""
        return f"{self.root}/voila/render/{notebook}?{self.address.partition('?')[2]}"

    @property
    def root(self) -> str:
        """Return the address of the server, without the token."""
        return self.address.partition("/?")[0]


Serve = Callable[..., Served]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, f"install one of {', '.join(BROWSERS)}: the browser tests need it"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=list(QUIET))


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page in a context of its own: no cookie of another test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = Watched(context.new_page())
    page.watch()
    yield page
    context.close()


@pytest.fixture(scope="session")
def team() -> Workspace:
    """The demo team, published."""
    return demo.workspace()


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def serving(folder: Path, audience: str = "team", **environment: str) -> Iterator[Served]:
    """Run ``copehope serve`` until the end of the block."""
    command = [sys.executable, "-m", "copehope_lib.cli", "serve", str(folder)]
    command += ["--audience", audience, "--port", str(free_port()), "--no-browser"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | environment
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("Serving at http://127.0.0.1:"), line
        yield Served(process, line.removeprefix("Serving at ").strip())
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        process.stdout.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Start a server that runs until the end of the session."""
    with ExitStack() as stack:
        yield lambda folder, audience="team": stack.enter_context(serving(folder, audience))


@pytest.fixture(scope="session")
def served(serve: Serve, team: Workspace) -> Served:
    """The demo team as the team sees it."""
    return serve(team.path)
