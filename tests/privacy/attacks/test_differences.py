"""Somebody who takes a number off another: over months, tables, audiences and editions."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.privacy.publish import publish
from copehope_lib.workspace import Workspace
from tests.privacy.attacks.facts import of_sense, of_sessions
from tests.privacy.attacks.held import Extract
from tests.privacy.attacks.published import (
    GROUPS,
    MONTHS,
    OCTOBER,
    Frames,
    attack,
    changed,
    held,
)


def test_no_hidden_count_of_the_team_follows_from_several_months(team: Workspace) -> None:
    assert attack(held(team, MONTHS, ["team"])).narrow() == {}


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_no_hidden_count_of_partners_follows_from_the_month(
    team: Workspace, month: pd.Period
) -> None:
    """Nothing that partners are given ties one month to another."""
    assert attack(held(team, [month], ["partner"])).narrow() == {}


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_what_the_team_is_not_shown_does_not_follow_from_what_partners_are(
    team: Workspace, month: pd.Period
) -> None:
    assert attack(held(team, [month], GROUPS)).narrow() == {}


def one_to_one(frames: Frames) -> frozenset[str]:
    """Return the modules of which everybody knows that they expect one woman at a time."""
    of = frames["activities"].groupby("module", observed=True)["format"]
    alone = of.agg(lambda formats: set(formats) <= {"individual", "online_individual"})
    return frozenset(alone[alone].index)


@pytest.mark.parametrize("month", MONTHS, ids=str)
@pytest.mark.parametrize("audience", GROUPS)
def test_no_hidden_count_follows_from_how_many_sessions_there_were(
    team: Workspace, frames: Frames, month: pd.Period, audience: str
) -> None:
    on = held(team, [month], [audience])
    assert attack(on, *of_sessions(on, one_to_one(frames))).narrow() == {}


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_no_hidden_count_of_the_team_is_the_only_one_that_makes_sense(
    team: Workspace, month: pd.Period
) -> None:
    """Inequalities may make a count surer than was promised, but never quite sure."""
    on = held(team, [month], ["team"])
    found = attack(on, *of_sense(on)).narrow()
    assert {cell: ends for cell, ends in found.items() if ends[0] == ends[1]} == {}


@pytest.mark.parametrize("audience", GROUPS)
def test_what_is_no_count_follows_from_the_counts_beside_it(team: Workspace, audience: str) -> None:
    """Rates, means, spreads and intervals are told of shown counts only, and from these."""
    for month in MONTHS:
        tables = Extract.read(team.extracts / str(month) / audience).tables
        visits = tables["engagement.attendance"]
        pd.testing.assert_series_equal(
            visits["rate"], (visits["came"] / (visits["came"] + visits["away"])).rename("rate"),
            check_dtype=False,
        )  # fmt: skip
        for name in ("attendance", "patterns", "coverage", "checks"):
            table = tables[f"change.{name}"]
            again = table["now"] / table["now_of"] - table["before"] / table["before_of"]
            assert np.allclose(*(of.to_numpy("float64", na_value=9) for of in (
                table["difference"], again)))  # fmt: skip
            hidden = table["difference"].isna()
            assert table.loc[hidden, ["low", "high", "clear"]].isna().all(axis=None)
        assert (tables["engagement.modules"]["group_size"].dropna() % 1 == 0).all()


def test_loads_are_told_in_whole_points_and_their_spread_of_what_is_shown(
    team: Workspace,
) -> None:
    for month in MONTHS:
        tables = Extract.read(team.extracts / str(month) / "team").tables
        loads, spread = tables["caseload.load"], tables["caseload.spread"].iloc[0]
        assert (loads[["points", "women_average"]].fillna(0) % 1 == 0).all(axis=None)
        assert loads[loads["women"].isna()].iloc[:, 1:].isna().all(axis=None)
        shown = loads["load"].dropna().to_numpy("float64")
        apart = np.abs(np.subtract.outer(shown, shown)).mean() / (2 * shown.mean())
        assert spread["median"] == pytest.approx(np.median(shown))
        assert spread["max_to_median"] == pytest.approx(shown.max() / np.median(shown))
        assert spread["gini"] == pytest.approx(apart)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_count_that_partners_are_shown_is_rounded(team: Workspace, month: pd.Period) -> None:
    extract = Extract.read(team.extracts / str(month) / "partner")
    assert [cell for cell, value in extract.cells() if value is not None and value % 5] == []


def one_visit(frames: Frames) -> Frames:
    missed = frames["attendance"]["status"] == "missed"
    row = frames["attendance"].index[missed][-1:]
    return {**frames, "attendance": changed(frames["attendance"], row, status="attended")}


def one_need(frames: Frames) -> Frames:
    row = frames["needs"].sort_values("reviewed_on").index[-1:]
    old = frames["needs"].loc[row[0], "coverage"]
    new = "covered" if old != "covered" else "not_covered"
    return {**frames, "needs": changed(frames["needs"], row, coverage=new)}


def one_list(frames: Frames) -> Frames:
    """Nobody came to a group of which the register said that nearly all did."""
    activities, sessions, attendance = (
        frames[name] for name in ("activities", "sessions", "attendance")
    )
    groups = activities.loc[activities["module"] == "womens_group", "activity"]
    of = sessions["activity"].isin(groups) & (sessions["starts_at"] >= OCTOBER.start_time)
    rows = attendance.index[attendance["session"].isin(sessions.loc[of, "session"])]
    return {**frames, "attendance": changed(attendance, rows, status="missed", barrier=None)}


@pytest.fixture(scope="module", params=[one_visit, one_need, one_list], ids=lambda of: of.__name__)
def corrected(
    request: pytest.FixtureRequest, october: Workspace, frames: Frames,
    tmp_path_factory: pytest.TempPathFactory,
) -> Workspace:  # fmt: skip
    """October was published, then corrected, then published again."""
    folder = tmp_path_factory.mktemp("attacks") / "corrected"
    made = Workspace(shutil.copytree(october.path, folder))
    synthetic.write(request.param(frames), made.registry)
    publish(made, made.tables(), OCTOBER, GROUPS)
    return made


def editions(of: Workspace, audience: str) -> list[dict[tuple[str, ...], float | None]]:
    folders = [of.published / audience / f"{OCTOBER}-{n}" for n in (1, 2)]
    return [dict(Extract.read(folder).cells()) for folder in folders if folder.exists()]


@pytest.mark.parametrize("audience", GROUPS)
def test_what_an_edition_hides_no_later_one_of_the_month_shows(
    corrected: Workspace, audience: str
) -> None:
    first, *later = editions(corrected, audience)
    shown = [
        cell
        for second in later
        for cell, value in second.items()
        if value is not None and first.get(cell, value) is None
    ]
    assert shown == []


def test_a_correction_says_what_it_withdraws(corrected: Workspace) -> None:
    first, second = editions(corrected, "team")
    gone = [cell for cell, value in second.items() if value is None and first.get(cell) is not None]
    about = json.loads((corrected.extracts / str(OCTOBER) / "team/manifest.json").read_text())
    counted = [cell for cell in gone if cell[2] not in ("came", "away")]
    assert sum(about["withdrawn"].values()) == len(counted)
