"""Unchecked tables: one sentence that names table and column, never a smaller number."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from copehope_lib.demo.two_women import two_women
from copehope_lib.metrics import compute
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from tests.metrics.build import OCTOBER, Row, typed

DAYS = [
    (table.name, name)
    for table in TABLES.values()
    for name, column in table.declared.items()
    if column.kind in ("day", "moment") and not column.optional
]
REFERENCES = [
    (table.name, name)
    for table in TABLES.values()
    for name, column in table.declared.items()
    # Who takes care of an action is asked by no metric.
    if column.references and (table.name, name) != ("actions", "owner")
]
WORDS = [
    ("attendance", "status"), ("attendance", "barrier"), ("goals", "area"),
    ("goals", "chosen_by"), ("goal_events", "event"), ("needs", "need"),
    ("needs", "coverage"), ("safety", "setting"), ("activities", "module"),
    ("activities", "format"), ("professionals", "profile"), ("assignments", "function"),
]  # fmt: skip


KEPT: dict[str, Row] = {
    "feedback": {
        "feedback": "F-001", "given_on": "2026-10-05", "activity": "A-01", "asked": "safety",
        "face": "glad", "woman": "W-001",
    },
    "referrals": {
        "referral": "X-001", "woman": "W-001", "service": "health", "sent_on": "2026-10-05",
        "professional": "P-01",
    },
    "contacts": {"woman": "W-001", "on": "2026-10-05", "kind": "call", "professional": "P-01"},
    "trainings": {
        "professional": "P-01", "held_on": "2026-10-05", "theme": "gender", "hours": 4.0,
    },
}  # fmt: skip
"""A row of each table that the two women need not have."""


def spoilt(table: str, column: str, value: Any) -> Tables:
    tables = two_women()
    frame = getattr(tables, table).copy()
    if frame.empty:
        frame = typed(table, [KEPT[table]])
    if isinstance(frame[column].dtype, pd.CategoricalDtype):
        frame[column] = frame[column].astype("str")
    frame.loc[0, column] = value
    return replace(tables, **{table: frame})


def refusal(tables: Tables) -> str:
    with pytest.raises(ValueError, match=r"\w+\.\w+ has .*: run the checks") as refused:
        compute(tables, OCTOBER, Settings(), ["caseload.load", "practice.checks"])
    return str(refused.value)


@pytest.mark.parametrize(("table", "column"), DAYS)
def test_a_day_that_is_missing_is_named(table: str, column: str) -> None:
    assert refusal(spoilt(table, column, pd.NaT)).startswith(f"{table}.{column} ")


@pytest.mark.parametrize(
    ("table", "column", "code"),
    [
        (table, column, code)
        for table, column in REFERENCES
        for code in ("Amaka", None)
        # Who held a session may not be known.
        if code or not TABLES[table].column(column).optional
    ],
)
def test_a_code_that_nobody_declared_is_refused_and_not_repeated(
    table: str, column: str, code: str | None
) -> None:
    said = refusal(spoilt(table, column, code))
    assert said.startswith(f"{table}.{column} ")
    assert "Amaka" not in said


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_a_word_of_no_vocabulary_is_named(table: str, column: str) -> None:
    assert refusal(spoilt(table, column, "something else")).startswith(f"{table}.{column} ")
