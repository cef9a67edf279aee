"""Tables that leave as files: what a spreadsheet opens, it must not run."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_RUNS: Final = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-2"), harmless("W-001")
    ("'=1+1", '-2', 'W-001')
    """
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def as_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV, in which each text is harmless.

    Examples
    --------
    >>> print(as_csv(pd.DataFrame({"text": ["@now", "later"], "n": [-1, 2]})), end="")
    text,n
    '@now,-1
    later,2
    """
    safe = pd.DataFrame({place: _safe(cells) for place, (_, cells) in enumerate(frame.items())})
    headings = [_harmless_line(str(name)) for name in frame]
    return safe.to_csv(index=False, header=headings, lineterminator="\n")


def _safe(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return cells
    return cells.map(lambda cell: _harmless_line(cell) if isinstance(cell, str) else cell)


def _harmless_line(text: str) -> str:
    # A bare carriage return is not quoted by every writer, and would begin a new row.
    return harmless(text).replace("\r\n", "\n").replace("\r", "\n")


def with_source(frame: pd.DataFrame, heading: str, source: str) -> pd.DataFrame:
    """Return a frame that says in a last column, in each row, where it comes from.

    Examples
    --------
    >>> with_source(pd.DataFrame({"n": [1]}), "source", "October 2026")
       n        source
    0  1  October 2026
    """
    return frame.assign(**{heading: source})


def as_xlsx(frame: pd.DataFrame, about: Iterable[str]) -> bytes:
    """Return a frame as an Excel workbook: its table, and a sheet that says what it is.

    Every text is written as text, so that none is taken for a formula or an address.

    Examples
    --------
    >>> as_xlsx(pd.DataFrame({"n": [1]}), ["One woman came."])[:2]
    b'PK'
    """
    file = BytesIO()
    with workbook(file) as book:
        sheet, notes = book.add_worksheet("table"), book.add_worksheet("about")
        sheet.freeze_panes(1, 0)
        write_table(book, sheet, frame)
        sheet.autofit()
        for row, line in enumerate(about):
            notes.write_string(row, 0, line)
    return file.getvalue()


def workbook(file: BytesIO) -> "Workbook":
    """Return a new workbook in which every text that is written is text, and nothing runs."""
    # A page that nobody downloads from need not load it.
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(file, plain | {"in_memory": True})


def write_table(book: "Workbook", sheet: "Worksheet", frame: pd.DataFrame, at: int = 0) -> int:
    """Write a frame with its headings into a sheet, and return the first row after it."""
    plain = {"text_wrap": True, "valign": "top"}
    text, decimal = book.add_format(plain), book.add_format({"num_format": "0.00"} | plain)
    for column, (heading, cells) in enumerate(frame.items()):
        numbers = any(isinstance(cell, int | float) for cell in cells)
        # A word among numbers, such as "hidden", stands where they do.
        side = {"align": "right"} if numbers else {}
        word = book.add_format(plain | side)
        head = book.add_format(plain | side | {"bold": True})
        sheet.write_string(at, column, str(heading), head)
        for row, cell in enumerate(cells, start=at + 1):
            shape = word if isinstance(cell, str) else decimal if _broken(cell) else text
            sheet.write(row, column, cell, shape)
    return at + 1 + len(frame)


def _broken(cell: object) -> bool:
    return isinstance(cell, float) and not cell.is_integer()
