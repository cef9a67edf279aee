"""Panels without a browser: set a trait, look at the cards."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
import traitlets

from copehope_lib import demo, language, months, pages
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.panels.cards import CARDS
from copehope_lib.panels.cards import panel as panel_of
from copehope_lib.panels.panel import Panel
from copehope_lib.panels.state import CHOICES, State
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.publish import publish
from copehope_lib.readings import READINGS
from copehope_lib.workspace import Workspace
from tests.night import NIGHT, chosen

Make = Callable[[Extract], Panel]
PANELS: dict[str, Make] = {name: partial(panel_of, name) for name in CARDS}
EVERY = pytest.mark.parametrize("make", PANELS.values(), ids=PANELS)


def some(first: int) -> pytest.MarkDecorator:
    """Take every page by night, and by day a third of them, others than other tests do."""
    names = chosen([*PANELS][first::3], PANELS)
    return pytest.mark.parametrize("make", [PANELS[name] for name in names], ids=names)


@pytest.fixture(scope="module")
def extract() -> Extract:
    return Extract(demo.workspace().extracts, "team")


def told(panel: Panel) -> dict[str, tuple[str, str, str]]:
    """What each card shows: its sentence, its figure, its table."""
    return {name: (card.reading, card.figure, card.table) for name, card in panel.cards.items()}


@EVERY
def test_a_panel_opens_with_the_latest_month(make: Make, extract: Extract) -> None:
    panel = make(extract)
    assert panel.state.month == "2026-10"
    assert months.name(extract.months[-1]) in panel.heading.value


@some(0)
def test_setting_the_month_redraws_the_cards_and_setting_it_back_restores_them(
    make: Make, extract: Extract
) -> None:
    panel = make(extract)
    before = told(panel)
    panel.state.month = "2026-06"
    assert "June 2026" in panel.heading.value
    after = told(panel)
    changed = [name for name in before if before[name] != after[name]]
    assert len(changed) >= len(before) - 1
    panel.state.reset()
    assert told(panel) == before


@EVERY
@pytest.mark.parametrize("audience", chosen(["supervision", "partner"], AUDIENCES))
def test_every_audience_has_a_whole_sentence_on_every_card_of_every_month(
    make: Make, audience: str
) -> None:
    panel = make(Extract(demo.workspace().extracts, audience))
    # The first month has none before it to be compared with.
    for month in chosen([panel.state.months[0], panel.state.month], panel.state.months):
        panel.state.month = month
        for card in panel.cards.values():
            assert card.reading.endswith("."), card.name
            assert "is not in this extract" not in card.reading
            assert audience in card.name
            assert months.name(panel.state.period) in card.source


@some(1)
@pytest.mark.parametrize("spoken", language.LANGUAGES if NIGHT else ["es"])
def test_every_choice_can_be_made_in_every_language(make: Make, spoken: str) -> None:
    language.use(spoken)
    panel = make(Extract(demo.workspace().extracts, "supervision"))
    for name in panel.choices:
        codes = panel.state.sites if name == "site" else CHOICES[name]
        for code in codes[: 2 if NIGHT else 1]:
            setattr(panel.state, name, code)
            assert all(card.reading.endswith(".") for card in panel.cards.values())
        setattr(panel.state, name, "")


@pytest.mark.parametrize(
    ("page", "name", "code", "card"),
    [
        ("engagement", "barrier", "childcare", "engagement-barriers"),
        ("engagement", "module", "language", "engagement-attendance"),
        ("itineraries", "area", "learning", "itineraries-areas"),
        ("needs", "need", "food", "needs-coverage"),
        ("practice", "check", "childcare", "practice-pitfalls"),
    ],
)
def test_a_choice_shows_its_months_and_a_click_on_the_same_takes_it_back(
    page: str, extract: Extract, name: str, code: str, card: str
) -> None:
    panel = panel_of(page, extract)
    before = told(panel)
    panel.cards[card]._hear(panel.cards[card], {"kind": "choose", "code": code}, [])
    assert getattr(panel.state, name) == code
    rows = panel.cards[card].table.count("<tr>") - 1
    assert rows % len(panel.state.months) == 0 or name == "module"
    assert "2026-05" in panel.cards[card].table
    panel.cards[card]._hear(panel.cards[card], {"kind": "choose", "code": code}, [])
    assert told(panel) == before


@pytest.mark.parametrize(
    "message",
    [None, 7, {}, {"kind": "choose"}, {"kind": "choose", "code": "gold"},
     {"kind": "choose", "code": ["work"]}, {"kind": "choose", "code": "w" * 5000},
     {"kind": "__class__"}],
)  # fmt: skip
def test_whatever_else_a_page_sends_changes_nothing(extract: Extract, message: object) -> None:
    panel = panel_of("engagement", extract)
    before = told(panel)
    card = panel.cards["engagement-barriers"]
    card._hear(card, message, [])
    assert told(panel) == before
    assert panel.state.barrier == ""


def test_a_month_that_was_not_published_cannot_be_chosen(extract: Extract) -> None:
    panel = panel_of("caseload", extract)
    with pytest.raises(traitlets.TraitError):
        panel.state.month = "2031-01"
    assert panel.state.month == "2026-10"


def test_the_first_month_is_never_after_the_one_that_is_looked_at() -> None:
    state = State(months=["2026-08", "2026-09", "2026-10"], month="2026-10", since="2026-08")
    state.since = "2026-10"
    state.month = "2026-09"
    assert (state.since, state.month) == ("2026-09", "2026-09")
    state.since = "2026-10"
    assert (state.since, state.month) == ("2026-10", "2026-10")


def test_pictures_over_time_begin_with_the_chosen_month(extract: Extract) -> None:
    panel = panel_of("engagement", extract)
    panel.state.since = "2026-08"
    figure = json.loads(panel.cards["engagement-patterns"].figure)
    assert figure["data"][0]["x"] == ["Aug<br>2026", "Sep", "Oct"]


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("?month=2026-08&since=2026-06&barrier=work", []),
        ("?month=2031-01&barrier=work", ["month"]),
        ("?month=<script>&module=gold&need=%00&x=1", ["month", "module", "need"]),
        ("?" + "month=2026-08&" * 50, []),
        ("%%%&&&===", []),
    ],
)
def test_what_an_address_asks_for_is_shown_and_nonsense_is_named(
    query: str, refused: list[str]
) -> None:
    names = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
    state = State(months=names, month="2026-10", since="2026-06")
    assert state.read(query) == refused


def test_an_address_brings_back_the_view_that_it_was_written_for(extract: Extract) -> None:
    panel = panel_of("engagement", extract)
    panel.state.month, panel.state.since = "2026-09", "2026-07"
    panel.state.barrier, panel.state.module = "work", "language"
    again = panel_of("engagement", extract)
    again.open(panel.state.query(panel.choices))
    assert told(again) == told(panel)
    assert again.notice.value == ""


def test_nonsense_in_an_address_is_one_sentence_and_the_page_stands(extract: Extract) -> None:
    panel = panel_of("engagement", extract)
    before = told(panel)
    panel.open("?month=2031-01&module=<b>gold</b>")
    assert panel.notice.value.count("<p") == 1
    assert "Month, Module" in panel.notice.value
    assert "<b>" not in panel.notice.value
    assert told(panel) == before


def test_two_women_are_a_team_too(small: Workspace, two_published: Path) -> None:
    extracts = two_published / "extracts"
    if NIGHT:
        tables, extracts = small.tables(), small.extracts
        for month in tables.months:
            publish(small, tables, month)
    for audience in AUDIENCES:
        for make in PANELS.values():
            panel = make(Extract(extracts, audience))
            for month in panel.state.months:
                panel.state.month = month
                assert all(card.reading.endswith(".") for card in panel.cards.values())


def test_what_is_hidden_is_counted_by_the_manifest(extract: Extract) -> None:
    files = extract.manifest.tables
    own = ("caseload", "engagement", "itineraries", "needs", "practice")
    shown = [file for name, file in files.items() if name.startswith(own)]
    expected = (
        f"{sum(file.hidden for file in shown)} of the {sum(file.counts for file in shown)} "
        "counts of this month are hidden."
    )
    assert panel_of("home", extract).cards["home-hidden"].reading == expected


def test_partners_see_no_professional_and_no_picture_of_changes() -> None:
    partner = Extract(demo.workspace().extracts, "partner")
    for make in PANELS.values():
        panel = make(partner)
        assert not any("P-0" in "".join(shown) for shown in told(panel).values())
    assert panel_of("engagement", partner).cards["engagement-change"].figure == ""


def test_a_card_says_what_its_reading_says_of_the_published_table(extract: Extract) -> None:
    month = extract.months[-1]
    panel = panel_of("caseload", extract)
    for name, table in (
        ("caseload-load", "caseload.load"),
        ("caseload-profiles", "caseload.profiles"),
        ("caseload-reference", "caseload.reference"),
    ):
        published = extract.table(table, month)
        assert panel.cards[name].reading == READINGS[table](published, extract.audience)


def notice(page: object) -> str:
    return str(page.children[1].value)  # type: ignore[attr-defined]


def test_a_page_without_an_extract_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPEHOPE_EXTRACT", "/nowhere")
    text = notice(pages.caseload())
    assert text.count("<p") == 1
    assert "copehope publish" in text
    assert "Traceback" not in text


def test_a_page_with_damaged_files_says_so_on_its_cards(published: Workspace) -> None:
    for path in published.extracts.rglob("engagement.barriers*.parquet"):
        path.write_bytes(b"damaged")
    panel = panel_of("engagement", Extract(published.extracts, "team"))
    assert "which lays it there again" in panel.cards["engagement-barriers"].reading
    assert panel.cards["engagement-barriers"].figure == ""
    assert panel.cards["engagement-attendance"].figure != ""


def test_a_month_from_before_a_table_was_kept_is_a_sentence(published: Workspace) -> None:
    for path in published.extracts.rglob("manifest.json"):
        manifest = json.loads(path.read_text())
        del manifest["tables"]["engagement.modules"]
        path.write_text(json.dumps(manifest))
    panel = panel_of("engagement", Extract(published.extracts, "team"))
    assert "after `copehope preview`" in panel.cards["engagement-modules"].reading


def test_an_extract_of_a_newer_workbench_is_one_sentence(published: Workspace) -> None:
    path = next(published.extracts.rglob("team/manifest.json"))
    path.write_text(json.dumps(json.loads(path.read_text()) | {"extract_version": 99}))
    with pytest.raises(CopehopeError, match="newer workbench"):
        Extract(published.extracts, "team")


def test_a_page_speaks_the_language_that_its_address_asks_for(extract: Extract) -> None:
    page = pages.needs(extract)
    address, place = page.children[1:]
    address.asked = "?lang=ca&month=2026-09"
    view = place.children[0]
    assert "setembre" in view.children[0].children[0].value
    assert address.query == "?month=2026-09"
    language.use("en")


def test_a_page_asks_for_the_extract_that_the_server_handed_it(
    published: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPEHOPE_EXTRACT", str(published.extracts))
    with pytest.raises(CopehopeError, match="several audiences"):
        Extract()


@some(2)
def test_every_page_can_be_of_one_site_alone_for_supervision(make: Make) -> None:
    extract = Extract(demo.workspace().extracts, "supervision")
    panel = make(extract)
    assert panel.state.sites == ["Badalona", "Barcelona"]
    before = told(panel)
    for site in chosen(panel.state.sites[:1], panel.state.sites):
        panel.state.site = site
        assert site in panel.heading.value
        for name, card in panel.cards.items():
            assert card.reading.endswith("."), name
            assert "is not in this extract" not in card.reading
            assert site in card.source
            whole = "This is about all sites together." in card.why
            # Nothing is hidden for supervision, of whichever site.
            same = whole or name == "home-hidden"
            assert same or told(panel)[name] != before[name], name
    panel.state.reset()
    assert told(panel) == before


def test_two_sites_are_the_team_between_them() -> None:
    extract = Extract(demo.workspace().extracts, "supervision")
    for name in ("engagement.patterns", "needs.coverage", "itineraries.states"):
        whole = extract.table(name, extract.months[-1])
        keys = [column for column in whole if whole[column].dtype == "string"]
        count = next(column for column in whole if column in ("women", "goals"))
        apart = pd.concat([extract.table(name, extract.months[-1], site) for site in extract.sites])
        sums = apart.groupby(keys)[count].sum()
        expected = whole.set_index(keys)[count].astype("int64")
        pd.testing.assert_series_equal(
            sums.reindex(expected.index).fillna(0).astype("int64"), expected
        )
        assert (apart.groupby(keys).size() == 2).all()


@pytest.mark.parametrize("audience", ["team", "partner"])
def test_groups_are_not_told_sites_apart(audience: str) -> None:
    extract = Extract(demo.workspace().extracts, audience)
    assert extract.sites == []
    panel = panel_of("engagement", extract)
    assert "site" not in panel.choices
    panel.open("?site=Badalona")
    assert "(Site)" in panel.notice.value
    assert "Badalona" not in panel.heading.value
