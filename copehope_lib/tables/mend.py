"""Safe mendings: a copy of each file in which only what is wrong is written otherwise."""

import csv
import io
import re
import zipfile
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.language import LANGUAGES, catalog, ngettext, plain
from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.settings import Settings
from copehope_lib.tables import text_file
from copehope_lib.tables.columns import matched
from copehope_lib.tables.files import TEXT_FILES, refuse_sealed, shown, sources
from copehope_lib.tables.load import sheet_of
from copehope_lib.tables.look import book_of
from copehope_lib.tables.sheet import Dialect, Sheet
from copehope_lib.tables.understand import understand
from copehope_lib.tables.workbook import open_book
from copehope_lib.vocabulary import Vocabulary

Edits = dict[tuple[int, int], str | float]
"""What is to stand in a cell, by its row and column from 0."""

Cells = dict[tuple[int, int], tuple[str, str | float]]
"""What stands in a cell and what is to stand there, likewise."""

_CELL: Final = re.compile(
    r'<((?:\w+:)?)c((?:\s[^<>]*?)?)\sr="([A-Z]+\d+)"([^<>]*?)(?:/>|>(.*?)</\1c>)', re.S
)
_TYPE: Final = re.compile(r'\st="\w*"')


@dataclass(frozen=True)
class Change:
    """What is written otherwise in one column of a table.

    Attributes
    ----------
    table, column : str
        Table and column.
    cells : int
        How many cells.
    row : int
        The first of their rows, as the spreadsheet shows it.
    old, new : str
        What stood there and what stands there now; empty where only blanks were taken away.
    """

    table: str
    column: str
    cells: int
    row: int
    old: str
    new: str

    def __str__(self) -> str:
        """Return the change as one line."""
        n = ngettext("{n} cell", "{n} cells", self.cells).format(n=self.cells)
        row = ngettext("row {n}", "rows {n}", 1).format(n=self.row)
        what = f"{self.old} → {self.new}" if self.old else _("blanks taken away")
        return f"{heading(self.table)}, {heading(self.column)}: {n} ({row}: {what})"


@dataclass(frozen=True)
class Mended:
    """The copy of one file, and what is written otherwise in it."""

    path: Path
    content: bytes
    changes: tuple[Change, ...]


def mend(registry: Path, settings: Settings) -> list[Mended]:
    """Return a copy of each file of which some cells can be mended without a guess.

    A stray blank, a code such as ``w 002``, a day that is text, a word in another spelling or a
    number that a workbook keeps as text is written plainly, in the language of the file. What
    reads as it stands stays as it is, and so does what is not understood.

    Parameters
    ----------
    registry : pathlib.Path
        Folder of the tables; nothing in it is changed.
    settings : Settings
        Time zone of the team, and what it settled about its files.

    Raises
    ------
    CopehopeError
        If a table is sealed, or stands in an .ods, which is not written.
    """
    refuse_sealed(registry)
    found = sources(registry)
    cells: dict[Path, dict[tuple[str, str], Edits]] = defaultdict(dict)
    changes: dict[Path, list[Change]] = defaultdict(list)
    for table in TABLES.values():
        sheet = sheet_of(found.tables[table.name], table, settings, [])
        # Cells beyond the headings are not understood: such a table is left to the team.
        if not sheet.dialect.file or sheet.too_long:
            continue
        source, dialect = found.tables[table.name][0], sheet.dialect
        for name, wrong in _to_mend(sheet, table, settings):
            edits = cells[source.path].setdefault((dialect.sheet, dialect.separator), {})
            edits |= {place: new for place, (_old, new) in wrong.items()}
            changes[source.path].append(_change(table.name, name, wrong))
    return [Mended(path, _copy(path, cells[path]), tuple(of)) for path, of in changes.items()]


def _copy(path: Path, edits: Mapping[tuple[str, str], Edits]) -> bytes:
    content = path.read_bytes()
    if path.suffix.lower() in TEXT_FILES:
        (((_sheet, separator), cells),) = edits.items()
        return _in_text(content, "\t" if separator == "tab" else separator, cells)
    if path.suffix.lower() == ".ods":
        sentence = _(
            "{file} is an .ods, which is not written: save it as .xlsx, or mend it by hand."
        )
        raise CopehopeError(sentence.format(file=shown(path)))
    return _in_workbook(content, {sheet: cells for (sheet, _sep), cells in edits.items()})


def write(mended: list[Mended], workspace: Path) -> Path:
    """Write the copies into a new folder of the workspace, for nobody else to read.

    Returns
    -------
    pathlib.Path
        ``mended``, or ``mended-2`` and so on where there is one already.
    """
    folder = private.free(workspace / "mended")
    folder.mkdir(mode=0o700)
    for one in mended:
        private.write_new(folder / one.path.name, one.content)
    return folder


