"""The dashboards, as someone looks at them and works with them."""

import json
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from copehope_lib import language, months
from copehope_lib.extract import Extract
from copehope_lib.workspace import Workspace
from tests.browser.conftest import DASHBOARDS, VIEWS, Drawn, Served, Watched, open_page, serving
from tests.night import NIGHT, chosen, sample

CHOSEN = {
    "engagement.ipynb": ("Barrier", "Childcare", "barrier=childcare"),
    "itineraries.ipynb": ("Area", "Work", "area=work"),
    "needs.ipynb": ("Need", "Food", "need=food"),
    "practice.ipynb": ("Check", "Goals that are her own", "check=goals_hers"),
}


def figures(page: Page) -> list[str]:
    """What is drawn in each figure of a page: its shapes and words."""
    drawn: list[str] = page.evaluate("""() => [...document.querySelectorAll('.ch-figure')].map(
        figure => [...figure.querySelectorAll('path, text')].map(
            part => (part.getAttribute('d') || part.textContent) + part.getAttribute('style')
        ).join('|'))""")
    return drawn


def readings(page: Page) -> list[str]:
    return page.locator(".ch-card h2").all_inner_texts()


@pytest.mark.parametrize(
    ("notebook", "audience"), [view for view in VIEWS if view[0] in DASHBOARDS]
)
def test_every_page_draws_without_an_error_and_nothing_leaves_the_machine(
    drawn: Drawn, notebook: str, audience: str
) -> None:
    watched = drawn(notebook, audience)
    page = watched.page
    shown = page.locator(".ch-figure:not([hidden])")
    assert shown.count() >= 2
    assert page.locator(".ch-figure:not([hidden]) .main-svg").count() >= shown.count()
    assert all(text.endswith(".") for text in readings(page))
    assert page.get_by_role("alert").count() == 0
    assert watched.errors == []
    assert watched.outside == []


@pytest.mark.parametrize("notebook", chosen(DASHBOARDS[0::3], DASHBOARDS))
def test_the_month_changes_figures_readings_and_the_address(
    drawn: Drawn, team: Workspace, notebook: str
) -> None:
    watched = drawn(notebook)
    page = watched.page
    first, *_, last = Extract(team.extracts, "team").months
    expect(page.locator(".ch-sub")).to_contain_text(months.name(last))
    before, said = figures(page), readings(page)
    page.get_by_label("Month", exact=True).select_option(months.name(first))
    expect(page.locator(".ch-sub")).to_contain_text(months.name(first))
    page.wait_for_url(f"**?month={first}*")
    expect(page.locator(".ch-card h2").first).not_to_have_text(said[0])
    assert readings(page) != said
    page.get_by_role("button", name="Reset").click()
    expect(page.locator(".ch-card h2").first).to_have_text(said[0])
    page.wait_for_function("!location.search.includes('month')")
    page.wait_for_function(
        "n => [...document.querySelectorAll('.ch-figure path')].length > n", arg=10
    )
    assert len(figures(page)) == len(before)
    assert watched.errors == []


