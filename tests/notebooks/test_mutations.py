"""A wrong number is noticed: change one, and a notebook no longer says what it said."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib import notebooks
from copehope_lib.extract import Extract
from copehope_lib.metrics import METRICS
from copehope_lib.privacy.publish import preview
from tests.night import NIGHT
from tests.notebooks.cells import READING, differs, run, stored

MONTH = pd.Period("2026-10", "M")


@cache
def asked() -> dict[str, list[Path]]:
    """The notebooks that ask for each metric by its name."""
    found: dict[str, list[Path]] = {}
    for path in READING:
        for name in METRICS:
            if f'"{name}"' in path.read_text(encoding="utf-8").replace('\\"', '"'):
                found.setdefault(name, []).append(path)
    return found


SHOWN = sorted(name for name in asked() if METRICS[name].counts)
"""Metrics whose counts a notebook shows."""


def test_most_metrics_that_count_are_shown() -> None:
    assert len(SHOWN) >= 20


# As nbval compares one of them by day, and at night all, each in a kernel of its own.
@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_a_notebook_says_what_it_said(path: Path) -> None:
    assert run(path) == stored(path)


def one_more(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """A table in which one number is larger by one."""
    changed = table.copy()
    row = changed[column].first_valid_index()
    changed.loc[row, column] = changed.loc[row, column] + 1
    return changed


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Have a metric return one number that differs, where it is computed and where read."""
    read = Extract._table

    def changed(name: str, column: str) -> None:
        metric = METRICS[name]
        wrong = replace(metric, compute=lambda s: one_more(metric.compute(s), column))
        monkeypatch.setitem(METRICS, name, wrong)

        # Groups are told a column with others, under the name of their margin.
        margins = {of: margin for margin, all_of in metric.margins.items() for of in all_of}

        def table(self: Extract, asked: str, month: pd.Period, site: str = "") -> pd.DataFrame:
            found = read(self, asked, month, site)
            told = column if column in found else margins.get(column, column)
            return one_more(found, told) if (asked, month) == (name, MONTH) else found

        monkeypatch.setattr(Extract, "_table", table)

    return changed


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name in SHOWN for column in METRICS[name].counts[: None if NIGHT else 1]],
)
def test_a_number_that_changes_is_noticed(
    name: str, column: str, change: Callable[[str, str], None]
) -> None:
    change(name, column)
    assert any(differs(path) for path in asked()[name])


def test_what_a_metric_returns_reaches_the_extract(monkeypatch: pytest.MonkeyPatch) -> None:
    team, period = notebooks.opened()
    metric = METRICS["engagement.barriers"]
    wrong = replace(metric, compute=lambda s: one_more(metric.compute(s), "times"))
    monkeypatch.setitem(METRICS, metric.name, wrong)
    tables = team.tables()
    ours = notebooks.copy_of(team, tables)
    preview(ours, tables, period)
    now = Extract(ours.extracts, "supervision").table(metric.name, period)["times"]
    before = Extract(team.extracts, "supervision").table(metric.name, period)["times"]
    assert (now - before).sum() == 1
