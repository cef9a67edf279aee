"""Example cells, as values: a day is a date, a number a number, a word its label."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from copehope_lib.language import gettext as _
from copehope_lib.language import locale
from copehope_lib.schema import Column, TableSchema

Cell = str | int | float | date | datetime

# What an example row begins with; a registry leaves such rows out.
MARK: Final = "# "

_IN_A_ROW: Final = {
    # Next to a barrier she did not come, and next to an attainment the goal was reached.
    ("attendance", "status"): "missed",
    ("goal_events", "event"): "achieved",
}

# What makes a value of an example as it is written in the schema.
_VALUE: Final[dict[str, Callable[[str], Cell]]] = {
    "code": str,
    "integer": int,
    "number": float,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "text": _,
}


def example(column: Column, text: str | None = None) -> Cell:
    """Return the example of a column as a value, in the language in use.

    Parameters
    ----------
    column : Column
        Its declaration.
    text : str, optional
        Another example, as it is written in a CSV file in English.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> example(TABLES["women"].column("entered_on"))
    datetime.date(2026, 1, 15)
    >>> example(TABLES["attendance"].column("status"))
    'Attended'
    """
    text = column.example if text is None else text
    return column.words.label_of(text) if column.vocabulary else _VALUE[column.kind](text)


def example_row(table: TableSchema) -> list[Cell]:
    """Return the example row of a table, marked as one that is not read.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> example_row(TABLES["needs"])
    ['# W-001', datetime.date(2026, 10, 12), 'Childcare', 'Covered in part']
    """
    first, *others = (
        example(column, _IN_A_ROW.get((table.name, name)))
        for name, column in table.declared.items()
    )
    return [f"{MARK}{first}", *others]


def notice() -> str:
    """Return what stands above an example row, marked like it."""
    return _("# Example: rows that begin with # are not read.")


def decimal_mark() -> str:
    """Return what stands before the decimals in the language in use."""
    return str(locale().number_symbols["latn"]["decimal"])


def as_text(cell: Cell) -> str:
    """Return a cell as it is written in a CSV file in the language in use.

    Examples
    --------
    >>> as_text(datetime(2026, 10, 5, 10)), as_text(0.8)
    ('2026-10-05T10:00', '0.8')
    """
    match cell:
        case datetime():
            return cell.isoformat(timespec="minutes")
        case date():
            return cell.isoformat()
        case float():
            return str(cell).replace(".", decimal_mark())
        case _:
            return str(cell)
