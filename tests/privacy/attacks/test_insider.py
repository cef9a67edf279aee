"""What somebody who knows all women but one learns about her: measured, and not promised.

For each thing that could be otherwise about a woman there are two registries that differ in it
and in nothing else. Where their extracts differ too, whoever knows all the rest can tell which
of the two is hers. ``pytest -s`` prints in how many cases that is so.
"""

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.metrics import METRICS, Snapshot
from copehope_lib.metrics.stays import accompanied
from copehope_lib.privacy.audience import PARTNER, TEAM
from copehope_lib.privacy.protect import decide, may_see, show
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from tests.night import tries

Frames = dict[str, pd.DataFrame]
Told = dict[str, dict[str, pd.DataFrame]]

OCTOBER = synthetic.LAST_MONTH
LAST = OCTOBER.end_time.normalize()
CASES = tries(2)
"""Women of whom each thing is changed, so that nobody waits; SECURITY.md tells of all women."""

GIVEN = [name for name, metric in METRICS.items() if may_see(TEAM, metric) and not metric.repeats]
"""What a team is given; tables of change repeat it."""


def told(results: Mapping[str, pd.DataFrame]) -> Told:
    """Return what each audience is shown of a month, if none was published before it."""
    shown: Told = {}
    hidden = None
    for audience in (TEAM, PARTNER):
        hidden = decide(results, OCTOBER, audience, dominated={}, also=hidden).hidden
        shown[audience.name] = show(results, hidden, audience, {})
    return shown


def results(frames: Frames) -> Frames:
    snapshot = Snapshot.of(Tables(**frames), OCTOBER, Settings())
    return {name: snapshot[name] for name in GIVEN}


def same(one: Frames, other: Frames) -> bool:
    return all(one[name].equals(other[name]) for name in one)


def put(frames: Frames, table: str, row: int, **values: object) -> Frames:
    """Return a registry of which one row says something else."""
    changed = frames[table].copy()
    for column, value in values.items():
        changed.loc[row, column] = value
    return {**frames, table: changed}


def other(value: object, one: str, two: str) -> str:
    return two if value == one else one


def hers(frames: Frames, table: str, woman: str, on: str) -> int:
    """Return the latest row about a woman up to the last day."""
    rows = frames[table][(frames[table]["woman"] == woman) & (frames[table][on] <= LAST)]
    return int(rows[on].sort_values(kind="stable").index[-1])


def need(frames: Frames, woman: str) -> Frames:
    row = hers(frames, "needs", woman, "reviewed_on")
    coverage = frames["needs"].loc[row, "coverage"]
    return put(frames, "needs", row, coverage=other(coverage, "covered", "not_covered"))


def visits_of(frames: Frames, woman: str, since: pd.Timestamp) -> pd.DataFrame:
    day = frames["sessions"].set_index("session")["starts_at"].dt.normalize()
    visits = frames["attendance"].assign(day=frames["attendance"]["session"].map(day))
    known = (visits["woman"] == woman) & visits["day"].between(since, LAST)
    return visits[known & (visits["status"] != "cancelled_by_us")]


def one_visit(frames: Frames, woman: str) -> Frames:
    rows = visits_of(frames, woman, OCTOBER.start_time)
    for row, status in rows["status"].tail(1).items():
        frames = put(frames, "attendance", row, status=other(status, "attended", "missed"))
    return frames


def pattern(frames: Frames, woman: str) -> Frames:
    """She came to nothing for a month, or came back on its last session."""
    rows = visits_of(frames, woman, LAST - pd.Timedelta(days=30))
    came = rows["status"].isin(["attended", "partly"])
    changed = frames["attendance"].copy()
    if came.any():
        changed.loc[rows.index, ["status", "barrier"]] = ["missed", None]
    else:
        changed.loc[rows.index[-1:], ["status", "barrier"]] = ["attended", None]
    return {**frames, "attendance": changed}


def barrier(frames: Frames, woman: str) -> Frames:
    rows = visits_of(frames, woman, OCTOBER.start_time)
    named = rows[rows["barrier"].notna()]
    for row, word in named["barrier"].tail(1).items():
        frames = put(frames, "attendance", row, barrier=other(word, "health", "documents"))
    return frames


