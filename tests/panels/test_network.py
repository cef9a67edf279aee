"""The page of the network: who waits, for whom, and that nothing is shown where nothing is kept."""

from pathlib import Path

import pytest

from copehope_lib import demo
from copehope_lib.demo import synthetic
from copehope_lib.extract import Extract
from copehope_lib.panels import cards, network
from copehope_lib.panels.register import offered
from copehope_lib.privacy.publish import preview
from copehope_lib.readings.network import never
from copehope_lib.workspace import Workspace

LAST = synthetic.LAST_MONTH


@pytest.fixture(scope="module")
def supervision() -> Extract:
    return Extract(demo.workspace().extracts, "supervision")


def test_supervision_sees_each_request_that_waits_the_oldest_first(supervision: Extract) -> None:
    page = cards.panel("network", supervision)
    table = supervision.table("network.waiting", LAST)
    assert len(table) > 2
    shown = network.waiting(page.seen).table
    assert shown is not None
    assert shown.frame["days"].tolist() == sorted(table["days"], reverse=True)
    reading = page.cards["network-waiting"].reading
    assert str(table["woman"].nunique()) in reading
    assert str(table["days"].max()) in reading


def test_no_row_about_a_woman_is_on_the_page_of_the_team() -> None:
    team = Extract(demo.workspace().extracts, "team")
    assert list(cards.panel("network", team).cards) == ["network-services", "network-told-again"]


def test_the_sentence_names_the_services_that_never_answered(supervision: Extract) -> None:
    table = supervision.table("network.services", LAST)
    reading = cards.panel("network", supervision).cards["network-services"].reading
    assert ("never answered" in reading) == bool(never(table))


def test_a_team_that_keeps_no_referrals_is_offered_no_such_page(tmp_path: Path) -> None:
    team = Workspace.create(tmp_path / "team")
    frames = synthetic.generate(women=12, professionals=3, months=2)
    del frames["referrals"]
    synthetic.write(frames, team.registry)
    (team.registry / "referrals.csv").unlink(missing_ok=True)
    preview(team, team.tables(), synthetic.LAST_MONTH)
    assert "network" not in [page.name for page in offered(Extract(team.extracts, "supervision"))]
