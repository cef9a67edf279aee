"""What axe-core finds on every page, in every state: nothing serious, nothing critical."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DASHBOARDS, VIEWS, Drawn, Served, Watched, open_page
from tests.night import NIGHT, chosen

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[tuple[str, str, Any]]:
    """Return rule, impact and places of what axe-core calls serious or critical."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"], "axe-core did not run"
    return [
        (rule["id"], rule["impact"], [node["target"] for node in rule["nodes"]][:3])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("notebook", DASHBOARDS if NIGHT else ["caseload.ipynb"])
def test_a_page_has_no_serious_violation_in_light_dark_open_projected_and_narrow(
    drawn: Drawn, notebook: str
) -> None:
    page = drawn(notebook).page
    assert violations(page) == []
    summaries = page.locator("summary:visible").all()
    for summary in summaries:
        summary.click()
    assert violations(page) == []
    page.get_by_role("button", name="Dark").click()
    assert violations(page) == []
    page.get_by_role("button", name="Projector").click()
    assert violations(page) == []
    page.get_by_role("button", name="Dark").click()
    page.set_viewport_size({"width": 360, "height": 740})
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("button", name="Projector").click()
    for summary in summaries:
        summary.click()


@pytest.mark.parametrize(("notebook", "audience"), VIEWS)
def test_no_page_of_any_audience_has_one(drawn: Drawn, notebook: str, audience: str) -> None:
    assert violations(drawn(notebook, audience).page) == []


def test_a_chosen_barrier_nonsense_and_no_page_have_none_either(
    served: Served, watched: Watched
) -> None:
    address = served.page("engagement.ipynb")
    page = open_page(watched, f"{address}&barrier=work&month=2031-01&lang=ca")
    assert page.locator("p.ch-notice").count() == 1
    assert violations(page) == []
    page.goto(served.page("nothing.ipynb"))
    assert violations(page) == []


def test_while_a_page_is_being_made_it_says_so_and_has_none_either(
    served: Served, watched: Watched
) -> None:
    page = watched.page
    page.route("**/voila/static/voila.js", lambda route: route.abort())
    page.route("**/build/*.js", lambda route: route.abort())
    page.goto(served.page("caseload.ipynb"), wait_until="commit")
    expect(page.locator(".ch-header")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("notebook", chosen(DASHBOARDS[0::3], DASHBOARDS))
def test_everything_can_be_reached_by_keyboard_and_focus_is_seen(
    drawn: Drawn, notebook: str
) -> None:
    page = drawn(notebook).page
    # The first thing of a page leads past its header, and is seen once it has the focus.
    first = page.evaluate("document.querySelector('a, button, select, summary').className")
    assert first == "ch-skip"
    page.locator(".ch-skip").focus()
    expect(page.locator(".ch-skip")).to_be_in_viewport()
    reached = []
    for _ in range(120):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
            const here = document.activeElement;
            if (here === document.body) return null;
            const frame = here.closest('.widget-dropdown') ?? here;
            const style = getComputedStyle(frame);
            return [here.textContent.trim().slice(0, 30), here.tagName, style.outlineStyle,
                    parseFloat(style.outlineWidth)];
        }""")
        if state is None or (state in reached and len(reached) > 100):
            break
        reached.append(state)
    tags = [tag for _text, tag, _style, _width in reached]
    assert tags.count("SELECT") == page.locator("select").count()
    assert tags.count("SUMMARY") >= min(page.locator("summary:visible").count(), 12)
    unseen = [state for state in reached if state[2] == "none" or state[3] < 2]
    assert unseen == []


def test_a_table_and_a_download_open_with_the_keyboard(drawn: Drawn) -> None:
    page = drawn("caseload.ipynb").page
    card = page.locator(".ch-card").first
    card.get_by_text("Show the table").focus()
    page.keyboard.press("Enter")
    expect(card.locator("table.ch-data")).to_be_visible()
    card.get_by_text("Download").focus()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="CSV").focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".csv")
    for opened in ("Download", "Show the table"):
        card.get_by_text(opened).focus()
        page.keyboard.press("Enter")
    expect(card.locator("table.ch-data")).to_be_hidden()
