"""What a cell of the workbook accepts: drop-downs, days and numbers within bounds."""

from datetime import date
from typing import Any, Final

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from copehope_lib.language import gettext as _
from copehope_lib.schema import Column
from copehope_lib.vocabulary import Vocabulary

# The hidden sheet with the values of all drop-downs. They all stand there: a list inside a cell
# may have 255 letters at most, and breaks a label such as “Individual, online” at its comma.
LISTS: Final = "_lists"

_DAYS: Final = (date(1990, 1, 1), date(2100, 12, 31))

Rule = dict[str, Any]


class Lists:
    """The columns of the hidden sheet: one a vocabulary, in the order of their first use.

    Examples
    --------
    >>> from copehope_lib.vocabulary import YesNo
    >>> lists = Lists()
    >>> lists.range_of(YesNo), lists.labels
    ("='_lists'!$A$1:$A$2", [['Yes', 'No']])
    """

    def __init__(self) -> None:
        self._used: list[type[Vocabulary]] = []

    @property
    def labels(self) -> list[list[str]]:
        """The labels of each vocabulary, in the language in use."""
        return [[word.label for word in words] for words in self._used]

    def range_of(self, words: type[Vocabulary]) -> str:
        """Return where the labels of a vocabulary stand, as a formula."""
        if words not in self._used:
            self._used.append(words)
        place = self._used.index(words)
        return f"='{LISTS}'!{xl_range_abs(0, place, len(words) - 1, place)}"


def rule(column: Column, row: int, place: int, lists: Lists) -> Rule | None:
    """Return the data validation of a column as XlsxWriter takes it, or None for free words.

    Parameters
    ----------
    column : Column
        Its declaration.
    row, place : int
        First cell to which it applies, counted from 0.
    lists : Lists
        Gathers the drop-downs.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> fte = TABLES["professionals"].column("fte")
    >>> rule(fte, 3, 2, Lists())["error_message"]
    'Write a number from 0 to 1.'
    """
    match column.kind:
        case "word" | "yes_no":
            accepted: Rule = {"validate": "list", "source": lists.range_of(column.words)}
            message = _("Choose one of the values in the list.")
        case "day":
            accepted, message = _between("date", *_DAYS), _("Write a day such as 2026-10-05.")
        case "moment":
            message = (
                _("Write a day and time such as 2026-10-05 10:00, or the day alone.")
                if column.day_alone
                else _("Write a day and time such as 2026-10-05 10:00.")
            )
            accepted = _between("date", *_DAYS)
        case "integer" | "number":
            kind = "integer" if column.kind == "integer" else "decimal"
            accepted, message = _between(kind, column.low, column.high), column.expected
        case "code":
            return _a_code(row, place, column)
        case _:
            return None
    return {**accepted, "error_title": _("Not understood"), "error_message": message}


def _between(kind: str, low: object, high: object) -> Rule:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _a_code(row: int, place: int, column: Column) -> Rule:
    """Warn of what does not end in a digit, as names do not; a team may have other codes."""
    cell = xl_rowcol_to_cell(row, place)
    return {
        "validate": "custom",
        "value": f"=ISNUMBER(VALUE(RIGHT({cell},1)))",
        "error_type": "warning",
        "error_title": _("Is this a code?"),
        "error_message": column.expected,
    }
