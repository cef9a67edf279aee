"""One sheet of a workbook, whatever program wrote it: rows of texts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook.

    Attributes
    ----------
    name : str
        What its tab says.
    rows : list of list of str
        Its cells as text, from row 1 on.
    merged : tuple of int
        Rows that got a value from a merged cell that begins above them.
    uncalculated : bool
        Whether it holds a formula without a value.
    epoch : {1900, 1904}
        From when on its days are counted.
    """

    name: str
    rows: list[list[str]]
    merged: tuple[int, ...] = ()
    uncalculated: bool = False
    epoch: int = 1900


def filled_down(rows: list[list[str]], merges: Iterable[tuple[int, int, int]]) -> tuple[int, ...]:
    """Repeat the value of a merged cell in each blank that it covers; return those rows.

    Parameters
    ----------
    rows : list of list of str
        Cells, changed in place.
    merges : iterable of (int, int, int)
        First row, last row and first column of each merged cell, from 0.
    """
    filled = set()
    # Where merged cells lie over each other, the first counts, and no row is gone over twice.
    reached: dict[int, int] = {}
    for first, last, column in sorted(merges):
        # A merge may lie below all that is written.
        begins = rows[first] if first < len(rows) else []
        value = begins[column] if column < len(begins) else ""
        end = min(last + 1, len(rows)) if value else 0
        for place in range(max(first + 1, reached.get(column, 0)), end):
            row = rows[place]
            row.extend([""] * (column + 1 - len(row)))
            if not row[column]:
                row[column] = value
                filled.add(place + 1)
        reached[column] = max(end, reached.get(column, 0))
    return tuple(sorted(filled))


def as_text(value: object) -> str:
    """Write a spreadsheet's own value as a CSV would have it.

    Examples
    --------
    >>> as_text(datetime.datetime(2026, 10, 5)), as_text(3.0), as_text(True), as_text("")
    ('2026-10-05', '3', 'yes', '')
    """
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case datetime.datetime():
            # A spreadsheet keeps parts of a day, which are seldom whole microseconds.
            moment = value + datetime.timedelta(milliseconds=500)
            if moment.time().replace(microsecond=0) == datetime.time():
                return moment.date().isoformat()
            return moment.isoformat(timespec="seconds" if moment.second else "minutes")
        case datetime.date() | datetime.time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
