"""What of a registry is known of a month: what comes later makes no extract of it another one."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.metrics import METRICS, Snapshot, compute_by
from copehope_lib.metrics.assessments import DANGERS
from copehope_lib.privacy.actions import actions
from copehope_lib.privacy.cases import cases
from copehope_lib.privacy.publish import publish
from copehope_lib.privacy.source import known, source
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from copehope_lib.workspace import Workspace
from tests.night import chosen

OCTOBER = synthetic.LAST_MONTH
MONTHS = pd.period_range(OCTOBER - 4, OCTOBER, freq="M")
FIRST_DAYS = {
    "women": "entered_on", "professionals": "started_on", "assignments": "from_on",
    "sessions": "starts_at", "goals": "set_on", "goal_events": "on", "needs": "reviewed_on",
    "actions": "decided_on", "feedback": "given_on", "referrals": "sent_on", "contacts": "on",
    "trainings": "held_on",
}  # fmt: skip
LAST_DAYS = {
    "women": ["left_on", "leaving_reason"], "professionals": ["ended_on"],
    "assignments": ["to_on"], "actions": ["done_on"],
    "feedback": ["answered_on", "we_did"], "referrals": ["answered_on", "accepted", "told_again"],
}  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Tables:
    made = synthetic.generate(women=40, professionals=6, months=8)
    return Tables(**{name: made[name] for name in TABLES})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "team")


def until(tables: Tables, month: pd.Period) -> Tables:
    """Return the tables as they stood on the last day of a month, with the assessments since."""
    after = (month + 1).start_time
    cut = {}
    for name, first in FIRST_DAYS.items():
        frame = getattr(tables, name)
        kept = frame[~(frame[first] >= after)].copy()
        ends = LAST_DAYS.get(name, [])
        if ends:
            later = kept[ends[0]] >= after
            kept[ends] = kept[ends].mask(later)
        cut[name] = kept.reset_index(drop=True)
    women, sessions = cut["women"]["woman"], cut["sessions"]["session"]
    seen, safety = tables.attendance, tables.safety
    cut["attendance"] = seen[seen["session"].isin(sessions)].reset_index(drop=True)
    cut["safety"] = safety[safety["woman"].isin(women)].reset_index(drop=True)
    return replace(tables, **cut)


@pytest.mark.parametrize("month", chosen(MONTHS[:1], MONTHS), ids=str)
def test_what_comes_after_a_month_changes_no_number_of_it_and_not_its_source(
    tables: Tables, workspace: Workspace, month: pd.Period
) -> None:
    then = until(tables, month)
    now, was = (Snapshot.of(of, month, Settings()) for of in (tables, then))
    for name in METRICS:
        pd.testing.assert_frame_equal(now[name], was[name])
    for name, table in compute_by(now, "site").items():
        pd.testing.assert_frame_equal(table, compute_by(was, "site")[name])
    names = pd.Series(tables.women["woman"].unique(), tables.women["woman"].unique())
    pd.testing.assert_frame_equal(cases(tables, month, names), cases(then, month, names))
    pd.testing.assert_frame_equal(actions(tables, month), actions(then, month))
    assert source(workspace, known(tables), month) == source(workspace, known(then), month)


@pytest.mark.parametrize("name", TABLES)
def test_each_cell_of_a_month_stands_in_its_source(
    tables: Tables, workspace: Workspace, name: str
) -> None:
    then = until(tables, OCTOBER - 1)
    frame = getattr(then, name).copy()
    frame.iloc[len(frame) // 2, 1] = None
    both = (then, replace(then, **{name: frame}))
    assert len({source(workspace, known(of), OCTOBER - 1) for of in both}) == 2


@pytest.mark.parametrize("name", LAST_DAYS)
def test_an_end_stands_in_the_source_of_the_months_it_lies_before(
    tables: Tables, workspace: Workspace, name: str
) -> None:
    frame, column = getattr(tables, name), LAST_DAYS[name][0]
    day = pd.Timestamp("2026-09-15")
    (row, *_others) = frame.index[frame[FIRST_DAYS[name]] < day - pd.Timedelta(days=60)]
    of_row = frame.index == row
    ended, lasting = (
        known(replace(tables, **{name: frame.assign(**{column: frame[column].mask(of_row, end)})}))
        for end in (day, pd.NaT)
    )
    same = [
        month
        for month in MONTHS
        if source(workspace, ended, month) == source(workspace, lasting, month)
    ]
    assert same == [month for month in MONTHS if month < pd.Period(day, "M")]


def test_danger_that_was_noted_since_makes_the_months_before_other_ones(
    tables: Tables, workspace: Workspace
) -> None:
    calm = tables.safety.assign(**dict.fromkeys(DANGERS, "no"))
    last = calm["assessed_on"] == calm["assessed_on"].max()
    danger = calm.assign(imminent_danger=calm["imminent_danger"].mask(last, "yes"))
    assert calm["assessed_on"].max() >= OCTOBER.start_time
    names = {
        source(workspace, known(replace(tables, safety=of)), OCTOBER - 1) for of in (calm, danger)
    }
    assert len(names) == 2


def test_supervision_keeps_a_month_of_which_nothing_else_is_known_now(
    workspace: Workspace, tables: Tables
) -> None:
    def told() -> dict[Path, int]:
        folder = workspace.extracts / "2026-09" / "supervision"
        return {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    calm = replace(tables, safety=tables.safety.assign(**dict.fromkeys(DANGERS, "no")))
    one_site = replace(calm, women=calm.women.assign(site="Barcelona"))
    publish(workspace, replace(until(one_site, OCTOBER - 1), findings=()), OCTOBER - 1)
    before = told()
    publish(workspace, one_site, OCTOBER)
    assert told() == before
