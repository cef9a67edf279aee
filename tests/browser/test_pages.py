"""The dashboards, as someone looks at them."""

import pytest
from playwright.sync_api import Page, expect

from copehope_lib import month as months
from copehope_lib.extract import Extract
from copehope_lib.workspace import Workspace
from tests.browser.conftest import Serve, Served, Watched

NOTEBOOKS = ["caseload.ipynb", "engagement.ipynb"]
DRAWN = ".ch-figure .js-plotly-plot .main-svg:first-child"
SHAPES = """() => [...document.querySelectorAll('.ch-figure .js-plotly-plot')].map(figure =>
    [...figure.querySelectorAll('path, text')].map(
        part => (part.getAttribute('d') || part.textContent) + part.getAttribute('style')
    ).join('|'))"""


def open_page(watched: Watched, address: str) -> Page:
    watched.page.goto(address)
    expect(watched.page.locator(DRAWN)).to_have_count(3, timeout=60_000)
    return watched.page


def wait_until_redrawn(page: Page, before: list[str], figures: list[int]) -> None:
    page.wait_for_function(
        f"([before, figures]) => {{ const now = ({SHAPES})();"
        " return now.length === before.length && figures.every(n => now[n] !== before[n]) }",
        arg=[before, figures],
    )


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_figures_draw_without_an_error_and_nothing_leaves_the_machine(
    served: Served, watched: Watched, notebook: str
) -> None:
    page = open_page(watched, served.page(notebook))
    assert all(len(shapes) > 200 for shapes in page.evaluate(SHAPES))
    assert watched.errors == []
    assert watched.outside == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_the_month_picker_changes_figures_and_readings(
    served: Served, watched: Watched, team: Workspace, notebook: str
) -> None:
    page = open_page(watched, served.page(notebook))
    first, *_, last = Extract(team.extracts, "team").months
    expect(page.locator(".ch-sub")).to_have_text(months.name(last))
    before, said = page.evaluate(SHAPES), page.locator(".ch-card h2").all_inner_texts()
    page.get_by_label("Month").select_option(months.name(first))
    expect(page.locator(".ch-sub")).to_have_text(months.name(first))
    wait_until_redrawn(page, before, [0, 1])
    assert page.locator(".ch-card h2").all_inner_texts() != said
    assert watched.errors == []
    assert watched.outside == []


def test_the_month_can_be_changed_with_the_keyboard_alone(
    served: Served, watched: Watched
) -> None:
    page = open_page(watched, served.page("engagement.ipynb"))
    shown = page.locator(".ch-sub").inner_text()
    page.get_by_label("Month").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ch-sub")).not_to_have_text(shown)


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_above_each_figure_stands_a_sentence_and_behind_it_its_table(
    served: Served, watched: Watched, notebook: str
) -> None:
    page = open_page(watched, served.page(notebook))
    for card in page.locator(".ch-card").all():
        assert card.locator("h2").inner_text().endswith(".")
        expect(card.locator("table.ch-data")).to_be_hidden()
        card.get_by_text("Show the table").click()
        expect(card.locator("table.ch-data")).to_be_visible()
        assert card.locator("tbody tr").count() >= 2


def test_the_table_of_the_loads_is_the_published_one(
    served: Served, watched: Watched, team: Workspace
) -> None:
    page = open_page(watched, served.page("caseload.ipynb"))
    extract = Extract(team.extracts, "team")
    loads = extract.table("caseload.load", extract.months[-1])
    rows = page.locator(".ch-card").first.locator("tbody tr")
    shown = [row.locator("th, td").all_text_contents()[:2] for row in rows.all()]
    expected = [
        [code, "hidden" if hidden else str(women)]
        for code, women, hidden in zip(
            loads["professional"], loads["women"], loads["women"].isna(), strict=True
        )
    ]
    assert shown == expected


def test_who_may_see_this_is_on_the_page_and_links_lead_to_the_other_dashboards(
    served: Served, watched: Watched
) -> None:
    page = open_page(watched, served.address)
    assert "token" not in page.url
    badge = "Team view · groups only, counts under 3 hidden"
    expect(page.locator(".ch-badge")).to_contain_text(badge)
    expect(page).to_have_title("Caseload · Copehope")
    page.get_by_role("link", name="Engagement").click()
    expect(page).to_have_title("Engagement · Copehope")
    expect(page.locator(DRAWN)).to_have_count(3, timeout=60_000)
    assert watched.errors == []
    assert watched.outside == []


def test_partners_see_no_professional(serve: Serve, watched: Watched, team: Workspace) -> None:
    page = watched.page
    page.goto(serve(team.path, "partner").page("caseload.ipynb"))
    expect(page.locator(DRAWN)).to_have_count(2, timeout=60_000)
    assert "P-0" not in page.locator("body").inner_text()
    expect(page.locator(".ch-badge")).to_contain_text("counts under 10 hidden")
    assert watched.errors == []
    assert watched.outside == []


def test_a_page_in_another_language_speaks_it_throughout(
    serve: Serve, watched: Watched, small: Workspace
) -> None:
    settings = small.path / "copehope.toml"
    settings.write_text(settings.read_text().replace('language = "en"', 'language = "it"'))
    from copehope_lib.privacy.publish import publish

    italian = Workspace(small.path)
    tables = italian.tables()
    publish(italian, tables, tables.months[-1])
    page = open_page(watched, serve(small.path, "supervision").page("engagement.ipynb"))
    assert page.locator("html").get_attribute("lang") == "it"
    expect(page.get_by_label("Mese")).to_be_visible()
    assert "This" not in page.locator("body").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_is_never_wider_than_its_window(
    served: Served, watched: Watched, width: int
) -> None:
    watched.page.set_viewport_size({"width": width, "height": 740})
    page = open_page(watched, served.page("engagement.ipynb"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