def _change(table: str, column: str, cells: Cells) -> Change:
    """Tell of the first cell what was understood, which is no name; of others only how many."""
    place = next((place for place, (old, new) in cells.items() if old != new), min(cells))
    old, new = cells[place]
    row = place[0] + 1
    return Change(table, column, len(cells), row, "" if old == new else old, str(new))


def _to_mend(sheet: Sheet, table: TableSchema, settings: Settings) -> Iterator[tuple[str, Cells]]:
    """Yield by column the cells that are to be written otherwise: what stands there, what will."""
    places, _findings = matched(sheet.headings, table, settings.reading)
    for name, place in places.items():
        cells, column, at = sheet.cells[place], table.column(name), sheet.positions[place]
        if column.kind == "text":
            continue  # a text may be of several lines
        texts = pd.Series(cells.cat.categories)
        meaning = understand(cells, column, settings, sheet.dialect.epoch).meaning
        better = [*map(partial(_better, column, sheet.dialect), texts, meaning)]
        stray = sheet.stray[place]
        wrong = {
            (int(row) - 1, at): (texts[code], better[code])
            for row, code in zip(cells.index, cells.cat.codes, strict=True)
            if code >= 0 and (better[code] != texts[code] or row in stray)
        }
        if wrong:
            yield name, wrong


def _better(column: Column, dialect: Dialect, text: str, value: Any) -> str | float:
    """Return how a text that could be read is written, which is seldom otherwise."""
    if pd.isna(value):
        return text
    words = column.vocabulary
    match column.kind:
        case "code":
            return str(value)
        case "day" | "moment" if not re.match(r"\d{4}-\d\d-\d\d", text):
            alone = column.kind == "day" or (column.day_alone and value == value.normalize())
            return str(value.isoformat()[: 10 if alone else 16])
        case "number" if "," in text and dialect.separator != ";":
            return float(value) if dialect.sheet else text.replace(",", ".")
        case "word" | "yes_no" if words and text not in _written(words):
            return words.label_of(words.readings().get(plain(text), text))
    return text


@cache
def _written(words: type[Vocabulary]) -> frozenset[str]:
    """Return the codes and labels of a vocabulary, to the letter."""
    labels = {catalog(one).gettext(word.english) for one in LANGUAGES for word in words}
    return frozenset(labels.union(words.codes()))


def _in_text(content: bytes, separator: str, edits: Edits) -> bytes:
    """Write some cells of a CSV file otherwise; all other rows stay to the letter."""
    text, encoding = text_file.in_utf8(content)
    records = text_file.records(text.decode(), separator)
    for (row, column), new in edits.items():
        (cells,) = csv.reader([records[row]], delimiter=separator)
        cells[column] = str(new)
        written = io.StringIO()
        csv.writer(written, delimiter=separator, lineterminator="").writerow(cells)
        end = records[row][len(records[row].rstrip("\r\n")) :]
        records[row] = written.getvalue() + end
    kept = encoding == "UTF-8" and not content.startswith(BOM_UTF8)
    # Spreadsheets know UTF-8 by its mark.
    return "".join(records).encode("utf-8" if kept else "utf-8-sig")


def _in_workbook(content: bytes, edits: Mapping[str, Edits]) -> bytes:
    """Write some cells of an .xlsx otherwise; all else in it stays to the byte."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {member: archive.read(member) for member in archive.infolist()}
    named = {member.filename.lower(): of for member, of in members.items()}
    _lengths, parts = book_of(dict(named))
    sheets = zip(open_book(io.BytesIO(content)).order, parts, strict=True)
    cells = {
        part: {xl_rowcol_to_cell(*place): new for place, new in edits[sheet].items()}
        for sheet, part in sheets
        if sheet in edits
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member, of in members.items():
            if found := cells.get(member.filename.lower()):
                of = _CELL.sub(partial(_cell, found), of.decode()).encode()
            archive.writestr(member, of)
    return packed.getvalue()


def _cell(cells: Mapping[str, str | float], found: re.Match[str]) -> str:
    """Return a cell of an .xlsx with another value, in the same style."""
    of, about, place, more, content = found.groups(default="")
    new = cells.get(place)
    if new is None or f"<{of}f" in content:
        return found[0]
    about = f'{of}c r="{place}"' + _TYPE.sub("", about + more)
    if isinstance(new, float):
        return f"<{about}><{of}v>{new:.15g}</{of}v></{of}c>"
    return f'<{about} t="inlineStr"><{of}is><{of}t>{escape(new)}</{of}t></{of}is></{of}c>'
