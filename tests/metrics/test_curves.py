"""Curves: Kaplan-Meier as published, and engagement that comes back."""

import datetime as dt

import pandas as pd
import pytest
from scipy.stats import CensoredData, ecdf

from copehope_lib.metrics import engagement
from copehope_lib.tables import Tables
from tests.metrics.build import (
    OCTOBER,
    activity,
    came,
    metric,
    professional,
    registry,
    session,
    woman,
)  # fmt: skip

# Weeks of remission of 21 patients given 6-MP (Freireich and others, Blood 21:699, 1963), the
# textbook case of the product-limit estimate.
ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
GOING_ON = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def pauses_of(weeks_ended: list[int], weeks_going_on: list[int]) -> pd.DataFrame:
    """Time to return for pauses that lasted so many weeks; day 0 is a Monday long ago."""
    begun = pd.Timestamp("2024-01-01")
    weeks = [*weeks_ended, *weeks_going_on]
    women = pd.DataFrame(
        {
            "woman": [f"W-{n}" for n in range(len(weeks))],
            "entered_on": begun,
            "left_on": [begun + pd.Timedelta(weeks=n) for n in weeks],
        }
    )
    found = women[["woman", "entered_on"]].assign(
        paused_on=begun,
        returned_on=[
            begun + pd.Timedelta(weeks=n) if place < len(weeks_ended) else pd.NaT
            for place, n in enumerate(weeks)
        ],
    )
    return engagement.time_to_return(women, found, OCTOBER).set_index("week")


def test_the_estimate_is_that_of_the_textbook() -> None:
    curve = pauses_of(ENDED, GOING_ON)
    for week, published in PUBLISHED.items():
        assert 1 - curve.loc[week, "share"] == pytest.approx(published, abs=0.0005)
    # Those of week 6: 3 of 21 ended, so that 21 were at risk.
    assert curve.loc[6, ["at_risk", "returned"]].tolist() == [21, 3]
    assert curve.loc[7, ["at_risk", "returned"]].tolist() == [17, 4]


def test_the_interval_is_the_log_log_one_of_another_library() -> None:
    curve = pauses_of(ENDED, GOING_ON)
    other = ecdf(CensoredData(ENDED, right=GOING_ON)).sf
    interval = other.confidence_interval(method="log-log")
    for place, week in enumerate(other.quantiles):
        if week not in PUBLISHED:
            continue
        assert 1 - curve.loc[week, "high"] == pytest.approx(interval.low.probabilities[place])
        assert 1 - curve.loc[week, "low"] == pytest.approx(interval.high.probabilities[place])


def test_after_the_last_who_was_followed_nothing_is_claimed() -> None:
    curve = pauses_of(ENDED, GOING_ON)
    assert curve.loc[35, "at_risk"] == 1
    assert curve.loc[36, ["share", "low", "high"]].isna().all()


def weekly(statuses: str) -> Tables:
    """A woman who entered on 1 June, with a session each Monday: + came, − missed, 0 none."""
    word = {"+": "attended", "-": "missed", "x": "cancelled_by_us"}
    first = dt.date(2026, 6, 1)
    days = {
        f"S-{n}": (first + dt.timedelta(weeks=n), word[status])
        for n, status in enumerate(statuses)
        if status != "0"
    }
    return registry(
        women=[woman(entered="2026-06-01")],
        professionals=[professional()],
        activities=[activity()],
        sessions=[session(code, f"{day}T10:00", f"{day}T11:00") for code, (day, _) in days.items()],
        attendance=[came(code, status=status) for code, (_, status) in days.items()],
    )


def test_the_retention_curve_rises_again_with_a_return() -> None:
    curve = metric(weekly("+----++"), "engagement.retention").set_index("week")
    assert curve.loc[1:7, "engaged"].tolist() == [1, 1, 1, 0, 0, 1, 1]
    assert curve.loc[1:7, "observed"].tolist() == [1] * 7


def test_a_week_in_which_nothing_expected_her_is_not_observed() -> None:
    curve = metric(weekly("+0000x+"), "engagement.retention").set_index("week")
    assert curve.loc[1:7, "observed"].tolist() == [1, 1, 1, 0, 0, 0, 1]
    assert curve.loc[4:6, "share"].isna().all()


def test_a_week_that_is_not_over_is_not_observed() -> None:
    # 1 June to 31 October are 21 weeks and 6 days.
    curve = metric(weekly("+" * 22), "engagement.retention").set_index("week")
    assert curve.loc[[21, 22], "observed"].tolist() == [1, 0]


def test_where_nothing_expected_anybody_nobody_is_at_risk() -> None:
    curve = metric(weekly("xxxx"), "engagement.time_to_pause")
    assert curve["at_risk"].sum() == 0
    assert curve["share"].isna().all()


def test_nobody_has_paused_before_the_first_pause_could_begin() -> None:
    curve = metric(weekly("+----"), "engagement.time_to_pause").set_index("week")
    assert curve.loc[3, ["at_risk", "paused"]].tolist() == [1, 0]
    assert curve.loc[4, "paused"] == 1
