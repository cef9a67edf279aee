"""Workbooks: the sheets of an .xlsx, .xlsm or .ods, their values as text, within bounds."""

import re
import zipfile
from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from copehope_lib.language import gettext as _
from copehope_lib.tables.grid import Grid, as_text, filled_down
from copehope_lib.tables.look import ODS, UNPACKED, Look, look, too_large
from copehope_lib.tables.sheet import Dialect, NotATable, Score, Sheet, from_rows

# How an .xls begins, and a workbook under a password.
_BEFORE_ZIP = bytes.fromhex("d0cf11e0a1b11ae1")

# The reader takes an error such as #REF! for a blank, and a tab for nothing: both become texts.
_MEANT = {b' t="e"': b' t="str"', b'office:string-value=""': b"", b"<text:tab/>": b" "}

# Line ends between cells, over which the reader stumbles.
_BETWEEN = re.compile(rb">\s+(</?table:)")


_WITH_BLANK_ROWS = 512 << 20
_BLANK_ROW = re.compile(
    rb"""<row r="\d+"[^<>]*(?:/>|>(?:<c r="[A-Z]+\d+"[^<>]*/>)*</row>)(?=<row r=")"""
)

_SINCE_1904 = re.compile(
    rb"""<[^<]*\bdate1904=["'](?:1|true)["']|<table:null-date\b[^<>]*date-value=["']1904-"""
)


@dataclass(frozen=True)
class Book:
    """A workbook: its visible sheets by name, the names of its hidden ones, and of all in order."""

    grids: dict[str, Grid]
    hidden: tuple[str, ...]
    order: tuple[str, ...]


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
        parts = _parts(file)
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise NotATable(_under_a_password())
        looks, ragged = look(parts), ODS in parts
        epoch = 1904 if any(_counts_from_1904(*part) for part in parts.items()) else 1900
        packed = _plainly_packed(parts)
        parts.clear()
        with CalamineWorkbook.from_filelike(packed) as book:
            grids, hidden = {}, []
            for place, about in enumerate(book.sheets_metadata):
                if about.visible is SheetVisibleEnum.Visible:
                    sheet = book.get_sheet_by_index(place)
                    grid = _grid(sheet, looks[place], ragged=ragged)
                    grids[about.name] = replace(grid, epoch=epoch)
                else:
                    hidden.append(about.name)
            order = tuple(about.name for about in book.sheets_metadata)
            return Book(grids, tuple(hidden), order)
    except (NotATable, OSError, KeyboardInterrupt, SystemExit):
        raise
    except zipfile.BadZipFile:
        file.seek(0)
        raise NotATable(_instead(file.read())) from None
    except BaseException as problem:  # a damaged workbook breaks its reader in any of many ways
        raise NotATable(_("it is damaged ({kind})").format(kind=type(problem).__name__)) from None


def _instead(content: bytes) -> str:
    """Return what a file is that is named like a workbook of today and is none."""
    if content.startswith(_BEFORE_ZIP):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _under_a_password()
        return _("it is an .xls of before 2007: open it, and save it as .xlsx")
    if re.match(rb"\s*<(?:!doctype|html|\?xml|meta|table)", content.removeprefix(BOM_UTF8), re.I):
        return _("it is a web page under another ending: open it, and save it as .xlsx")
    if content.strip() and b"\0" not in content:
        return _("it is a text file under another ending: end its name in .csv")
    return _("it is not a spreadsheet inside, whatever its ending says")


def _under_a_password() -> str:
    return _("it is under a password: open it, and save it without one")


def _parts(file: IO[bytes]) -> dict[str, bytes]:
    """Return the XML inside a workbook by name, each part unpacked to the size that it tells.

    What is left out are rows that hold nothing but formats, such as those of a column that is
    formatted down to the last row: they can be many times as long as the table.
    """
    with zipfile.ZipFile(file) as archive:
        # Names that differ by case alone are one to the reader, and the last of them counts.
        members = {member.filename.lower(): member for member in archive.infolist()}
        read = [members[name] for name in members if name.endswith((".xml", ".rels"))]
        if len(members) > 10_000 or sum(one.file_size for one in read) > _WITH_BLANK_ROWS:
            raise too_large()
        parts, room = {}, UNPACKED
        for member in read:
            pieces = []
            with archive.open(member) as packed:
                while piece := packed.read(1 << 20):
                    pieces.append(_BLANK_ROW.sub(b"", piece))
                    room -= len(pieces[-1])
                    if room < 0:
                        raise too_large()
            parts[member.filename] = b"".join(pieces)
        return parts


def _counts_from_1904(name: str, content: bytes) -> bool:
    return name.lower().endswith(("workbook.xml", ODS)) and bool(_SINCE_1904.search(content))


def _plainly_packed(parts: dict[str, bytes]) -> BytesIO:
    """Return a workbook of what was looked at, and of nothing else."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, content in parts.items():
            for written, meant in _MEANT.items():
                content = content.replace(written, meant)
            archive.writestr(name, _BETWEEN.sub(rb">\1", content))
    packed.seek(0)
    return packed


def _grid(sheet: CalamineSheet, about: Look, *, ragged: bool) -> Grid:
    """Return the cells of a sheet; in a ragged one each row ends with its last value."""
    same: dict[str, str] = {}  # a text that stands in many cells is kept once
    before = [""] * (sheet.start or (0, 0))[1]
    rows = []
    for values in sheet.iter_rows():
        row = before + [same.setdefault(text, text) for text in map(as_text, values)]
        while ragged and row and not row[-1]:
            row.pop()
        rows.append(row)
    merged = filled_down(rows, about.merges)
    return Grid(sheet.name, rows, merged, about.uncalculated)


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
    sheet = from_rows(grid.rows, score, Dialect(file=file, sheet=grid.name, epoch=grid.epoch))
    below = range(sheet.dialect.heading_row + 1, len(grid.rows) + 1)
    return replace(sheet, merged=tuple(row for row in grid.merged if row in below))
