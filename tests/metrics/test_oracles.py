"""Every metric, cell by cell, against a slow reading of its definition on drawn registries."""

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from copehope_lib import vocabulary as words
from copehope_lib.demo.two_women import two_women
from copehope_lib.metrics import METRICS, compute
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from tests.metrics.oracles import ORACLES
from tests.metrics.oracles import rows as plain
from tests.metrics.oracles.rows import Row, Rows
from tests.metrics.registries import Case, registries, span_of
from tests.night import tries

T = TypeVar("T")

FLOWS = "before str, after str, "
CHANGE = (
    "before Int64, before_of Int64, now Int64, now_of Int64, difference Float64, low Float64, "
    "high Float64, clear boolean"
)
CURVE = "share Float64, low Float64, high Float64"
COLUMNS = {
    "caseload.load": "professional str, women Int64, women_average Float64, points Float64, "
    "load Float64",
    "caseload.functions": "woman str, professionals Int64, profiles Int64, carried_alone boolean",
    "caseload.distribution": "professional str, function str, women Int64",
    "caseload.profiles": "profiles str, women Int64",
    "caseload.spread": "professionals Int64, women Int64, carried_alone Int64, "
    "median Float64, max_to_median Float64, gini Float64",
    "caseload.reference": "changes str, women Int64",
    "engagement.attendance": "scope str, attended Int64, partly Int64, excused Int64, "
    "missed Int64, cancelled_by_us Int64, rate Float64",
    "engagement.barriers": "barrier str, times Int64",
    "engagement.modules": "module str, sessions Int64, women Int64, places Int64, "
    "group_size Float64, minutes Float64",
    "engagement.pauses": "woman str, entered_on day, since day, paused_on day, returned_on day",
    "engagement.movements": "movement str, women Int64",
    "engagement.women": "woman str, pattern word, expected Int64, came Int64",
    "engagement.patterns": "pattern str, women Int64",
    "engagement.flows": FLOWS + "women Int64",
    "engagement.retention": "week Int64, observed Int64, engaged Int64, " + CURVE,
    "engagement.time_to_pause": "week Int64, at_risk Int64, paused Int64, " + CURVE,
    "engagement.time_to_return": "week Int64, at_risk Int64, returned Int64, " + CURVE,
    "itineraries.goals": "goal str, woman str, area word, chosen_by word, state word, "
    "last_on day, attainment Int64",
    "itineraries.states": "area str, state str, goals Int64",
    "itineraries.chosen": "chosen_by str, state str, goals Int64",
    "itineraries.flows": FLOWS + "goals Int64",
    "itineraries.quiet": "days str, goals Int64",
    "itineraries.attainment": "woman str, t Float64",
    "itineraries.levels": "attainment Int64, goals Int64",
    "itineraries.paths": "goal str, woman str, area word, on day, event word, attainment Int64",
    "needs.women": "woman str, need word, coverage word, reviewed_on day",
    "needs.coverage": "need str, coverage str, women Int64",
    "needs.changes": "need str, change str, women Int64",
    "needs.training": "woman str, activity str, needs Int64",
    "practice.checks": "check str, numerator Int64, denominator Int64",
    "practice.findings": "check str, woman str, code str, other str",
    "change.attendance": "scope str, " + CHANGE,
    "change.patterns": "pattern str, " + CHANGE,
    "change.coverage": "need str, " + CHANGE,
    "change.checks": "check str, " + CHANGE,
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""

_NOTHING: Any = {
    name: pd.DataFrame(columns=pd.Index(table.columns)).astype(table.dtypes)
    for name, table in TABLES.items()
}
EMPTY = Tables(**_NOTHING)
VOCABULARIES = [
    ("pattern", *words.Pattern.codes()),
    ("area", *words.Area.codes()),
    ("chosen_by", *words.ChosenBy.codes()),
    ("state", "not_started", "under_way", "paused", "achieved", "set_aside"),
    ("event", *words.GoalEvent.codes()),
    ("need", *words.Need.codes()),
    ("coverage", *words.Coverage.codes()),
]

KINDS: dict[str, Callable[..., Any]] = {
    "women": plain.Stay,
    "professionals": plain.Professional,
    "assignments": plain.Assignment,
    "activities": plain.Activity,
    "sessions": plain.Session,
    "attendance": plain.Attendance,
    "goals": plain.Goal,
    "goal_events": plain.GoalEvent,
    "needs": plain.Review,
    "safety": plain.Assessment,
    "actions": plain.Action,
}


def rows_of(tables: Tables) -> Rows:
    """A registry as plain rows: strings, numbers, days, and None where missing."""
    return Rows(**{name: _rows(getattr(tables, name), name) for name in KINDS})


def _rows(frame: pd.DataFrame, name: str) -> list[Any]:
    columns = [field.name for field in fields(cast(Any, KINDS[name]))]
    cells = [_cells(frame[column], TABLES[name].declared[column].kind) for column in columns]
    return [KINDS[name](*row) for row in zip(*cells, strict=True)]


def _cells(column: pd.Series, kind: str) -> list[Any]:
    if kind in ("day", "moment"):
        moments = column.to_numpy().astype("datetime64[us]").tolist()
        return moments if kind == "moment" else [each and each.date() for each in moments]
    return [None if pd.isna(each) else each for each in column.tolist()]


def _same(cell: Any, slow: Any) -> bool:
    if slow is None or pd.isna(cell):
        return bool(slow is None and pd.isna(cell))
    if isinstance(slow, dt.date):
        return bool(cell == pd.Timestamp(slow))
    if isinstance(slow, float):
        return math.isclose(cell, slow, rel_tol=1e-9, abs_tol=1e-9)
    return bool(cell == slow)


def asked(name: str) -> dict[str, str]:
    """Columns and dtypes of a metric; a word may be a category of its vocabulary, too."""
    each = (column.split() for column in COLUMNS[name].split(", "))
    return {column: kind.replace("day", "datetime64[us]") for column, kind in each}


def differences(frame: pd.DataFrame, slow: list[Row], name: str) -> list[str]:
    """Say in which cells a frame is not what the definition asks for."""
    columns = list(asked(name))
    if frame.columns.tolist() != columns:
        return [f"{name}: columns {frame.columns.tolist()}, not {columns}"]
    if frame.index.tolist() != list(range(len(frame))):
        return [f"{name}: an index that is not plain: {frame.index.tolist()}"]
    if len(frame) != len(slow):
        return [f"{name}: {len(frame)} rows, not {len(slow)}:\n{frame}\n{slow}"]
    found = []
    for column in columns:
        for place, (cell, row) in enumerate(zip(frame[column].tolist(), slow, strict=True)):
            if not _same(cell, row[column]):
                found.append(f"{name}, row {place} {row}: {column} is {cell}")
    return found


def test_every_metric_has_an_oracle_and_every_oracle_a_metric() -> None:
    assert set(ORACLES) == set(METRICS)
    assert set(COLUMNS) == set(METRICS)


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("tables", [two_women(), EMPTY], ids=["two women", "nobody"])
def test_a_frame_has_the_columns_and_dtypes_of_its_definition(name: str, tables: Tables) -> None:
    frame = compute(tables, pd.Period("2026-10", "M"), Settings(), [name])[name]
    assert frame.columns.tolist() == list(asked(name))
    for column, kind in asked(name).items():
        dtype = frame[column].dtype
        if kind == "word" and isinstance(dtype, pd.CategoricalDtype):
            assert (column, *dtype.categories) in VOCABULARIES
        else:
            assert str(dtype) == kind.replace("word", "str")


def disagreements(case: Case, names: list[str]) -> list[str]:
    """Say in which cells metrics are not what their definitions ask for."""
    made = compute(case.tables, case.period, case.settings, names)
    rows, span = rows_of(case.tables), span_of(case.period)
    found = []
    for name in names:
        slow = ORACLES[name](rows, span, case.settings)
        found.extend(differences(made[name], slow, name))
    return found


def smallest(case: Case, names: list[str]) -> Case:
    """The same registry without every row that a disagreement does not need."""
    tables = case.tables
    for name in reversed(KINDS):  # those that name a code of another table come first
        for place in reversed(range(len(getattr(tables, name)))):
            fewer = getattr(tables, name).drop(index=place).reset_index(drop=True)
            trial = replace(tables, **{name: fewer})
            try:
                needed = not disagreements(replace(case, tables=trial), names)
            except (KeyError, ValueError, StopIteration):  # the row is named elsewhere
                needed = True
            if not needed:
                tables = trial
    return replace(case, tables=tables)


def told(case: Case, names: list[str]) -> str:
    """Which metrics disagree in a registry; of the first one also where, and the rows of it."""
    wrong = [name for name in names if disagreements(case, [name])]
    small = smallest(case, wrong[:1])
    rows = [str(row) for kind in vars(rows_of(small.tables)).values() for row in kind]
    said = disagreements(small, wrong[:1])[:10]
    return "\n".join([f"{wrong}:", *said, f"in {small.period} of", *rows, repr(small.settings)])


@pytest.mark.parametrize("turn", range(10))
def test_every_cell_of_every_metric_is_the_one_of_its_definition(turn: int) -> None:
    """Ten turns of fifty registries at night, ten by day, so that xdist can share them out."""

    @seed(turn)
    @given(case=registries())
    @settings(
        max_examples=tries(50),
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],  # `smallest` knows better what a row can do without
        suppress_health_check=[HealthCheck.too_slow],
    )
    def agree(case: Case) -> None:
        names = list(METRICS)
        if disagreements(case, names):
            pytest.fail(told(case, names), pytrace=False)

    agree()
