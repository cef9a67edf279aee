"""The pages as a folder: opened from a disk, on a telephone, without a server or a network."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from copehope_lib import demo
from copehope_lib.extract import Extract
from copehope_lib.server.launch import dashboards
from copehope_lib.site import folder
from copehope_lib.workspace import Workspace
from tests.browser.conftest import READY

FIRST_PAGE = 2_500_000
"""Bytes that whoever opens a first page has to load."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages of two months as partners see them, in Spanish."""
    place = tmp_path_factory.mktemp("site")
    for month in ("2026-09", "2026-10"):
        (place / "extracts" / month).mkdir(parents=True)
        told = demo.workspace().extracts / month / "partner"
        (place / "extracts" / month / "partner").symlink_to(told)
    (place / "dashboards").mkdir()
    for name in ("home", "caseload", "needs"):
        shutil.copy(dashboards() / f"{name}.ipynb", place / "dashboards")
    extract = Extract(place / "extracts", "partner")
    folder.write(extract, place / "dashboards", place / "pages", "es")
    return place / "pages"


@pytest.fixture
def telephone(browser: Browser, site: Path) -> Iterator[tuple[Page, list[str], list[str]]]:
    """Return a page on a small screen, the addresses that it asked for, and its errors."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page, asked, errors = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda problem: errors.append(str(problem)))
    page.goto(f"{(site / 'index.html').as_uri()}")
    page.wait_for_function(READY)
    yield page, asked, errors
    context.close()


def test_a_page_opens_from_a_folder_and_asks_for_nothing_outside_it(
    telephone: tuple[Page, list[str], list[str]], site: Path
) -> None:
    page, asked, errors = telephone
    files = [url for url in asked if url.startswith("file:")]
    assert all(url.startswith(site.as_uri()) for url in files)
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
    loaded = sum(
        (site / url.partition("/pages/")[2].partition("?")[0]).stat().st_size for url in {*files}
    )
    print(f"{loaded:,} bytes of a first page")
    assert loaded <= FIRST_PAGE
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_months_choices_and_pages_follow_the_address_from_a_folder_too(
    telephone: tuple[Page, list[str], list[str]],
) -> None:
    page, _asked, errors = telephone
    page.get_by_role("link", name="Necesidades", exact=True).click()
    page.wait_for_function(READY)
    page.get_by_label("Necesidad", exact=True).select_option("food")
    page.wait_for_url("**?need=food")
    expect(page.locator(".ch-card h2").first).to_contain_text("Alimentación")
    page.get_by_label("Mes", exact=True).select_option("2026-09")
    expect(page.locator(".ch-sub")).to_contain_text("septiembre de 2026")
    page.wait_for_url("**?month=2026-09&need=food")
    address = page.url
    page.reload()
    page.wait_for_function(READY)
    assert page.url == address
    expect(page.get_by_label("Necesidad", exact=True)).to_have_value("food")
    page.get_by_role("link", name="Carga de acompañamiento", exact=True).click()
    page.wait_for_function(READY)
    expect(page.locator(".ch-sub")).to_contain_text("septiembre de 2026")
    assert errors == []


@pytest.mark.parametrize("file", ["page.js", "card.js"])
def test_a_folder_that_was_copied_in_part_says_so(
    browser: Browser, site: Path, tmp_path: Path, file: str
) -> None:
    copied = Path(shutil.copytree(site, tmp_path / "pages"))
    (copied / "copehope" / file).unlink()
    page = browser.new_page()
    page.goto((copied / "home.html").as_uri())
    expect(page.get_by_text("si la carpeta se copió entera")).to_be_visible()
    page.close()


def test_a_browser_that_is_too_old_is_told_which_are_good_enough(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page()
    page.add_init_script("delete AbortSignal.timeout")
    page.goto((site / "home.html").as_uri())
    expect(page.get_by_text("Este navegador es demasiado antiguo")).to_be_in_viewport()
    page.close()
    page = browser.new_page()
    page.goto((site / "home.html").as_uri())
    page.wait_for_function(READY)
    expect(page.get_by_text("Este navegador es demasiado antiguo")).to_be_hidden()
    page.close()


def test_the_self_check_of_a_folder_gives_her_own_result_and_takes_nothing(
    browser: Browser, two_published: Path, tmp_path: Path
) -> None:
    (tmp_path / "dashboards").mkdir()
    shutil.copy(dashboards() / "self_check.ipynb", tmp_path / "dashboards")
    extract = Extract(Workspace(two_published).extracts, "team")
    folder.write(extract, tmp_path / "dashboards", tmp_path / "pages", "it")
    page, asked = browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "pages" / "self_check.html").as_uri())
    page.locator("fieldset:visible input").first.focus()
    for _item in range(12):
        page.keyboard.press("4")
        page.keyboard.press("Enter")
    expect(page.locator(".ch-result .ch-card h2")).to_contain_text("Che cosa ti ha")
    expect(page.get_by_text("Qui il tuo risultato è solo per te")).to_be_visible()
    expect(page.locator(".ch-closing form")).to_be_hidden()
    assert not list((tmp_path / "pages").rglob("age*"))
    assert all(url.startswith((tmp_path / "pages").as_uri()) for url in asked)
    page.close()


def test_a_month_that_is_missing_is_one_sentence(
    telephone: tuple[Page, list[str], list[str]], site: Path
) -> None:
    page, _asked, _errors = telephone
    lost = site / "months" / "home-2026-09.js"
    content = lost.read_bytes()
    lost.unlink()
    try:
        page.get_by_label("Mes", exact=True).select_option("2026-09")
        expect(page.get_by_role("status").filter(has_text="la carpeta")).to_be_visible()
        expect(page.locator(".ch-sub")).to_contain_text("octubre de 2026")
    finally:
        lost.write_bytes(content)
