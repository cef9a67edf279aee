"""Kernel, server, what started it, or the network gone while somebody types: what is kept."""

import os
import random
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from copehope_lib.files import sealing
from copehope_lib.records import store
from copehope_lib.workspace import Workspace
from tests.browser.conftest import Served, Watched, descendants, serving
from tests.browser.test_meeting import kernel, of_keys
from tests.night import NIGHT, chosen

KINDS = ("server", "kernel", "parent", "network")
KILLS = 50 if NIGHT else 1
"""Of each kind."""
BEHIND = 2.0
"""Seconds before the page was left or given back its server: what is older has to be there."""
KEY = sealing.new_key()


class Room:
    """A team whose server can be killed, and comes again at the same address."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            self.port = int(place.getsockname()[1])
        self.served = self.start()

    def start(self) -> Served:
        """Start the server once the port is free."""
        while True:
            with socket.socket() as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if trial.connect_ex(("127.0.0.1", self.port)):
                    break
            time.sleep(0.1)
        one = serving(self.folder, "supervision", "supervision.ipynb", port=self.port, ready=NIGHT)
        self.served = self.stack.enter_context(one)
        return self.served

    def texts(self) -> list[str]:
        """What stands in the record, opened with the key of the supervisor."""
        record = store.open_record(self.folder / "records" / "2026-10", KEY).record
        return [entry.words.get("text", "") for entry in record.entries.values()]


@pytest.fixture(scope="module")
def room(team: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with ExitStack() as stack:
        folder = of_keys(team, tmp_path_factory.mktemp("kills") / "team", list(KEY.public))
        yield Room(folder, stack)


def kill(kind: str, page: Page, room: Room) -> None:
    if kind == "network":
        page.context.set_offline(True)
        return
    root = room.served.process.pid
    victim = {"server": descendants(root)[1], "parent": root}.get(kind) or kernel(page, room.served)
    os.kill(victim, signal.SIGKILL)


def recover(kind: str, page: Page, room: Room) -> None:
    """Do what a team would: start again what died, and open the page at its address."""
    if kind == "network":
        page.context.set_offline(False)
        return
    if kind != "kernel":
        room.served.process.wait(timeout=60)
        room.start()
    page.goto(room.served.page("supervision.ipynb"))


def waiting(page: Page) -> int:
    """How many texts the browser keeps that are not yet in the workspace."""
    asked = """() => new Promise((done) => {
        const opened = indexedDB.open("copehope");
        opened.onsuccess = () => {
            const all = opened.result.transaction("pages").objectStore("pages").count();
            all.onsuccess = () => done(all.result);
        };
    })"""
    return int(page.evaluate(asked))


def type_on(page: Page, typed: list[tuple[float, str]], seconds: float) -> None:
    """Type without a rest, and note what stood there when."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        word = f" {len(typed)}"
        page.keyboard.type(word, delay=15)
        typed.append((time.monotonic(), typed[-1][1] + word))


# By day a kernel is killed in the tests of the meeting, and the network gone in the next test.
@pytest.mark.parametrize("kind", chosen(("server", "parent"), KINDS))
def test_whatever_is_killed_while_somebody_types_nothing_older_than_two_seconds_is_lost(
    kind: str, room: Room, watched: Watched
) -> None:
    luck = random.Random(kind)  # noqa: S311
    page = watched.page
    for number in range(KILLS):
        page.goto(room.served.page("supervision.ipynb"))
        area = page.locator("textarea").first
        expect(area).to_be_enabled(timeout=90_000)
        expect(page.locator(".ch-kept").first).to_be_attached()
        page.wait_for_function("() => import('/voila/static/outbox.js').then((o) => o.ready())")
        area.focus()
        text = f"{kind} {number}:"
        page.keyboard.type(text)
        typed = [(time.monotonic(), text)]
        type_on(page, typed, luck.uniform(1.0, 4.0))
        kill(kind, page, room)
        type_on(page, typed, luck.uniform(0.5, 3.0))
        left = time.monotonic()
        recover(kind, page, room)
        for _look in range(300):
            if not waiting(page):
                break
            time.sleep(0.1)
        # Whoever began to type less than two seconds before has nothing that is due.
        due = max((said for at, said in typed if at < left - BEHIND), key=len, default="")
        kept = [said for said in room.texts() if said.startswith(f"{kind} {number}:")]
        assert len(kept) <= 1
        assert "".join(kept).startswith(due), (kept, due)
        assert typed[-1][1].startswith("".join(kept))


def test_a_page_says_that_nothing_is_kept_and_then_that_all_is(
    room: Room, watched: Watched
) -> None:
    page = watched.page
    page.goto(room.served.page("supervision.ipynb"))
    area, bar = page.locator("textarea").first, page.locator("#ch-bar")
    expect(area).to_be_enabled(timeout=90_000)
    area.fill("Kept")
    expect(page.locator(".ch-kept").first).to_contain_text("kept ")
    expect(bar).to_be_hidden()
    page.context.set_offline(True)
    area.fill("Not yet")
    expect(bar).to_contain_text("Not kept since ")
    expect(page.locator(".ch-kept").first).to_have_text("")
    page.context.set_offline(False)
    expect(bar).to_be_hidden()
    expect(page.locator(".ch-kept").first).to_contain_text("kept ")
    assert "Not yet" in room.texts()


def test_a_page_whose_kernel_has_died_says_so_in_our_words_and_starts_again_by_one_button(
    room: Room, watched: Watched
) -> None:
    page = watched.page
    page.goto(room.served.page("supervision.ipynb"))
    expect(page.locator("textarea").first).to_be_enabled(timeout=90_000)
    os.kill(kernel(page, room.served), signal.SIGKILL)
    bar = page.locator("#ch-bar")
    expect(bar).to_contain_text("has stopped answering")
    broken = page.locator(".jupyter-widgets-disconnected").first
    mark = "(node) => getComputedStyle(node, '::before').display"
    assert broken.evaluate(mark) == "none"
    with page.expect_navigation(timeout=90_000):
        bar.get_by_role("button", name="Start again").click()
    expect(page.locator("textarea").first).to_be_enabled(timeout=90_000)
    expect(bar).to_be_hidden()
    # Where nothing answers the page stays, with all that stands on it.
    os.kill(kernel(page, room.served), signal.SIGKILL)
    expect(bar).to_contain_text("has stopped answering")
    page.context.set_offline(True)
    bar.get_by_role("button", name="Start again").click()
    expect(bar).to_contain_text("There is no answer yet")
    expect(page.locator("textarea").first).to_be_visible()
