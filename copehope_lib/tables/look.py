"""What a workbook is looked at for before it is read.

python-calamine lays a whole sheet out in memory before it tells how far the sheet reaches, and a
text as often as it stands there. It takes a formula without a value for a blank cell, and knows
no merged cells of an .ods. So the XML of a workbook streams by here first, and is counted.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from copehope_lib.language import gettext as _
from copehope_lib.tables.sheet import NotATable

MOST_CELLS = 8_000_000
"""Cells that the sheets of a workbook may span, blanks between them included."""

UNPACKED = 64 << 20
"""Bytes that a workbook may unpack to: some 300,000 rows; a larger table is a CSV file."""

LONGEST = 1 << 17
"""Letters of a value, be it in a workbook or in a CSV file: four times what a cell can hold."""

MOST_ELEMENTS = 7_000_000
"""Elements of its XML: more than spreadsheets write into as many bytes, each takes its time."""

MOST_SHEETS = 2_500
"""Sheets of a workbook: one a week for 40 years are fewer."""

_MOST_NAMES, _DEEPEST = 10_000, 1_000
"""Names of elements and attributes, and elements within each other: spreadsheets need a tenth."""

_PIECE = 1 << 20
"""Bytes that stream by at once; no tag is longer."""

ODS = "content.xml"
"""The part of an .ods in which all its sheets are."""

_Attributes = dict[str, str]


@dataclass
class Look:
    """What a sheet holds besides its values.

    Attributes
    ----------
    rows, columns : int
        How far its values reach.
    letters : int
        Letters of the texts that may be written once and stand in many cells.
    merges : list of (int, int, int)
        First row, last row and first column of each merged cell of several rows, from 0.
    uncalculated : bool
        Whether it holds a formula without a value.
    """

    rows: int = 0
    columns: int = 0
    letters: int = 0
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    uncalculated: bool = False

    def reach(self, rows: int, columns: int, letters: int, times: int = 1) -> None:
        """Count one more value in.

        Raises
        ------
        NotATable
            If it is longer than a value may be.
        """
        if letters > LONGEST:
            raise NotATable(_("it has a cell that is too long to read"))
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        self.letters += letters * times


def look(parts: dict[str, bytes]) -> list[Look]:
    """Look through an .xlsx, .xlsm or .ods: each of its sheets, in their order.

    Parameters
    ----------
    parts : dict of str to bytes
        Its XML, by name.

    Raises
    ------
    NotATable
        If the values of its sheets would fill the memory, or it holds more than any workbook.
    """
    if sum(part.count(b"<") - part.count(b"</") for part in parts.values()) > MOST_ELEMENTS:
        raise _too_much()
    # The reader does not tell capital letters in a name.
    named = {name.lower(): content for name, content in parts.items()}
    lengths, sheets = ([], []) if ODS in named else book_of(named)
    found = {}
    for name, content in named.items():
        cells = _Tables() if name == ODS else _Cells(lengths)
        _stream(content, cells.start, cells.data, cells.end)
        found[name] = cells.looks
    looks = [one for ones in found.values() for one in ones]
    # Beside each cell of an .ods the reader keeps room for its formula.
    most = MOST_CELLS // 2 if ODS in found else MOST_CELLS
    if sum(one.rows * one.columns for one in looks) > most:
        far = max(looks, key=lambda one: one.rows * one.columns)
        raise NotATable(
            _("it spans {rows} rows and {columns} columns: delete what lies far out").format(
                rows=far.rows, columns=far.columns
            )
        )
    if sum(one.letters for one in looks) > UNPACKED:
        raise too_large()
    return found[ODS] if ODS in found else [found[sheet][0] for sheet in sheets]


def too_large() -> NotATable:
    """Return what is said of a workbook that holds more than can be read."""
    return NotATable(
        _("it unpacks to more than {n} MB: save large tables as CSV").format(n=UNPACKED >> 20)
    )


def _too_much() -> NotATable:
    return NotATable(_("it holds too many cells, styles or sheets: save its tables as CSV"))


def _stream(
    content: bytes,
    start: Callable[[str, _Attributes], object],
    data: Callable[[str], object],
    end: Callable[[str], object] = len,
) -> None:
    """Have XML stream by; what is built to fill the memory meanwhile is an error of the file."""
    depth = 0

    def opened(name: str, attributes: _Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(name)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.StartElementHandler = opened
    parser.CharacterDataHandler = data
    parser.EndElementHandler = closed
    for at in range(0, len(content), _PIECE):
        parser.Parse(content[at : at + _PIECE], False)
        if len(parser.intern) > _MOST_NAMES or at - parser.CurrentByteIndex > 0:
            raise ValueError(at)
    parser.Parse(b"", True)


def _refuse_entities(*_declared: object) -> None:
    raise NotATable(_("it declares entities, which no spreadsheet does"))


def book_of(named: dict[str, bytes]) -> tuple[list[int], list[str]]:
    """Return how long texts are that cells of an .xlsx refer to, and the part of each sheet.

    Parameters
    ----------
    named : dict of str to bytes
        Its XML, by name in small letters; what is read here is taken out of it.
    """
    lengths = [0]
    sheets: list[str] = []
    targets: dict[str, str] = {}

    def start(name: str, attributes: _Attributes) -> None:
        match _local(name):
            case "sst" if int(attributes.get("uniqueCount", 0)) > MOST_ELEMENTS:
                raise _too_much()  # the reader makes room for as many as there are said to be
            case "si":
                lengths.append(0)
            case "sheet":
                sheets.append(next(key for at, key in attributes.items() if at.endswith(":id")))
            case "Relationship":
                target = attributes["Target"].lstrip("/").lower()
                targets[attributes["Id"]] = f"xl/{target.removeprefix('xl/')}"
        if max(len(targets), len(sheets)) > MOST_SHEETS:
            raise _too_much()

    def data(text: str) -> None:
        lengths[-1] += len(text)

    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"):
        _stream(named.pop(part, b"<none/>"), start, data)
    if len(set(map(targets.get, sheets))) < len(sheets):
        raise ValueError(sheets)  # one part, read again for each of its names
    return lengths[1:], [targets[key] for key in sheets]


@lru_cache
def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Cells:
    """The cells of one sheet of an .xlsx, as they stream by."""

    def __init__(self, lengths: list[int]) -> None:
        self.looks = [Look()]
        self._lengths = lengths
        self._row = self._column = 0
        self._texts: list[str] = []

    def start(self, name: str, attributes: _Attributes) -> None:
        match _local(name):
            case "c":
                place = attributes.get("r", "")
                self._at, self._column = _place(place, self._row, self._column + 1)
                self._kind = attributes.get("t")
                self._formula = self._full = False
            case "v" | "is":
                self._full = True
                self._texts.clear()
            case "f":
                self._formula = True
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            case "mergeCell":
                first, _colon, last = attributes["ref"].partition(":")
                (top, left), (bottom, _right) = _place(first), _place(last or first)
                if bottom > top:
                    self.looks[0].merges.append((top - 1, bottom - 1, left - 1))

    def data(self, text: str) -> None:
        self._texts.append(text)

    def end(self, name: str) -> None:
        if _local(name) != "c":
            return
        value = "".join(self._texts) if self._full else ""
        if self._full:
            letters = self._lengths[int(value)] if self._kind == "s" else len(value)
            self.looks[0].reach(self._at, self._column, letters)
        # A formula may well give an empty text.
        self.looks[0].uncalculated |= self._formula and not value.strip() and self._kind != "str"
        self._texts.clear()


def _place(cell: str, row: int = 0, column: int = 0) -> tuple[int, int]:
    """Return the row and the column of a cell such as B3, from 1."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or row), _column(letters) if letters else column


