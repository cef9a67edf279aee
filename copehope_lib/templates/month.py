"""The sheet of the next month: women by planned days, and what is due, ready to be filled in."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
import xlsxwriter

from copehope_lib.metrics.assessments import LIMIT
from copehope_lib.metrics.practice.check import REVIEWED
from copehope_lib.months import bounds, name
from copehope_lib.schema import TABLES, heading
from copehope_lib.tables import Tables
from copehope_lib.templates.rules import Lists
from copehope_lib.templates.workbook import MADE, add_lists, add_sheet
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import AttendanceStatus, Module

LOOKED_BACK: Final = pd.Timedelta(days=35)
"""Days in which an activity was held, and women were expected at it: so it goes on."""


def made(tables: Tables, month: pd.Period) -> bytes:
    """Return the workbook of a month, in the language in use.

    Parameters
    ----------
    tables : Tables
        The registry.
    month : pandas.Period
        Month that is to be filled in.

    Examples
    --------
    >>> from python_calamine import CalamineWorkbook
    >>> from copehope_lib import demo
    >>> sheets = made(demo.workspace().tables(), pd.Period("2026-11", "M"))
    >>> CalamineWorkbook.from_filelike(io.BytesIO(sheets)).sheet_names[-4:]
    ['goal_events', 'safety', 'actions', '_lists']
    """
    target, lists = io.BytesIO(), Lists()
    here = _accompanied(tables, month)
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": name(month), "created": MADE})
        for activity in tables.activities.to_dict("records"):
            _by_days(book, tables, activity, month, here, lists)
        for table, rows in _due(tables, month, here):
            sheet = add_sheet(book, TABLES[table], lists, 1)
            places = {column: at for at, column in enumerate(TABLES[table].columns)}
            for y, row in enumerate(rows, 1):
                for column, cell in row.items():
                    sheet.write(y, places[column], cell)
        add_lists(book, lists)
    return target.getvalue()


def _accompanied(tables: Tables, month: pd.Period) -> list[str]:
    first, after = bounds(month)
    women = tables.women
    there = (women["entered_on"] < after) & ~(women["left_on"] <= first)
    return sorted(set(women.loc[there, "woman"]))


def planned(tables: Tables, activity: str, month: pd.Period) -> list[pd.Timestamp]:
    """Return the days of a month on which an activity is likely held: the weekdays of late."""
    first, after = bounds(month)
    held = tables.sessions[tables.sessions["activity"] == activity]["starts_at"].dropna()
    late = held[(held >= first - LOOKED_BACK) & (held < first)]
    days = pd.date_range(first, after, inclusive="left")
    return [day for day in days if day.weekday() in set(late.dt.day_of_week)]


def _by_days(
    book: Any, tables: Tables, activity: Any, month: pd.Period, here: list[str], lists: Lists
) -> None:
    code, days = activity["activity"], planned(tables, activity["activity"], month)
    sessions = tables.sessions[tables.sessions["activity"] == code]
    late = sessions[sessions["starts_at"] >= bounds(month)[0] - LOOKED_BACK]
    came = tables.attendance[tables.attendance["session"].isin(late["session"])]["woman"]
    women = [woman for woman in here if woman in set(came)]
    if not days or not women:
        return
    title = f"{Module.label_of(str(activity['module']))} ({code})"
    sheet = book.add_worksheet(f"{heading('attendance')} {code}"[:31])
    look = {"bold": True, "bg_color": tokens.TINT}
    bold, head = book.add_format(look), book.add_format({**look, "num_format": "d/m/yy"})
    sheet.write(0, 0, " · ".join([title, name(month), *_usual(late)]), bold)
    sheet.write(1, 0, heading("woman"), bold)
    for x, day in enumerate(days, 1):
        sheet.write_datetime(1, x, day.to_pydatetime(), head)
    sheet.write_column(2, 0, women)
    accepted = {"validate": "list", "source": lists.range_of(AttendanceStatus)}
    sheet.data_validation(2, 1, len(women) + 1, len(days), accepted)
    sheet.set_column(0, len(days), 12)
    sheet.freeze_panes(2, 1)


def _usual(sessions: pd.DataFrame) -> list[str]:
    """Return the hours and the professional of sessions that always have the same."""
    hours = {
        f"{start:%H:%M}-{end:%H:%M}"
        for start, end in zip(sessions["starts_at"], sessions["ends_at"], strict=True)
        if not pd.isna(end)
    }
    who = set(sessions["professional"].dropna())
    return [next(iter(of)) for of in (hours, who) if len(of) == 1]


def _due(
    tables: Tables, month: pd.Period, here: list[str]
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield what is due in a month: a row for each thing, of which the rest is blank."""
    last = bounds(month)[1]
    needs = tables.needs.groupby("woman")["reviewed_on"].max()
    due = [woman for woman in here if not needs.get(woman, pd.Timestamp(0)) > last - REVIEWED]
    asked = TABLES["needs"].column("need").words
    yield "needs", [{"woman": woman, "need": need.label} for woman in due for need in asked]
    done = tables.goal_events[tables.goal_events["event"].isin(["achieved", "set_aside"])]["goal"]
    still = tables.goals[tables.goals["woman"].isin(here) & ~tables.goals["goal"].isin(done)]
    still = still[still["target_on"].isna() | (still["target_on"] < last)]
    yield "goal_events", [{"goal": goal} for goal in sorted(still["goal"])]
    assessed = tables.safety.groupby("woman")["assessed_on"].max()
    old = [woman for woman in here if not assessed.get(woman, pd.Timestamp(0)) > last - LIMIT]
    yield "safety", [{"woman": woman} for woman in old]
    still = tables.actions[tables.actions["done_on"].isna()]
    yield "actions", [_action(row) for row in still.to_dict("records")]


def _action(row: dict[Any, Any]) -> dict[str, str]:
    """Return all that is known of a decision, as it is written on a sheet."""
    declared = TABLES["actions"].declared
    return {name: declared[name].spoken(row[name]) for name in declared if pd.notna(row[name])}
