"""What was published is remembered, and months are published in their order."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.privacy.audience import TEAM
from copehope_lib.privacy.memory import Memory
from copehope_lib.privacy.publish import Published, publish
from copehope_lib.workspace import Workspace

OCTOBER = pd.Period("2026-10", "M")
SEPTEMBER = OCTOBER - 1
GROUPS = ["team", "partner"]


def editions(workspace: Workspace, audience: str = "team") -> list[str]:
    return sorted(path.name for path in (workspace.published / audience).iterdir())


def test_an_edition_is_remembered_as_it_was_shown(published: Workspace) -> None:
    for audience in GROUPS:
        kept = published.published / audience / "2026-10-1"
        given = published.extracts / "2026-10" / audience
        assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
            path.name: path.read_bytes() for path in given.iterdir()
        }


def test_publishing_the_same_again_is_no_new_edition(published: Workspace) -> None:
    publish(published, published.tables(), OCTOBER, GROUPS)
    for audience in GROUPS:
        assert editions(published, audience) == ["2026-10-1"]


def test_nothing_about_a_woman_is_remembered(published: Workspace) -> None:
    assert sorted(path.name for path in published.published.iterdir()) == [
        "partner",
        "supervision.key-name",
        "team",
    ]


@pytest.fixture(scope="module")
def for_team(two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of two women that has published October for its team alone."""
    workspace = Workspace(shutil.copytree(two, tmp_path_factory.mktemp("for_team") / "small"))
    publish(workspace, workspace.tables(), OCTOBER, ["team"])
    return workspace.path


@pytest.fixture
def given(for_team: Path, tmp_path: Path) -> Workspace:
    return Workspace(shutil.copytree(for_team, tmp_path / "given"))


def test_a_month_before_one_that_was_published_is_refused(given: Workspace) -> None:
    with pytest.raises(CopehopeError, match="2026-09 comes before 2026-10"):
        publish(given, given.tables(), SEPTEMBER)
    assert not (given.extracts / "2026-09").exists()


def test_another_audience_may_still_be_given_it(given: Workspace) -> None:
    publish(given, given.tables(), SEPTEMBER, ["supervision"])
    assert (given.extracts / "2026-09" / "supervision").exists()


def test_a_month_goes_on_being_remembered_when_its_extract_is_deleted(given: Workspace) -> None:
    shutil.rmtree(given.extracts)
    with pytest.raises(CopehopeError, match="published already"):
        publish(given, given.tables(), SEPTEMBER, ["team"])


@pytest.mark.parametrize("damage", ["manifest", "table"])
def test_without_its_memory_nothing_is_published(published: Workspace, damage: str) -> None:
    kept = published.published / "team" / "2026-10-1"
    name = "manifest.json" if damage == "manifest" else "engagement.patterns-*.parquet"
    path = next(kept.glob(name))
    path.write_bytes(b"{}")
    before = {path: path.read_bytes() for path in published.extracts.rglob("*.*")}
    with pytest.raises(CopehopeError, match=r"2026-10-1 is damaged: bring it back"):
        publish(published, published.tables(), OCTOBER)
    assert {path: path.read_bytes() for path in published.extracts.rglob("*.*")} == before


def test_another_key_is_refused(published: Workspace) -> None:
    key = published.registry / "pseudonyms.key"
    right = key.read_text()
    key.write_text("ab" * 32)
    with pytest.raises(CopehopeError, match="another key than the one of the months before"):
        publish(published, published.tables(), OCTOBER)
    key.write_text(right)
    publish(published, published.tables(), OCTOBER)


def test_the_name_of_the_key_says_nothing_of_the_key(small: Workspace) -> None:
    publish(small, small.tables(), OCTOBER, ["supervision"])
    name = (small.published / "supervision.key-name").read_text()
    assert len(name) == 16
    assert name not in (small.registry / "pseudonyms.key").read_text()


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of 20 women."""
    workspace = Workspace.create(tmp_path_factory.mktemp("memory") / "team")
    synthetic.write(synthetic.generate(women=20, professionals=4, months=4), workspace.registry)
    return workspace


@pytest.fixture(scope="module")
def corrected(team: Workspace) -> tuple[Published, Published]:
    """It has published October for its team, then again after a correction."""
    first = publish(team, team.tables(), OCTOBER, ["team"])[0]
    attendance = team.registry / "attendance.csv"
    attendance.write_text(attendance.read_text().replace("excused", "missed"))
    return first, publish(team, team.tables(), OCTOBER, ["team"])[0]


def test_a_correction_says_what_it_changes_and_withdraws(
    team: Workspace, corrected: tuple[Published, Published]
) -> None:
    first, second = corrected
    assert first.changed == first.withdrawn == {}
    assert second.changed["engagement.attendance"] > 0
    assert second.withdrawn["engagement.attendance"] > 0
    assert editions(team) == ["2026-10-1", "2026-10-2"]
    manifest = json.loads((second.folder / "manifest.json").read_text())
    assert manifest["withdrawn"] == second.withdrawn


@pytest.mark.usefixtures("corrected")
def test_a_correction_shows_nothing_that_was_hidden_before(team: Workspace) -> None:
    first, second = Memory.of(team.published, TEAM).editions()
    for name, table in first.tables.items():
        now = second.tables[name]
        if len(now) == len(table):
            counts = table.select_dtypes("integer").columns.intersection(now.columns)
            assert not (table[counts].isna() & now[counts].notna()).any(axis=None), name


@pytest.mark.usefixtures("corrected")
def test_an_extract_gives_the_latest_edition(team: Workspace) -> None:
    table = Extract(team.extracts, "team").table("engagement.attendance", OCTOBER)
    assert table["excused"].fillna(0).eq(0).all()
