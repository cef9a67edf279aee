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
from tests.metrics.oracles import columns, every, oracle
from tests.metrics.oracles import rows as plain
from tests.metrics.oracles.rows import Row, Rows
from tests.metrics.registries import Case, registries, span_of
from tests.night import NIGHT

T = TypeVar("T")

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
    "feedback": plain.Answer,
    "referrals": plain.Referral,
    "contacts": plain.Contact,
    "trainings": plain.Training,
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
    each = (column.split() for column in columns(name).split(", "))
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
    for name in METRICS:
        assert callable(oracle(name))
        assert columns(name)
    assert every() == set(METRICS)


def test_a_metric_without_an_oracle_is_told_where_to_write_one() -> None:
    with pytest.raises(LookupError, match=r"write tests/metrics/oracles/music\.py: def choir\("):
        oracle("music.choir")
    with pytest.raises(
        LookupError, match=r"oracles/needs\.py: def choir\(.*the definition of needs"
    ):
        oracle("needs.choir")


@pytest.mark.parametrize("name", METRICS)
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
        slow = oracle(name)(rows, span, case.settings)
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


@pytest.mark.parametrize("turn", range(10 if NIGHT else 1))
def test_every_cell_of_every_metric_is_the_one_of_its_definition(turn: int) -> None:
    """Ten turns of fifty registries at night, one of ten by day, so that xdist can share them."""

    @seed(turn)
    @given(case=registries())
    @settings(
        max_examples=50 if NIGHT else 10,
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