def profiles(frames: Frames, woman: str) -> Frames:
    """One professional more stands around her, or one less."""
    table = frames["assignments"]
    holds = (table["woman"] == woman) & (table["to_on"].isna() | (table["to_on"] > LAST))
    around = table.loc[holds, "professional"].drop_duplicates()
    if len(around) > 1:
        gone = holds & (table["professional"] == around.iloc[-1])
        return {**frames, "assignments": table[~gone].reset_index(drop=True)}
    people = frames["professionals"]
    free = people[people["ended_on"].isna() & ~people["professional"].isin(around)]
    more = table[holds].head(1).assign(professional=free["professional"].iloc[0])
    return {**frames, "assignments": pd.concat([table, more], ignore_index=True)}


def goal_state(frames: Frames, woman: str) -> Frames:
    row = hers(frames, "goals", woman, "set_on")
    goal = frames["goals"].loc[row, "goal"]
    events = frames["goal_events"]
    done = ((events["goal"] == goal) & (events["event"] == "achieved")).any()
    more = events.head(1).assign(goal=goal, on=LAST, event="resumed" if done else "achieved")
    return {**frames, "goal_events": pd.concat([events, more], ignore_index=True)}


def goal_area(frames: Frames, woman: str) -> Frames:
    row = hers(frames, "goals", woman, "set_on")
    area = frames["goals"].loc[row, "area"]
    return put(frames, "goals", row, area=other(area, "work", "health"))


def whose_goal(frames: Frames, woman: str) -> Frames:
    row = hers(frames, "goals", woman, "set_on")
    chosen = frames["goals"].loc[row, "chosen_by"]
    return put(frames, "goals", row, chosen_by=other(chosen, "her", "professional"))


def children(frames: Frames, woman: str) -> Frames:
    row = hers(frames, "women", woman, "entered_on")
    none = frames["women"]["children_in_care"].fillna(0)[row] == 0
    return put(frames, "women", row, children_in_care=1 if none else 0)


def assessed(frames: Frames, woman: str) -> Frames:
    """One of the six answers is not known, or all of them are."""
    row = hers(frames, "safety", woman, "assessed_on")
    answer = frames["safety"].loc[row, "judicial_process"]
    return put(frames, "safety", row, judicial_process=other(answer, "unknown", "no"))


CHANGES: dict[str, Callable[[Frames, str], Frames]] = {
    change.__name__: change
    for change in (
        need, one_visit, pattern, barrier, profiles, goal_state, goal_area, whose_goal,
        children, assessed,
    )
}  # fmt: skip


def measure(frames: Frames, women: list[str]) -> pd.DataFrame:
    """Return for each change in how many of the cases an audience could tell."""
    exact = results(frames)
    as_it_is = told(exact)
    rows = []
    for name, change in CHANGES.items():
        found = {"change": name, "cases": 0, TEAM.name: 0, PARTNER.name: 0}
        for woman in women:
            changed = change(frames, woman)
            if changed is frames:
                continue
            counted = results(changed)
            shown = as_it_is if same(exact, counted) else told(counted)
            found["cases"] += 1
            for audience in as_it_is:
                found[audience] += not same(as_it_is[audience], shown[audience])
        rows.append(found)
    return pd.DataFrame(rows).set_index("change")


def known_well(frames: Frames) -> list[str]:
    """Return the women accompanied on the last day of whom all tables tell something."""
    here = accompanied(frames["women"], LAST)["woman"]
    tables = (frames[name]["woman"] for name in ("goals", "safety", "needs"))
    return sorted(set(here).intersection(*tables))


@pytest.fixture(scope="module")
def measured() -> pd.DataFrame:
    frames = synthetic.generate(women=30, professionals=5, months=4)
    women = known_well(frames)
    return measure(frames, women[:: len(women) // CASES][:CASES])


def test_whoever_knows_all_others_learns_no_more_from_partners_than_from_the_team(
    measured: pd.DataFrame,
) -> None:
    shares = measured[["team", "partner"]].div(measured["cases"], axis=0)
    print(f"\nIn which share of cases an insider could tell:\n{shares.round(2).to_string()}")
    assert (measured["cases"] > 0).all()
    assert (measured["partner"] <= measured["team"]).all()
