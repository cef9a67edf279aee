"""What the tests of tables start from: two women of whom little is written yet."""

from importlib import import_module
from typing import Any

import pandas as pd
import pytest

from copehope_lib import language
from copehope_lib.schema import TableSchema
from copehope_lib.settings import Settings
from copehope_lib.tables.findings import Finding
from copehope_lib.tables.sheet import Dialect, Sheet
from copehope_lib.workspace import Workspace
from tests.night import NIGHT

_LOAD: Any = import_module("copehope_lib.tables.load")
_READ: dict[tuple[str, ...], tuple[TableSchema, Sheet, pd.DataFrame, Dialect]] = {}
"""Text files in which there was nothing to find, by what they hold and how they are looked at."""


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By day a table that stands as in an earlier test is not read again; at night each is."""
    if NIGHT:
        return
    sheet_of, typed = _LOAD.sheet_of, _LOAD._typed
    key: tuple[str, ...] = ()

    def read(held: list[Any], table: TableSchema, settings: Settings, said: list[Finding]) -> Sheet:
        nonlocal key
        key = ()
        if len(held) == 1 and held[0].path.suffix == ".csv" and held[0].path.is_file():
            path, spoken = held[0].path, language.current()
            key = (path.read_bytes().hex(), path.name, table.name, repr(settings), spoken)
            if key in _READ and _READ[key][0] is table:
                return _READ[key][1]
        before = len(said)
        sheet: Sheet = sheet_of(held, table, settings, said)
        if len(said) > before:
            key = ()
        return sheet

    def understood(
        sheet: Sheet, table: TableSchema, settings: Settings, said: list[Finding]
    ) -> tuple[pd.DataFrame, Dialect]:
        if key in _READ and _READ[key][1] is sheet:
            return _READ[key][2].copy(), _READ[key][3]
        before = len(said)
        frame, dialect = typed(sheet, table, settings, said)
        if key and len(said) == before:
            _READ[key] = table, sheet, frame.copy(), dialect
        return frame, dialect

    monkeypatch.setattr(_LOAD, "sheet_of", read)
    monkeypatch.setattr(_LOAD, "_typed", understood)


@pytest.fixture
def small(small: Workspace) -> Workspace:
    """The workspace of two women without goals, needs, assessments and actions."""
    for name in ("goals", "goal_events", "needs", "safety", "actions"):
        path = small.registry / f"{name}.csv"
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(heading + "\n", encoding="utf-8")
    return small
