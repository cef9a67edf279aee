"""Needs, by hand."""

import pandas as pd
import pytest

from tests.metrics.build import (
    OCTOBER,
    Row,
    activity,
    came,
    metric,
    professional,
    registry,
    session,
    woman,
)  # fmt: skip


def review(on: str, coverage: str, need: str = "housing", woman: str = "W-1") -> Row:
    return {"woman": woman, "reviewed_on": on, "need": need, "coverage": coverage}


def coverage(table: pd.DataFrame, need: str = "housing") -> dict[str, int]:
    return dict(table[table["need"] == need].set_index("coverage")["women"])


def test_the_latest_review_up_to_the_last_day_counts() -> None:
    tables = registry(
        women=[woman()],
        needs=[
            review("2026-10-31", "partly"),
            review("2026-09-01", "covered"),
            review("2026-11-01", "not_covered"),
        ],
    )
    table = metric(tables, "needs.coverage")
    assert coverage(table) == {"covered": 0, "partly": 1, "not_covered": 0, "unknown": 0}


def test_a_need_nobody_asked_about_is_not_known_and_each_need_counts_every_woman() -> None:
    tables = registry(
        women=[woman(), woman("W-2"), woman("W-3", left_on="2026-10-31")],
        needs=[review("2026-10-01", "covered"), review("2026-10-01", "covered", woman="W-3")],
    )
    table = metric(tables, "needs.coverage")
    assert coverage(table) == {"covered": 1, "partly": 0, "not_covered": 0, "unknown": 1}
    assert table.groupby("need")["women"].sum().eq(2).all()


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [("not_covered", "partly", "improved"), ("partly", "covered", "improved"),
     ("covered", "not_covered", "worsened"), ("covered", "covered", None),
     ("unknown", "covered", None), ("covered", "unknown", None)],
)  # fmt: skip
def test_what_was_not_known_before_or_is_not_now_is_no_change(
    before: str, now: str, change: str | None
) -> None:
    tables = registry(
        women=[woman()], needs=[review("2026-09-30", before), review("2026-10-01", now)]
    )
    table = metric(tables, "needs.changes")
    found = table.loc[table["women"] > 0, "change"].tolist()
    assert found == ([] if change is None else [change])


@pytest.mark.parametrize(
    ("columns", "long"),
    [
        ({"modular": False}, True),
        ({"modular": True}, False),
        ({"modular": False, "sessions_planned": 12}, True),
        ({"modular": False, "sessions_planned": 11}, False),
        ({"modular": False, "module": "sewing"}, True),
        ({"modular": False, "module": "music"}, False),
    ],
)
def test_a_training_is_long_from_twelve_sessions_that_cannot_be_entered_by_parts(
    columns: Row, long: bool
) -> None:
    tables = registry(
        women=[woman()],
        professionals=[professional()],
        activities=[activity(**columns)],
        sessions=[session("S-1", "2026-10-05T10:00", "2026-10-05T11:00")],
        attendance=[came("S-1", status="missed")],
        needs=[review("2026-09-01", "not_covered"), review("2026-09-01", "partly", "food")],
    )
    table = metric(tables, "needs.training", OCTOBER)
    assert table.to_numpy().tolist() == ([["W-1", "A-1", 1]] if long else [])
