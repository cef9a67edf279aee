"""The site of `make docs`: nothing in it is broken, and nothing in it asks another machine."""

import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import sync_playwright

import copehope_lib
from copehope_lib.documents import chromium
from copehope_lib.notebooks.page import FIGURE
from tests.browser.conftest import QUIET

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LOADED = {
    "script": {"src"},
    "link": {"href"},
    "img": {"src", "srcset"},
    "source": {"src", "srcset"},
    "iframe": {"src"},
    "embed": {"src"},
    "object": {"data"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "form": {"action"},
    "use": {"href"},
    "image": {"href"},
}
"""What a browser asks for without being told to; an ``<a href>`` only the reader opens."""


class Read(HTMLParser):
    """What a page holds: places to jump to, links, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif (tag, name) == ("a", "href") and value:
                self.links.append(value)
            elif name in LOADED.get(tag, ()) and value:
                self.loaded.append(value)


@dataclass
class Site:
    """A folder of pages, as `make docs` leaves it."""

    folder: Path

    @cached_property
    def pages(self) -> dict[Path, Read]:
        return {
            path: Read(path.read_text(encoding="utf-8"))
            for path in sorted(self.folder.rglob("*.html"))
        }

    def broken(self) -> list[str]:
        """Return each link within the site whose file, or place in it, is not there."""
        return [
            f"{path.relative_to(self.folder)}: {link}"
            for path, page in self.pages.items()
            for link in page.links + page.loaded
            if not any(urlsplit(link)[:2]) and not self._leads(path, link)
        ]

    def _leads(self, path: Path, link: str) -> bool:
        parts = urlsplit(link)
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file() or not target.is_relative_to(self.folder):
            return False
        return not parts.fragment or unquote(parts.fragment) in self.pages[target].ids

    def outside(self) -> list[str]:
        """Return whatever is loaded from another place than the folder."""
        asked = [
            f"{path.relative_to(self.folder)}: {address}"
            for path, page in self.pages.items()
            for address in page.loaded
            if any(urlsplit(address)[:2]) and not address.startswith("data:")
        ]
        for path in [*self.folder.rglob("*.css"), *self.pages]:
            text = path.read_text(encoding="utf-8")
            found = re.findall(r"(?:@import|url\()\s*['\"]?((?:https?:)?//[^'\")\s]+)", text)
            asked += [f"{path.relative_to(self.folder)}: {address}" for address in found]
        return asked


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, built anew as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("docs").resolve()
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "--quiet", "--fresh-env"]
    built = subprocess.run(
        [*command, "-d", folder / "doctrees", ROOT / "docs", folder / "html"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not built.returncode, built.stderr
    return Site(folder / "html")


def test_every_link_leads_somewhere(site: Site) -> None:
    assert len(site.pages) > 40
    assert site.broken() == []


def test_no_page_asks_another_machine_for_anything(site: Site) -> None:
    assert site.outside() == []


@pytest.mark.parametrize(
    ("html", "broken", "outside"),
    [
        ('<a href="https://example.org">', [], []),
        ('<a href="other.html#here">', [], []),
        ('<a href="#nowhere">', ["#nowhere"], []),
        ('<a href="gone.html">', ["gone.html"], []),
        ('<img src="gone.png">', ["gone.png"], []),
        ('<a href="other.html#gone">', ["other.html#gone"], []),
        ('<a href="../../../../../etc/hosts">', ["../../../../../etc/hosts"], []),
        ('<img src="https://example.org/badge.svg">', [], ["https://example.org/badge.svg"]),
        ('<script src="//example.org/x.js">', [], ["//example.org/x.js"]),
        ('<link rel="preconnect" href="https://example.org">', [], ["https://example.org"]),
        ("<style>@import 'https://example.org/x.css'</style>", [], ["https://example.org/x.css"]),
    ],
)
def test_what_is_broken_or_outside_is_seen(
    html: str, broken: list[str], outside: list[str], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(html)
    (tmp_path / "other.html").write_text('<p id="here">')
    tried = Site(tmp_path.resolve())
    assert tried.broken() == [f"page.html: {link}" for link in broken]
    assert tried.outside() == [f"page.html: {address}" for address in outside]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_guide_shows_what_a_notebook_kept(site: Site, path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    drawn = [output for output in outputs if FIGURE in output.get("data", {})]
    page = (site.folder / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
    assert page.count('class="figure"') == len(drawn)
    assert page.count('<div class="cell_output') == sum(bool(cell.get("outputs")) for cell in cells)


def defined(module: ModuleType) -> list[str]:
    """Return the public functions and classes that a module, or one right below it, defines."""
    below = pkgutil.iter_modules(getattr(module, "__path__", []), f"{module.__name__}.")
    modules = [module, *(importlib.import_module(found.name) for found in below)]
    return [
        f"{each.__name__}.{name}"
        for each in modules
        for name, value in vars(each).items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == each.__name__
        and not name.startswith("_")
    ]


@pytest.mark.parametrize("name", copehope_lib.__all__)
def test_the_reference_has_all_that_the_library_lists(site: Site, name: str) -> None:
    listed = getattr(copehope_lib, name)
    if name == "demo":  # how its team comes about is no part of it
        names = ["copehope_lib.demo.workspace"]
    elif inspect.isclass(listed):
        names = [f"{listed.__module__}.{name}"]
    else:
        names = defined(listed)
    there = {place for page in site.pages.values() for place in page.ids}
    assert names != []
    assert [each for each in names if each not in there] == []


def test_a_page_opened_from_its_folder_draws_its_figures_and_asks_nobody(site: Site) -> None:
    asked: list[str] = []
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(QUIET))
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((site.folder / "notebooks" / "03_caseload.html").as_uri())
        page.wait_for_selector(".drawn .main-svg", timeout=60_000)
        assert page.locator("script.figure").count() == 0
        page.goto((site.folder / "search.html").as_uri() + "?q=caseload")
        page.wait_for_selector("#search-results li a", timeout=60_000)
        browser.close()
    assert errors == []
    assert {urlsplit(address).scheme for address in asked} <= {"file", "data"}
