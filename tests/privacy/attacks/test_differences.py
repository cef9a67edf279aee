"""Somebody who takes a number off another: over months, tables, audiences and editions."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError
from copehope_lib.privacy.closing import Months
from copehope_lib.privacy.publish import publish
from copehope_lib.workspace import Workspace
from tests.night import NIGHT
from tests.privacy.attacks.facts import of_places, of_sense, of_sessions
from tests.privacy.attacks.held import Extract
from tests.privacy.attacks.published import (
    GROUPS,
    MONTHS,
    OCTOBER,
    Frames,
    attack,
    changed,
    content,
    held,
    told_together,
    workspace,
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


def narrowed(team: Workspace, frames: Frames, months: list[pd.Period], audience: str) -> object:
    """Return the counts that are surer than promised to whoever knows all that makes sense."""
    on = held(team, months, [audience])
    facts = [*of_sense(on), *of_sessions(on, one_to_one(frames)), *of_places(on)]
    return attack(on, *facts).narrow()


def test_no_hidden_count_is_surer_than_promised_by_what_makes_sense(
    team: Workspace, frames: Frames
) -> None:
    """Women are no more than their visits, and a goal never goes back to where it began."""
    assert narrowed(team, frames, MONTHS, "team") == {}
    assert [narrowed(team, frames, [month], "partner") for month in MONTHS] == [{}] * len(MONTHS)


TEAMS = (8, 12, 15, 20, 26, 34, 46, 60)
"""Women of each team that is drawn."""


@pytest.mark.night("test_no_hidden_count_is_surer_than_promised_by_what_makes_sense")
@pytest.mark.parametrize("together", [1, 3] if NIGHT else [1])
@pytest.mark.parametrize("women", TEAMS if NIGHT else TEAMS[:1])
def test_nor_is_any_of_other_teams(women: int, together: int, tmp_path: Path) -> None:
    """Over six months at night, told one by one or three as one, and two by day."""
    frames = synthetic.generate(women, max(2, women * 3 // 20), months=9, seed=100 + women)
    team = told_together(workspace(tmp_path / "team", frames), together)
    tables = team.tables()
    months = [OCTOBER - back for back in reversed(range(6 if NIGHT else 2))]
    for month in months:
        publish(team, tables, month)
    assert narrowed(team, frames, months, "team") == {}
    assert [narrowed(team, frames, [month], "partner") for month in months] == [{}] * len(months)


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
    """A visit that was entered late."""
    missed = frames["attendance"]["status"] == "missed"
    row = frames["attendance"].index[missed][-1:]
    return {**frames, "attendance": changed(frames["attendance"], row, status="attended")}


def one_code(frames: Frames) -> Frames:
    """A woman who is called otherwise from here on."""
    code = frames["women"]["woman"].iloc[7]
    return {
        name: frame.assign(woman=frame["woman"].replace({code: "W-999"})) if "woman" in frame
        else frame for name, frame in frames.items()
    }  # fmt: skip


def erased(woman: int) -> Callable[[Frames], Frames]:
    def without(frames: Frames) -> Frames:
        """Return the tables as if a woman had never been in them."""
        code = frames["women"]["woman"].drop_duplicates().iloc[woman]
        hers = frames["goals"].loc[frames["goals"]["woman"] == code, "goal"]
        kept = {
            name: frame[frame["woman"] != code] if "woman" in frame else frame
            for name, frame in frames.items()
        }
        events = frames["goal_events"]
        return {**kept, "goal_events": events[~events["goal"].isin(hers)]}

    without.__name__ = f"without_woman_{woman}"
    return without


SINCE = [one_visit, one_code, *map(erased, range(40) if NIGHT else (21,))]


@pytest.fixture(scope="module")
def september(team: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same team before it closed October."""
    made = Workspace(shutil.copytree(team.path, tmp_path_factory.mktemp("attacks") / "september"))
    Months.of(made).keep(OCTOBER, None)
    shutil.rmtree(made.extracts / str(OCTOBER))
    return made


@pytest.mark.parametrize("since", SINCE, ids=lambda of: of.__name__)
def test_whoever_holds_all_that_was_handed_out_finds_no_difference_after(
    since: Callable[[Frames], Frames], september: Workspace, frames: Frames, tmp_path: Path
) -> None:
    made = Workspace(shutil.copytree(september.path, tmp_path / "team"))
    handed_out = content(made.extracts)
    synthetic.write(since(frames), made.registry)
    with pytest.raises(CopehopeError, match="is closed"):
        publish(made, made.tables(), OCTOBER - 1)
    publish(made, made.tables(), OCTOBER)
    now = content(made.extracts)
    assert handed_out.items() <= now.items()
    # No month has two editions to be taken off each other, and across months nothing follows.
    assert {path.split("/")[1] for path in now.keys() - handed_out.keys()} == {str(OCTOBER)}
    assert attack(held(made, [OCTOBER - 1, OCTOBER], GROUPS)).narrow() == {}
