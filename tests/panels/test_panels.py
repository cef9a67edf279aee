"""Panels without a browser: set a trait, look at the view."""

import pandas as pd
import pytest
import traitlets

from copehope_lib import demo, pages
from copehope_lib import month as months
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.panels import CaseloadPanel, EngagementPanel
from copehope_lib.privacy.publish import publish
from copehope_lib.widgets.card import Card
from copehope_lib.widgets.figure import MIME
from copehope_lib.workspace import Workspace

PANELS = [CaseloadPanel, EngagementPanel]
Panel = CaseloadPanel | EngagementPanel


@pytest.fixture(scope="module")
def extract() -> Extract:
    return Extract(demo.workspace().extracts, "team")


def cards(panel: Panel) -> list[Card]:
    return [value for value in vars(panel).values() if isinstance(value, Card)]


def title(panel: Panel) -> str:
    return str(panel.view.children[0].children[0].value)


def drawn(card: Card) -> dict[str, object]:
    bundle = card.figure.outputs[0]["data"][MIME]
    assert isinstance(bundle, dict)
    return bundle


@pytest.mark.parametrize("make", PANELS)
def test_a_panel_opens_with_the_latest_month(make: type[Panel], extract: Extract) -> None:
    panel = make(extract)
    assert panel.state.month == "2026-10"
    assert months.name(extract.months[-1]) in title(panel)


@pytest.mark.parametrize("make", PANELS)
def test_setting_the_month_redraws_every_card_that_depends_on_it(
    make: type[Panel], extract: Extract
) -> None:
    panel = make(extract)
    before = [(card.heading.value, drawn(card), card.table.value) for card in cards(panel)]
    panel.state.month = "2026-06"
    after = [(card.heading.value, drawn(card), card.table.value) for card in cards(panel)]
    assert "June 2026" in title(panel)
    assert [old != new for old, new in zip(before, after, strict=True)].count(True) >= 2
    panel.state.month = "2026-10"
    again = [(card.heading.value, drawn(card), card.table.value) for card in cards(panel)]
    assert again == before


def test_a_month_that_was_not_published_cannot_be_chosen(extract: Extract) -> None:
    panel = CaseloadPanel(extract)
    with pytest.raises(traitlets.TraitError):
        panel.state.month = "2031-01"
    assert panel.state.month == "2026-10"


@pytest.mark.parametrize("make", PANELS)
@pytest.mark.parametrize("audience", ["supervision", "team", "partner"])
def test_every_audience_has_a_view_of_every_month(make: type[Panel], audience: str) -> None:
    panel = make(Extract(demo.workspace().extracts, audience))
    for month in panel.state.months:
        panel.state.month = month
        assert months.name(panel.state.period) in title(panel)


def test_two_women_are_a_team_too(small: Workspace) -> None:
    tables = small.tables()
    for month in tables.months:
        publish(small, tables, month)
    for audience in ("supervision", "team", "partner"):
        for make in PANELS:
            panel = make(Extract(small.extracts, audience))
            for month in panel.state.months:
                panel.state.month = month


def test_a_page_without_an_extract_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPEHOPE_EXTRACT", "/nowhere")
    notice = pages.caseload().children[1].value
    assert notice.count("<p") == 1
    assert "copehope publish" in notice
    assert "Traceback" not in notice


def test_a_page_with_a_damaged_file_is_one_sentence(small: Workspace) -> None:
    publish(small, small.tables(), pd.Period("2026-10", "M"))
    for path in small.extracts.rglob("*.parquet"):
        path.write_bytes(b"damaged")
    notice = pages.engagement(Extract(small.extracts, "team")).children[1].value
    assert "publish the month again" in notice


def test_a_page_asks_for_the_extract_that_the_server_handed_it(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small, small.tables(), pd.Period("2026-10", "M"))
    monkeypatch.setenv("COPEHOPE_EXTRACT", str(small.extracts))
    with pytest.raises(CopehopeError, match="several audiences"):
        Extract()
