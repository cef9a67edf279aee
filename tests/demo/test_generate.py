"""The synthetic team: sound as a registry, believable as a team."""

from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.metrics import caseload, engagement
from copehope_lib.metrics.visits import visits
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.workspace import Workspace

OCTOBER = pd.Period("2026-10", "M")
Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def team() -> Frames:
    return synthetic.generate()


@pytest.fixture(scope="module")
def network() -> Frames:
    """Large enough for shares to mean something."""
    return synthetic.generate(women=600, professionals=90, seed=1)


def with_days(frames: Frames) -> pd.DataFrame:
    """Attendance with the session's time and the stay that it falls into."""
    rows = frames["attendance"].merge(frames["sessions"], on="session")
    rows = rows.merge(frames["women"][["woman", "entered_on", "left_on"]], on="woman")
    day = rows["starts_at"].dt.normalize()
    inside = (day >= rows["entered_on"]) & (rows["left_on"].isna() | (day < rows["left_on"]))
    return rows[inside]


def bytes_of(folder: Path, **size: int) -> dict[str, bytes]:
    synthetic.write(synthetic.generate(**size), folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("women", "professionals", "months"), [(60, 9, 14), (12, 3, 3), (1, 1, 1), (300, 45, 6)]
)
def test_a_team_of_any_size_is_a_registry_without_a_finding(
    tmp_path: Path, women: int, professionals: int, months: int
) -> None:
    frames = synthetic.generate(women=women, professionals=professionals, months=months)
    workspace = Workspace.create(tmp_path / "team")
    synthetic.write(frames, workspace.registry)
    tables = workspace.tables()
    assert [str(finding) for finding in tables.findings] == []
    assert frames["women"]["woman"].nunique() == women
    assert len(frames["professionals"]) == professionals
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(tables, name), frames[name], check_dtype=True)


def test_a_month_in_which_nobody_is_expected_anywhere_is_a_registry_too(tmp_path: Path) -> None:
    frames = synthetic.generate(1, 1, 1, seed=449966, last_month=pd.Period("2025-11", "M"))
    workspace = Workspace.create(tmp_path / "team")
    synthetic.write(frames, workspace.registry)
    tables = workspace.tables()
    assert (len(frames["sessions"]), len(frames["attendance"])) == (0, 0)
    assert [str(finding) for finding in tables.findings] == []
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(tables, name), frames[name], check_dtype=True)


@pytest.mark.parametrize("size", ["women", "professionals", "months"])
def test_a_size_below_one_is_refused(size: str) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        synthetic.generate(**{size: 0})


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    small = {"women": 20, "professionals": 4, "months": 3}
    first = bytes_of(tmp_path / "a", **small)
    assert bytes_of(tmp_path / "b", **small) == first
    other = bytes_of(tmp_path / "c", **small, seed=8)
    assert other["attendance.csv"] != first["attendance.csv"]


def test_files_are_utf8_with_commas_and_english_headings(tmp_path: Path) -> None:
    files = bytes_of(tmp_path / "a", women=5, professionals=2, months=1)
    assert set(files) == {f"{name}.csv" for name in TABLES}
    for name, table in TABLES.items():
        assert files[f"{name}.csv"].decode("utf-8").split("\n")[0] == ",".join(table.columns)


@pytest.mark.parametrize("size", ["team", "network"])
@pytest.mark.parametrize("who", ["woman", "professional"])
def test_nobody_is_at_two_sessions_at_once(
    request: pytest.FixtureRequest, size: str, who: str
) -> None:
    frames: Frames = request.getfixturevalue(size)
    rows = frames["sessions"] if who == "professional" else with_days(frames)
    rows = rows.sort_values([who, "starts_at"])
    before = rows.groupby(who)["ends_at"].shift()
    assert not (rows["starts_at"] < before).any()


@pytest.mark.parametrize("size", ["team", "network"])
def test_attendance_lies_within_a_stay(request: pytest.FixtureRequest, size: str) -> None:
    frames: Frames = request.getfixturevalue(size)
    assert len(with_days(frames)) == len(frames["attendance"])


def test_nothing_is_known_after_the_last_month(team: Frames) -> None:
    after = pd.Timestamp("2026-11-01")
    assert team["sessions"]["starts_at"].max() < after
    assert team["goal_events"]["on"].max() < after
    assert team["women"]["entered_on"].max() < after


