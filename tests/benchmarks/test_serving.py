"""How soon a page is there, for one and for many, against Dash and an empty page of Voila."""

import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from copehope_lib import demo
from copehope_lib.extract import Extract
from copehope_lib.server.launch import dashboards
from copehope_lib.site.draw import draw
from tests.browser.conftest import BROWSERS, QUIET, free_port

TURNS = 4
DASH = Path(__file__).parent / "peers" / "dash_page.py"
SERVE = (
    "import sys; from pathlib import Path; from copehope_lib.server.launch import serve\n"
    "serve(Path(sys.argv[1]), 'team', port=int(sys.argv[2]), open_browser=False,"
    " notebooks=Path(sys.argv[3]))"
)
LINE = "from IPython.display import HTML; HTML('<p class=\"line\">one line</p>')"
OURS = ".ch-figure[data-drawn]"
IDLE = 280 * 2**20
"""Bytes that a server at which nobody looks holds at most, and what started it with it."""
VIEWER = 10 * 2**20
"""Bytes that one more viewer may cost."""


@contextmanager
def serving(notebooks: Path) -> Iterator[tuple[str, int]]:
    """Serve the demo team with these notebooks; yield the address, and the process."""
    command = [sys.executable, "-c", SERVE, demo.workspace().extracts, free_port(), notebooks]
    process = subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().removeprefix("Serving at ").strip(), process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def serving_dash(pictures: Path) -> Iterator[str]:
    """Serve the same pictures with Dash, in an environment that uv makes for it."""
    port = free_port()
    uv = shutil.which("uv") or ".uv/bin/uv"
    command = [uv, "run", "--isolated", "--no-project", "--with", "dash>=4,<5", "python", DASH]
    process = subprocess.Popen([*map(str, command), pictures, str(port)])
    address = f"http://127.0.0.1:{port}/"
    try:
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caseload page, and one line in the place of the home page."""
    folder = tmp_path_factory.mktemp("notebooks")
    caseload = dashboards() / "caseload.ipynb"
    shutil.copy(caseload, folder)
    line = json.loads(caseload.read_text())
    line["cells"] = [line["cells"][2] | {"source": LINE}]
    (folder / "home.ipynb").write_text(json.dumps(line))
    return folder


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four pictures of caseload, by month, as our page draws them."""
    extract = Extract(demo.workspace().extracts, "team")
    by_month = {
        str(month): {
            card["name"]: card["views"][""]["figure"]
            for card in draw("caseload", extract, month, {})["cards"]
        }
        for month in extract.months
    }
    assert all(len(of) == 4 for of in by_month.values())
    path = tmp_path_factory.mktemp("dash") / "pictures.json"
    path.write_text(json.dumps(by_month), encoding="utf-8")
    return path


async def opened(browser: Browser, wanted: str, *addresses: str) -> float:
    """Open addresses one after the other, with an empty cache; return the seconds of the last."""
    context = await browser.new_context(viewport={"width": 1280, "height": 720})
    page = await context.new_page()
    begin = time.perf_counter()
    for address in addresses:
        begin = time.perf_counter()
        await page.goto(address, wait_until="commit")
    await page.wait_for_selector(wanted, timeout=180_000)
    took = time.perf_counter() - begin
    await context.close()
    return took


async def measured(wanted: str, *addresses: str, at_once: int = 1) -> float:
    """Return the seconds of the slowest of some who look at once."""
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        look = [opened(browser, wanted, *addresses) for _viewer in range(at_once)]
        return max(await asyncio.gather(*look))


def middle(wanted: str, *addresses: str) -> float:
    return statistics.median(asyncio.run(measured(wanted, *addresses)) for _turn in range(TURNS))


def family(process: int) -> list[int]:
    lists = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(child) for path in lists for child in path.read_text().split()]
    return [process, *(one for child in children for one in family(child))]


def memory(process: int) -> int:
    """Return the bytes that a process and all that it started hold; what is shared counts once."""
    found = 0
    for one in family(process):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        found += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return found


def test_a_page_is_there_long_before_that_of_a_peer(notebooks: Path, pictures: Path) -> None:
    with serving(notebooks) as (address, _server), serving_dash(pictures) as dash:
        root, _, token = address.partition("/?")
        caseload, line = (
            f"{root}/voila/render/{name}.ipynb?{token}" for name in ("caseload", "home")
        )
        theirs = ".js-plotly-plot .main-svg"
        # Each is asked once before, so that none is timed while it begins.
        for wanted, of in ((OURS, caseload), (theirs, dash), (".line", line)):
            asyncio.run(measured(wanted, of))
        ours, peer, empty = middle(OURS, caseload), middle(theirs, dash), middle(".line", line)
        nine = asyncio.run(measured(OURS, caseload, at_once=9))
        nine_of_peer = asyncio.run(measured(theirs, dash, at_once=9))
        many = asyncio.run(measured(OURS, caseload, at_once=25))
    print()
    print("seconds to the first picture         one    nine at once, slowest")
    print(f"Dash                              {peer:6.2f}    {nine_of_peer:6.2f}")
    print(f"a page of Voila with one line     {empty:6.2f}")
    print(f"ours                              {ours:6.2f}    {nine:6.2f}    (25: {many:.2f})")
    print(f"ours / Dash {ours / peer:.2f}, ours / empty page {ours / empty:.2f}")
    print(f"nine at once: ours / Dash {nine / nine_of_peer:.2f}")
    assert ours / peer < 0.6
    assert ours / empty < 0.65
    assert nine / nine_of_peer < 0.85


def test_a_server_that_is_looked_at_stays_small(notebooks: Path) -> None:
    with serving(notebooks) as (address, server):
        root, _, token = address.partition("/?")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        opener.open(f"{root}/voila/render/caseload.ipynb?{token}", timeout=60).close()

        def look(times: int) -> int:
            for _time in range(times):
                for path in ("voila/render/caseload.ipynb", "copehope/pages/caseload/2026-10.js"):
                    opener.open(f"{root}/{path}", timeout=60).read()
            return memory(server)

        idle = look(1)
        after = look(300)
    print()
    print(f"idle {idle / 2**20:.0f} MB, after 300 openings {after / 2**20:.0f} MB")
    assert idle <= IDLE
    assert after - idle <= VIEWER
    assert after / idle < 1.1
