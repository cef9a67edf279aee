"""The templates as CSV files: headings and two example rows."""

import csv
import io

from copehope_lib.schema import TableSchema, heading
from copehope_lib.templates.examples import as_text, decimal_mark, example_row, notice


def separator() -> str:
    """Return what Excel puts between cells: a semicolon where a comma marks the decimals."""
    return ";" if decimal_mark() == "," else ","


def written(table: TableSchema) -> bytes:
    """Return the template of one table, in the language in use.

    It begins with a byte order mark, without which Excel on Windows takes accents for something
    else. Lines end with a line feed alone: Excel opens that too, and files stay the same on
    every system.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> print(written(TABLES["needs"]).decode("utf-8-sig"))
    woman,reviewed_on,need,coverage
    # Example: rows that begin with # are not read.,,,
    # W-001,2026-10-12,Childcare,Covered in part
    <BLANKLINE>
    """
    text = io.StringIO()
    rows = csv.writer(text, delimiter=separator(), lineterminator="\n")
    rows.writerow(heading(name) for name in table.columns)
    rows.writerow([notice(), *[""] * (len(table.columns) - 1)])
    rows.writerow(as_text(cell) for cell in example_row(table))
    return text.getvalue().encode("utf-8-sig")
