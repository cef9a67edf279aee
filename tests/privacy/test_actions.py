"""Actions that come back: by hand, and without a word of what was decided."""

import dataclasses

import pandas as pd
import pytest

from copehope_lib import demo
from copehope_lib.demo.two_women import two_women
from copehope_lib.extract import Extract
from copehope_lib.privacy.actions import actions
from copehope_lib.tables import Tables

OCTOBER = pd.Period("2026-10", "M")


def tables(*rows: tuple[str, str, str | None, str | None]) -> Tables:
    """A registry with actions: code, decided, due, done."""
    base = two_women()
    frame = base.actions.iloc[[0] * len(rows)].reset_index(drop=True)
    frame["action"] = [row[0] for row in rows]
    for at, name in enumerate(("decided_on", "due_on", "done_on"), start=1):
        frame[name] = pd.to_datetime([row[at] for row in rows]).as_unit("us")
    return dataclasses.replace(base, actions=frame)


@pytest.mark.parametrize(
    ("decided", "due", "done", "state"),
    [
        ("2026-09-28", "2026-10-26", "2026-10-20", "done"),
        ("2026-09-28", "2026-10-26", None, "overdue"),
        ("2026-09-28", "2026-11-01", None, "open"),
        ("2026-09-28", "2026-10-31", None, "overdue"),
        ("2026-09-28", None, None, "open"),
        ("2026-01-05", "2026-02-01", None, "overdue"),
        ("2026-10-30", "2026-11-20", None, "open"),
        ("2026-09-28", "2026-10-26", "2026-11-02", "overdue"),
        ("2026-09-28", "2026-10-26", "2026-10-01", "done"),
    ],
)
def test_an_action_stands_as_it_does_on_the_last_day(
    decided: str, due: str | None, done: str | None, state: str
) -> None:
    (row,) = actions(tables(("D-1", decided, due, done)), OCTOBER).to_dict("records")
    assert row["state"] == state
    # What happens after the month is not known at its end.
    assert pd.isna(row["done_on"]) == (done is None or done > "2026-10-31")


@pytest.mark.parametrize(("decided", "done"), [("2026-11-02", None), ("2026-08-01", "2026-09-30")])
def test_what_was_done_before_or_decided_after_does_not_come_back(
    decided: str, done: str | None
) -> None:
    assert actions(tables(("D-1", decided, None, done)), OCTOBER).empty


def test_no_text_leaves_and_only_supervision_is_given_them() -> None:
    extract = Extract(demo.workspace().extracts, "supervision")
    registry = demo.workspace().tables().actions
    for month in extract.months:
        table = extract.table("actions", month)
        assert "text" not in table
        assert not set(table.astype(str).to_numpy().ravel()) & set(registry["text"])
        assert table["action"].is_monotonic_increasing
    for audience in ("team", "partner"):
        assert not Extract(demo.workspace().extracts, audience).holds("actions")
