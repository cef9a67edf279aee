"""How long a page takes until its first picture, against a page with one line of HTML."""

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import Browser, Page

from copehope_lib import demo
from copehope_lib.server.launch import dashboards
from tests.browser.conftest import browser, free_port

__all__ = ["browser"]

TURNS = 3
READY = 14
"""Seconds in which the next kernel is made ready, so that none is while a page is timed."""

SERVE = (
    "import sys; from pathlib import Path; from copehope_lib.server.launch import serve\n"
    "serve(Path(sys.argv[1]), 'team', port=int(sys.argv[2]), open_browser=False,"
    " notebooks=Path(sys.argv[3]))"
)
LINE = "from IPython.display import HTML; HTML('<p class=\"line\">one line</p>')"
PICTURE = ".ch-figure[data-drawn]"


@contextmanager
def serving(notebooks: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve the demo team with these notebooks; yield the address."""
    extracts = demo.workspace().extracts
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, extracts, str(free_port()), notebooks],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().removeprefix("Serving at ").strip(), process
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


def opened(page: Page, address: str, wanted: str) -> float:
    """Open a page; return the seconds until what is wanted can be seen."""
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(wanted, timeout=120_000)
    return time.perf_counter() - begin


def changed(page: Page) -> float:
    """Choose the other month; return the seconds until the picture is drawn anew."""
    drawn = page.locator(PICTURE).first.get_attribute("data-drawn")
    now = page.get_by_label("Month", exact=True).input_value()
    begin = time.perf_counter()
    page.get_by_label("Month", exact=True).select_option(index=1 if now != "1" else 0)
    page.wait_for_function(
        "before => document.querySelector('.ch-figure').dataset.drawn !== before", arg=drawn
    )
    return time.perf_counter() - begin


def private(process: int) -> int:
    """Bytes of memory that a process shares with no other."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def kernels(server: int) -> list[int]:
    """The kernels that descend from a process, oldest first."""
    table = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True,
                           check=True).stdout.splitlines()[1:]  # fmt: skip
    rows = [(int(row.split()[0]), int(row.split()[1]), row) for row in table]
    family = {server}
    for _ in range(4):
        family |= {child for child, parent, _row in rows if parent in family}
    return sorted(child for child, _, row in rows if child in family and "ipykernel" in row)


def test_a_page_is_painted_nearly_as_soon_as_one_line(notebooks: Path, browser: Browser) -> None:
    pages = {"one line": ("home", ".line"), "caseload": ("caseload", PICTURE)}
    seconds: dict[str, list[float]] = {}
    weight = {"one line": 0, "caseload": 0}
    with serving(notebooks) as (address, server):
        root, _, token = address.partition("/?")
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        context.new_page().goto(f"{root}/?{token}")
        time.sleep(READY)
        for turn in range(TURNS):
            for name, (notebook, wanted) in pages.items():
                page = context.new_page()
                if not turn:
                    page.on("response", lambda r, n=name: weight.__setitem__(
                        n, weight[n] + len(r.body()) if r.status == 200 else weight[n]
                    ))  # fmt: skip
                where = f"{root}/voila/render/{notebook}.ipynb"
                seconds.setdefault(f"{name}, warm", []).append(opened(page, where, wanted))
                if name == "caseload":
                    time.sleep(READY)
                    seconds.setdefault("another month", []).append(changed(page))
                    page_kernel = max(map(private, kernels(server.pid)))
                other = context.new_page()
                where += "?cold"
                opened(other, where, wanted)
                cold = opened(other, where, wanted)
                seconds.setdefault(f"{name}, cold", []).append(cold)
                page.close()
                other.close()
                time.sleep(READY)
        context.close()
    bare, client = start_new_kernel()
    try:
        client.execute_interactive("import pandas", timeout=60)
        bare_kernel = private(bare.provisioner.pid)
    finally:
        client.stop_channels()
        bare.shutdown_kernel(now=True)
    middle = {name: statistics.median(times) for name, times in seconds.items()}
    warm = middle["caseload, warm"] / middle["one line, warm"]
    cold = middle["caseload, cold"] / middle["one line, cold"]
    month = middle["another month"] / middle["one line, warm"]
    memory = page_kernel / bare_kernel
    print()
    print(f"first picture of caseload / one line, preheated kernel   {warm:6.2f}")
    print(f"first picture of caseload / one line, cold kernel        {cold:6.2f}")
    print(f"another month redrawn / one line, preheated kernel       {month:6.2f}")
    print(f"unique memory of a kernel / ipykernel with pandas        {memory:6.2f}")
    print(f"bytes of the page / one line     {weight['caseload'] / weight['one line']:6.2f}")
    print({name: [round(t, 2) for t in times] for name, times in seconds.items()}, weight)
    assert warm < 1.8
    assert month < 1
    assert memory < 2
