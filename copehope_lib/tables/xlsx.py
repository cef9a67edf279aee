"""Sheets of an .xlsx, read with openpyxl: values, not formulas."""

import re
import warnings
import zipfile

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from copehope_lib.tables.grid import Grid, as_text, filled_down, refuse_if_too_large

_NO_VALUE = re.compile(rb"</f>\s*(<v\s*/>|<v>\s*</v>)?\s*</c>|<f[^>]*/>\s*</c>")


def grids(archive: zipfile.ZipFile) -> list[Grid]:
    """Return all sheets of a workbook, hidden ones too.

    Raises
    ------
    NotATable
        If a sheet spans more cells than can be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it cannot keep (drop-downs, pictures) is no cell
        book = openpyxl.load_workbook(archive.fp, data_only=True, keep_links=False)
    found = []
    for place, sheet in enumerate(book.worksheets, start=1):
        refuse_if_too_large(sheet.max_row, sheet.max_column)
        rows = [[as_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        found.append(
            Grid(
                name=sheet.title,
                rows=rows,
                hidden=sheet.sheet_state != "visible",
                merged=filled_down(rows, _merges(sheet)),
                uncalculated=_uncalculated(archive, place),
            )
        )
    return found


def _merges(sheet: Worksheet) -> list[tuple[int, int, int]]:
    return [
        (area.min_row - 1, area.max_row - 1, area.min_col - 1) for area in sheet.merged_cells.ranges
    ]


def _uncalculated(archive: zipfile.ZipFile, place: int) -> bool:
    name = f"xl/worksheets/sheet{place}.xml"
    return name in archive.namelist() and bool(_NO_VALUE.search(archive.read(name)))
