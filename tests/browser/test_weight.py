"""What a page weighs: its own assets, and plotly.js once and then from the cache."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

from copehope_lib import theme
from tests.browser.conftest import Served, Watched, open_page

PACKAGE = Path(__file__).parent / "node_modules" / "plotly.js-cartesian-dist-min"
STATIC = Path(theme.__file__).parent / "voila" / "templates" / "copehope" / "static"
OWN = 100_000
"""Bytes of our own files at most, besides plotly.js: fonts, styles, scripts."""


def test_plotly_is_the_file_of_the_npm_package() -> None:
    assert theme.plotly_script() == (PACKAGE / "plotly-cartesian.min.js").read_bytes()


Visit = tuple[Watched, list[str], dict[str, int]]
"""A page that was opened, what it asked for, and the sizes of that."""


@pytest.fixture(scope="module")
def visit(served: Served, browser: Browser) -> Iterator[Visit]:
    """Open the page of the month, with nothing in the cache."""
    context = browser.new_context()
    watched = Watched(context.new_page())
    asked: list[str] = []
    sizes: dict[str, int] = {}

    def note(response: Response) -> None:
        path = response.url.partition("?")[0].removeprefix(served.root)
        if "/voila/static/" in path or "/voila/render/" in path:
            asked.append(path)
            sizes[path] = len(response.body())

    watched.page.on("requestfinished", lambda request: note(request.response()))
    open_page(watched, served.page("home.ipynb"))
    yield watched, asked, sizes
    context.close()


def test_no_widget_sends_plotly_over_the_kernels_socket(served: Served, watched: Watched) -> None:
    received: list[int] = []
    watched.page.on("websocket", lambda socket: socket.on(
        "framereceived", lambda frame: received.append(len(frame))
    ))  # fmt: skip
    open_page(watched, f"{served.page('home.ipynb')}&live=1")
    assert 0 < sum(received) < 1_500_000


def test_our_own_assets_are_light_and_plotly_travels_once(visit: Visit) -> None:
    watched, asked, sizes = visit
    page = watched.page
    plotly = [path for path in asked if "plotly" in path]
    assert len(plotly) == 1
    ours = {path.name for path in STATIC.rglob("*") if path.is_file()}
    own = {
        path: size
        for path, size in sizes.items()
        if "plotly" not in path and (path.rpartition("/")[2] in ours or "/render/" in path)
    }
    print(*(f"{size:>9,} {path}" for path, size in sorted(own.items())), sep="\n")
    print(f"{sum(sizes.values()) - sum(own.values()):>9,} plotly.js, and what Voila brings")
    assert len(own) >= 3
    assert sum(own.values()) < OWN
    page.get_by_role("link", name="Needs", exact=True).first.click()
    page.wait_for_url("**/needs.ipynb*")
    page.wait_for_selector(".ch-figure[data-drawn]", timeout=60_000)
    moved = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(e => e.name.includes('plotly-cartesian')).map(e => e.transferSize)"
    )
    # A revalidation moves its headers, not the script.
    assert len(moved) == 1
    assert moved[0] < 2_000
