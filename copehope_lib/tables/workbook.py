"""Workbooks: the sheets of an .xlsx or .ods, their values as text, within bounds."""

import re
import zipfile
from dataclasses import dataclass, replace
from typing import IO

from copehope_lib.language import gettext as _
from copehope_lib.tables import ods, xlsx
from copehope_lib.tables.grid import Grid
from copehope_lib.tables.sheet import Dialect, NotATable, Score, Sheet, from_rows

UNPACKED = 64 << 20
"""Bytes that a workbook may unpack to: some 300,000 rows; a larger table is a CSV file."""

_UNSAFE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Book:
    """A workbook: its visible sheets by name, and the names of its hidden ones."""

    grids: dict[str, Grid]
    hidden: tuple[str, ...]


def open_book(file: IO[bytes]) -> Book:
    """Open a workbook and read all its visible sheets.

    Raises
    ------
    NotATable
        If it is not what its ending says, is too large, or is built to do harm.
    OSError
        If it cannot be read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_harm(archive)
            # What it is inside counts, not what its ending says.
            reader = ods if "content.xml" in archive.namelist() else xlsx
            grids = reader.grids(archive)
    except (NotATable, OSError):
        raise
    except zipfile.BadZipFile:
        raise NotATable(_("it is not a spreadsheet inside, whatever its ending says")) from None
    except Exception as problem:  # a damaged workbook breaks its reader in any of many ways
        raise NotATable(_("it is damaged ({kind})").format(kind=type(problem).__name__)) from None
    visible = {grid.name: grid for grid in grids if not grid.hidden}
    return Book(visible, tuple(grid.name for grid in grids if grid.hidden))


def read(grid: Grid, file: str, score: Score) -> Sheet:
    """Read one sheet of a workbook as a table.

    Raises
    ------
    NotATable
        If there is nothing on it, or a formula on it was never calculated.
    """
    if grid.uncalculated:
        raise NotATable(
            _("it has formulas that were never calculated: open and save it in a spreadsheet")
        )
    sheet = from_rows(grid.rows, score, Dialect(file=file, sheet=grid.name))
    below = range(sheet.dialect.heading_row + 1, len(grid.rows) + 1)
    return replace(sheet, merged=tuple(row for row in grid.merged if row in below))


def _refuse_harm(archive: zipfile.ZipFile) -> None:
    """Refuse what would fill the memory: bombs, and XML that declares entities."""
    members = archive.infolist()
    if len(members) > 10_000 or sum(member.file_size for member in members) > UNPACKED:
        raise NotATable(
            _("it unpacks to more than {n} MB: save large tables as CSV").format(n=UNPACKED >> 20)
        )
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as content:
                if _UNSAFE.search(content.read(4096)):
                    raise NotATable(_("it declares entities, which no spreadsheet does"))
