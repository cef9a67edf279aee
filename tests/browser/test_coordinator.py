"""A coordinator's first quarter of an hour: a month from her own sheet to files, in a window."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import READY, Watched
from tests.browser.test_accessible import AXE
from tests.coordinator.conftest import Coordinator, opened, own_workbook
from tests.importing import her_sheets

WIDE, NARROW = {"width": 1280, "height": 720}, {"width": 360, "height": 740}


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Coordinator]:
    with opened(tmp_path / "home") as one:
        yield one


@pytest.fixture
def window(browser: Browser, coordinator: Coordinator) -> Iterator[Watched]:
    """The window that the command opens, with an eye on what leaves it."""
    context = browser.new_context(viewport=WIDE, locale="en")  # type: ignore[arg-type]
    watched = Watched(context.new_page())
    watched.watch()
    watched.page.goto(coordinator.address)
    yield watched
    context.close()


def fits(page: Page) -> None:
    """Nothing is wider than a telephone, and axe finds nothing in the page either way."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # What tests with goes in from outside, past what a page of ours may load.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
        assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text)


def drop(page: Page, book: Path) -> None:
    """Drop a file as from a folder."""
    page.evaluate(
        """([name, content]) => {
            const dropped = new DataTransfer();
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            dropped.items.add(new File([bytes], name));
            const kind = {dataTransfer: dropped, bubbles: true, cancelable: true};
            document.querySelector(".co-drop").dispatchEvent(new DragEvent("drop", kind));
        }""",
        [book.name, b64encode(book.read_bytes()).decode()],
    )


def test_a_first_month_from_her_own_sheet_to_files_without_a_terminal(
    window: Watched, coordinator: Coordinator, tmp_path: Path
) -> None:
    page = window.page
    heading(page, "Which team is it?")
    fits(page)
    page.get_by_label("How it is called").fill("Barcelona")
    page.get_by_role("button", name="Make it").click()
    heading(page, "Bring in the sheets of your team")
    fits(page)
    drop(page, own_workbook(tmp_path / "team.xlsx"))
    heading(page, "team.xlsx: 11 tables")
    fits(page)
    meant = page.get_by_label("“Piso” × 1 means")
    expect(meant).to_have_value("shared_flat")
    meant.select_option("own_home")
    expect(page.get_by_role("cell", name="Her own home")).to_have_count(1)
    expect(meant).to_be_focused()
    page.reload()
    expect(meant).to_have_value("own_home")
    page.get_by_role("button", name="Take it, and remember for next month").click()
    heading(page, "Nothing to mend.")
    fits(page)
    page.get_by_role("link", name="Next: look at the draft").click()
    page.get_by_label("Month").select_option("2026-10")
    page.get_by_role("button", name="Make the draft").click()
    heading(page, "The draft of October 2026")
    unconfined = page.get_by_role("checkbox")
    if unconfined.count():
        unconfined.check()
    page.get_by_role("button", name="Open the pages of the draft").click()
    with page.context.expect_page() as waiting:
        page.get_by_role("link", name="Look at the pages").click()
    draft = waiting.value
    draft.wait_for_function(READY)
    expect(draft.locator(".ch-mark")).to_contain_text("Barcelona")
    draft.close()
    fits(page)
    page.get_by_role("button", name="End them").click()
    page.get_by_role("link", name="Next: close October 2026").click()
    heading(page, "Close October 2026?")
    fits(page)
    page.get_by_role("button", name="Close October 2026").click()
    heading(page, "October 2026 is closed.")
    page.go_back()
    page.go_forward()
    heading(page, "October 2026 is closed.")
    page.get_by_role("link", name="Next: hand out").click()
    fits(page)
    page.get_by_role("button", name="Write the pages").click()
    expect(page.get_by_role("button", name="Open it")).to_be_visible(timeout=120_000)
    expect(page.locator("dd")).to_contain_text("(site, team)")
    first = next((coordinator.home / "Documents").glob("*/index.html"))
    files = page.context.new_page()
    files.goto(first.as_uri())
    files.wait_for_function(READY)
    expect(files.locator(".ch-mark")).to_contain_text("Barcelona")
    assert (window.errors, window.outside) == ([], [])
    # The files hold the month of the team open no longer than its window.
    page.close()
    assert coordinator.process.wait(timeout=60) == 0


def test_answers_are_given_by_keyboard_alone(window: Watched, tmp_path: Path) -> None:
    page = window.page
    page.get_by_label("How it is called").focus()
    page.keyboard.type("Casa")
    page.keyboard.press("Enter")
    heading(page, "Bring in the sheets of your team")
    page.set_input_files("#files", her_sheets.write(tmp_path / "marta.xlsx", her_sheets.MARTA))
    heading(page, "marta.xlsx: 4 tables")
    year = page.get_by_label("“1990?” × 1 means")
    for _key in range(60):
        page.keyboard.press("Tab")
        if year.evaluate("(field) => field === document.activeElement"):
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("1991")
    page.keyboard.press("Enter")
    expect(page.locator(".co-busy")).to_be_hidden()
    expect(year).to_be_focused()
    for _key in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "passphrase":
            break
    page.keyboard.type("one two three")
    page.keyboard.press("Tab")
    page.keyboard.type("one two three")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mend")
    registry = tmp_path / "home" / "Documents" / "Casa" / "registry"
    assert ",1991," in (registry / "women.csv").read_text(encoding="utf-8")
    assert window.errors == []


def test_a_page_whose_command_has_ended_says_so(window: Watched, coordinator: Coordinator) -> None:
    expect(window.page.locator("h1")).to_be_visible()
    coordinator.process.terminate()
    expect(window.page.get_by_text("The command has ended")).to_be_visible()