def test_every_woman_has_one_reference_person_at_a_time(network: Frames) -> None:
    spans = network["assignments"].query("function == 'reference'")
    spans = spans.sort_values(["woman", "from_on"])
    before = spans.groupby("woman")["to_on"].shift()
    later = spans.groupby("woman").cumcount() > 0
    assert (before[later].notna() & (spans["from_on"][later] >= before[later])).all()


def test_she_who_comes_back_has_a_second_stay_after_the_first(network: Frames) -> None:
    stays = network["women"].sort_values(["woman", "entered_on"])
    again = stays.duplicated("woman")
    assert again.sum() > 5
    before = stays.groupby("woman")["left_on"].shift()
    assert (stays["entered_on"][again] > before[again]).all()


def test_women_pause_and_most_come_back(network: Frames) -> None:
    tables = ("women", "activities", "sessions", "attendance")
    rows = visits(*(network[name] for name in tables))
    days = engagement.expected_days(rows, OCTOBER)
    found = engagement.pauses(days, network["women"], OCTOBER, pause_days=21)
    assert found["woman"].nunique() > 100
    assert found["returned_on"].notna().mean() > 0.5


def test_attendance_is_that_of_an_intermittent_process(network: Frames) -> None:
    shares = network["attendance"]["status"].value_counts(normalize=True)
    expected = 1 - shares["cancelled_by_us"]
    assert 0.65 < (shares["attended"] + shares["partly"]) / expected < 0.8
    assert 0.02 < shares["cancelled_by_us"] < 0.09


def test_childcare_stands_in_the_way_of_mothers_and_work_and_childcare_are_named_most(
    network: Frames,
) -> None:
    stays = network["women"].drop_duplicates("woman").set_index("woman")
    mothers = set(stays.index[stays["children_in_care"].fillna(0) > 0])
    named = network["attendance"].dropna(subset="barrier")
    childcare = named[named["barrier"] == "childcare"]
    assert childcare["woman"].isin(mothers).mean() > 0.95
    assert {"work", "childcare"} <= set(named["barrier"].value_counts().index[:3])


def test_caseloads_are_uneven_and_somebody_carries_a_woman_alone(team: Frames) -> None:
    settings = Settings().caseload
    loads = caseload.load(
        team["assignments"], team["women"], team["professionals"], OCTOBER,
        weights=settings.weights, capacity=settings.capacity,
    )  # fmt: skip
    around = caseload.functions(team["assignments"], team["women"], team["professionals"], OCTOBER)
    spread = caseload.spread(loads, around).iloc[0]
    assert (loads["load"] > 1).any()
    assert spread["max_to_median"] > 1.5
    assert 1 <= spread["carried_alone"] <= 10
    assert 35 <= spread["women"] <= 55


def test_goal_events_come_in_an_order_that_can_be_true(network: Frames) -> None:
    events = network["goal_events"].merge(network["goals"][["goal", "set_on"]], on="goal")
    assert (events["on"] >= events["set_on"]).all()
    events = events.sort_values(["goal", "on"], kind="stable")
    ended = events["event"].astype("str").isin(["achieved", "set_aside"])
    follows = events.groupby("goal")["event"].shift(-1)[ended].dropna()
    assert set(follows) == {"resumed"}
    assert {"revised", "set_aside", "paused", "resumed"} <= set(events["event"].astype("str"))


def test_needs_open_and_close(network: Frames) -> None:
    needs = network["needs"].sort_values(["woman", "need", "reviewed_on"])
    level = needs["coverage"].astype("str")
    before = level.groupby([needs["woman"], needs["need"]], observed=True).shift()
    assert ((before == "not_covered") & (level != "not_covered")).sum() > 50
    assert ((before == "covered") & (level != "covered")).sum() > 50


def test_some_risk_assessments_are_old_and_most_are_not(network: Frames) -> None:
    here = network["women"][network["women"]["left_on"].isna()]["woman"]
    last = network["safety"].groupby("woman")["assessed_on"].max().reindex(here)
    age = (pd.Timestamp("2026-10-31") - last).dt.days
    assert 0.02 < (age > 90).mean() < 0.5