@lru_cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Tables:
    """The cells of all sheets of an .ods, as they stream by."""

    def __init__(self) -> None:
        self.looks: list[Look] = []
        self._letters = 0

    def start(self, name: str, attributes: _Attributes) -> None:
        match name:
            case "table:table":
                if len(self.looks) == MOST_SHEETS:
                    raise _too_much()
                self._look, self._row = Look(), 0
                if "table:name" in attributes:
                    self.looks.append(self._look)
            case "table:table-row":
                self._rows, self._column = _count(attributes, "table:number-rows-repeated"), 0
            case "table:table-cell" | "table:covered-table-cell":
                self._columns = _count(attributes, "table:number-columns-repeated")
                last = self._row + _count(attributes, "table:number-rows-spanned") - 1
                if last > self._row:
                    self._look.merges.append((self._row, last, self._column))
                said = [text for key, text in attributes.items() if _VALUE.match(key)]
                self._full, self._letters = bool(said), sum(map(len, said))
            case "text:s":
                self._letters += _count(attributes, "text:c")

    def data(self, text: str) -> None:
        self._letters += len(text)

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column += self._columns
            if self._full:
                times = self._rows * self._columns
                self._look.reach(self._row + self._rows, self._column, self._letters, times)


_VALUE = re.compile("office:|table:formula")


def _count(attributes: _Attributes, name: str) -> int:
    return max(int(attributes[name]), 0) if name in attributes else 1