def test_the_month_can_be_changed_with_the_keyboard_alone(drawn: Drawn) -> None:
    page = drawn("engagement.ipynb").page
    shown = page.locator(".ch-sub").inner_text()
    page.get_by_label("Month", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ch-sub")).not_to_have_text(shown)
    page.get_by_role("button", name="Reset").click()
    expect(page.locator(".ch-sub")).to_have_text(shown)


@pytest.mark.parametrize("notebook", sample(CHOSEN))
def test_a_choice_stands_in_the_address_and_who_is_sent_it_sees_the_same(
    drawn: Drawn, served: Served, watched: Watched, notebook: str
) -> None:
    token = served.address.partition("?")[2]
    label, choice, query = CHOSEN[notebook]
    page = drawn(notebook).page
    said = readings(page)
    page.get_by_label(label, exact=True).select_option(choice)
    page.wait_for_url(f"**?{query}")
    changed = [now for now, old in zip(readings(page), said, strict=True) if now != old]
    assert any(text.startswith(choice) for text in changed), changed
    told = readings(page)
    address = page.url
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function("!location.search")
    again = open_page(watched, f"{address}&{token}")
    assert readings(again) == told
    chosen = again.get_by_label(label, exact=True)
    text = chosen.evaluate("box => box.selectedOptions[0].text")
    assert text.replace("\u00a0", " ") == choice
    assert watched.errors == []
    assert watched.outside == []


def test_a_click_on_a_bar_chooses_it_and_another_takes_it_back(
    drawn: Drawn,
) -> None:
    watched = drawn("engagement.ipynb")
    page = watched.page
    card = page.locator(".ch-card", has=page.get_by_text("were named most"))
    card.locator(".barlayer .point path").first.click(force=True)
    page.wait_for_url("**?barrier=*")
    expect(page.get_by_label("Barrier", exact=True)).not_to_have_value("All")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function("!location.search.includes('barrier')")
    assert watched.errors == []


@pytest.mark.parametrize("notebook", chosen(DASHBOARDS[1::3], DASHBOARDS))
def test_above_each_figure_stands_a_sentence_and_behind_it_its_table(
    drawn: Drawn, notebook: str
) -> None:
    page = drawn(notebook).page
    for card in page.locator(".ch-card:has(.ch-figure:not([hidden]))").all():
        sentence = card.locator("h2").inner_text()
        assert sentence.endswith(".")
        figure = card.locator(".ch-figure")
        assert figure.get_attribute("role") == "img"
        assert figure.get_attribute("aria-label") == sentence
        expect(card.locator("table.ch-data")).to_be_hidden()
        card.get_by_text("Show the table").click()
        expect(card.locator("table.ch-data")).to_be_visible()
        assert card.locator("tbody tr").count() >= 1
        card.get_by_text("Show the table").click()


def test_the_table_of_the_loads_is_the_published_one(drawn: Drawn, team: Workspace) -> None:
    page = drawn("caseload.ipynb").page
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


def test_who_may_see_this_is_on_the_page_and_links_keep_month_and_language(
    served: Served, watched: Watched
) -> None:
    page = watched.page
    page.goto(served.address)
    page.wait_for_url("**/home.ipynb*")
    expect(page.locator(".ch-figure[data-drawn]").first).to_be_visible(timeout=60_000)
    assert "token" not in page.url
    expect(page.locator(".ch-badge")).to_contain_text(
        "Team view · groups only, counts under 3 hidden"
    )
    expect(page).to_have_title("Month · Copehope")
    page.get_by_label("Month", exact=True).select_option("September 2026")
    page.wait_for_url("**?month=2026-09*")
    page.get_by_role("link", name="Engagement", exact=True).first.click()
    page.wait_for_url("**/engagement.ipynb?month=2026-09*")
    expect(page).to_have_title("Engagement · Copehope")
    expect(page.locator(".ch-sub")).to_contain_text("September 2026", timeout=60_000)
    assert watched.errors == []
    assert watched.outside == []


def test_a_card_of_the_month_leads_to_the_page_that_tells_more(
    drawn: Drawn,
) -> None:
    page = drawn("home.ipynb").page
    with page.context.expect_page() as opened:
        page.locator(".ch-more", has_text="Needs").click(modifiers=["Control"])
    opened.value.wait_for_url("**/needs.ipynb*", wait_until="commit")
    expect(opened.value).to_have_title("Needs · Copehope")
    opened.value.close()


def test_partners_see_no_professional(drawn: Drawn) -> None:
    page = drawn("caseload.ipynb", "partner").page
    assert "P-0" not in page.locator("body").inner_text()
    expect(page.locator(".ch-badge")).to_contain_text("counts under 10 hidden")


@pytest.mark.parametrize(("code", "month", "title"), sample([
    ("es", "Mes", "Participación"), ("ca", "Mes", "Participació"),
    ("it", "Mese", "Partecipazione"),
]))  # fmt: skip
def test_the_switch_changes_the_language_of_the_whole_page(
    drawn: Drawn, code: str, month: str, title: str
) -> None:
    page = drawn("engagement.ipynb").page
    english = set(readings(page))
    link = page.get_by_role("navigation", name="Languages").get_by_text(code, exact=True)
    # In a tab of its own: the page stays as it is for whoever looks at it next.
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    watched = Watched(opened.value)
    watched.watch()
    page = watched.page
    page.wait_for_url(f"**?lang={code}")
    expect(page.locator("h1")).to_have_text(title, timeout=60_000)
    assert page.locator("html").get_attribute("lang") == code
    expect(page).to_have_title(f"{title} · Copehope")
    expect(page.get_by_label(month, exact=True)).to_be_visible()
    assert not english & set(readings(page))
    text = page.locator("body").inner_text()
    spoken = language.catalog(code)
    for sentence in ("Show the table", "What this does not say", "Projector", "Reset"):
        assert spoken.gettext(sentence) in text
        assert sentence == spoken.gettext(sentence) or sentence not in text
    if NIGHT:
        page.locator(".ch-languages, nav").get_by_text("en", exact=True).first.click()
        expect(page.locator("h1")).to_have_text("Engagement", timeout=60_000)
    assert watched.errors == []
    page.close()


@pytest.mark.night("test_the_switch_changes_the_language_of_the_whole_page")
def test_a_page_in_the_language_of_its_team_speaks_it_throughout(
    watched: Watched, small: Workspace
) -> None:
    settings = small.path / "copehope.toml"
    settings.write_text(settings.read_text().replace('language = "en"', 'language = "it"'))
    from copehope_lib.privacy.publish import publish

    italian = Workspace(small.path)
    tables = italian.tables()
    publish(italian, tables, tables.months[-1])
    with serving(small.path, "supervision", "engagement.ipynb", ready=NIGHT) as served:
        page = open_page(watched, served.page("engagement.ipynb"))
        assert page.locator("html").get_attribute("lang") == "it"
        expect(page.get_by_label("Mese", exact=True)).to_be_visible()
        assert "This" not in page.locator("body").inner_text()


def test_a_figure_and_its_table_can_be_downloaded_with_what_they_are_of(
    drawn: Drawn, tmp_path: Path
) -> None:
    watched = drawn("engagement.ipynb")
    card = watched.page.locator(".ch-card", has=watched.page.get_by_text("were named most"))
    card.get_by_text("Download").click()
    begins = {"SVG": b"<svg", "PNG": b"\x89PNG", "CSV": b"Barr"}
    for label, begin in begins.items():
        with watched.page.expect_download() as waiting:
            card.get_by_role("button", name=label).click()
        name = waiting.value.suggested_filename
        assert name == f"copehope-engagement-barriers-2026-10-team.{label.lower()}"
        waiting.value.save_as(tmp_path / name)
        content = (tmp_path / name).read_bytes()
        assert content.startswith(begin)
        if label in ("SVG", "CSV"):
            for words in ("October 2026", "Team view", "counts under 3 hidden"):
                assert words in content.decode()
    card.get_by_text("Download").click()
    assert watched.outside == []
    assert watched.errors == []


def test_all_tables_of_a_month_are_one_workbook(drawn: Drawn, tmp_path: Path) -> None:
    page = drawn("engagement.ipynb").page
    with page.expect_download() as waiting:
        page.get_by_role("link", name="All tables of the month (Excel)").click()
    assert waiting.value.suggested_filename == "copehope-2026-10-team.xlsx"
    waiting.value.save_as(tmp_path / "all.xlsx")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames[:4] == ["About", "The month", "Caseload", "Engagement"]
    said = [str(cell) for row in book["Engagement"].iter_rows(values_only=True) for cell in row]
    assert "Women’s groups" in said
    assert any("October 2026" in text and "counts under 3 hidden" in text for text in said)


def test_a_page_can_be_printed(drawn: Drawn) -> None:
    page = drawn("caseload.ipynb").page
    pdf = page.pdf(print_background=True)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
    page.emulate_media(media="print")
    expect(page.locator(".ch-controls")).to_be_hidden()
    expect(page.locator(".ch-tools")).to_be_hidden()
    expect(page.locator(".ch-badge")).to_be_visible()
    page.emulate_media(media="screen")


def test_dark_is_kept_and_pictures_follow(drawn: Drawn, served: Served) -> None:
    page = drawn("caseload.ipynb").page
    light = figures(page)
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    page.wait_for_function(
        "() => document.querySelector('.bars path').style.fill !== 'rgb(31, 111, 120)'"
    )
    assert figures(page) != light
    later = page.context.new_page()
    later.goto(served.page("caseload.ipynb"), wait_until="commit")
    expect(later.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    later.close()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")


def test_on_a_projector_everything_is_larger_and_the_address_says_so(drawn: Drawn) -> None:
    page = drawn("caseload.ipynb").page
    size = "() => parseFloat(getComputedStyle(document.querySelector('.ch-card h2')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Projector").click()
    assert page.evaluate(size) >= 1.4 * before
    assert "view=projector" in page.url
    page.wait_for_function(
        "() => parseFloat(document.querySelector('.ch-figure text').style.fontSize) >= 18"
    )
    page.get_by_role("button", name="Projector").click()
    assert "projector" not in page.url


@pytest.mark.parametrize("notebook", chosen(DASHBOARDS[2::3], DASHBOARDS))
def test_a_page_is_never_wider_than_its_window(drawn: Drawn, notebook: str) -> None:
    page = drawn(notebook).page
    # 640 pixels are a window of 1280 at 200 %.
    for width in (360, 640, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        # Figures follow the window a moment later.
        page.wait_for_function(
            "width => document.documentElement.scrollWidth <= width", arg=width, timeout=10_000
        )


@pytest.mark.parametrize(
    "query",
    sample(["month=2031-01", "month=%3Cscript%3Ealert(1)%3C/script%3E&barrier=%00", "%%%&=&month",
            "lang=xx&month=2026-09&view=1", "barrier=" + "x" * 3000]),
)  # fmt: skip
def test_nonsense_in_an_address_leaves_a_page_that_works(
    served: Served, watched: Watched, query: str
) -> None:
    page = open_page(watched, f"{served.page('engagement.ipynb')}&{query}")
    assert page.locator(".ch-card").count() == 6
    notices = page.locator("p.ch-notice").all_inner_texts()
    assert len(notices) == (1 if "2031" in query or "barrier" in query else 0)
    page.get_by_label("Month", exact=True).select_option("June 2026")
    expect(page.locator(".ch-sub")).to_contain_text("June 2026")
    assert watched.errors == []


def spoil(folder: Path, what: str) -> None:
    for path in folder.rglob("*/team/*"):
        if what == "damaged" and path.name.startswith("engagement.barriers"):
            path.write_bytes(b"damaged")
        if what == "newer" and path.name == "manifest.json":
            path.write_text(json.dumps(json.loads(path.read_text()) | {"extract_version": 99}))


def test_a_damaged_file_is_a_sentence_on_its_card_and_the_others_stand(
    watched: Watched, published: Workspace
) -> None:
    spoil(published.extracts, "damaged")
    with serving(published.path, "team", "engagement.ipynb", ready=NIGHT) as served:
        page = open_page(watched, served.page("engagement.ipynb"))
        text = page.locator("body").inner_text()
        assert text.count("which lays it there again") == 1
        assert "Traceback" not in text
        assert page.locator(".ch-card").count() == 6
        assert watched.errors == []
