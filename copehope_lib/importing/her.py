"""Her own sheets as they stand: the tables on each of them, with the cell that each value is in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.importing.spoken import bare, called, day_of
from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES
from copehope_lib.schema.headings import plain_headings
from copehope_lib.tables import text_file, workbook
from copehope_lib.tables.files import TEXT_FILES, WORKBOOKS, shown, unreadable
from copehope_lib.tables.sheet import EXAMPLE, NotATable, clean

LARGEST = 64 << 20
"""Bytes of a file of hers at most."""

_SIGNS = re.compile(r"[=:|;]")


@dataclass(frozen=True)
class Row:
    """One row of a sheet of hers.

    Attributes
    ----------
    number : int
        As the spreadsheet shows it.
    cells : tuple of str
        As long as the headings.
    """

    number: int
    cells: tuple[str, ...]


@dataclass
class Block:
    """One table on a sheet of hers.

    Attributes
    ----------
    file, sheet : str
        Where it stands.
    headings : Row
        Its headings.
    title : list of str
        What stands above it.
    rows : list of Row
        Its rows.
    notes : list of str
        What stands below it, and is no row.
    totals : list of str
        First cells of the rows that add up others.
    letters : tuple of str
        The letter of each column.
    around : list of str
        What else is said on its sheet: titles, notes and headings of all its tables.
    turned : bool
        Whether rows and columns changed places.
    """

    file: str
    sheet: str
    headings: Row
    letters: tuple[str, ...]
    title: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    turned: bool = False

    def column(self, place: int) -> list[str]:
        """Return the cells of one column."""
        return [row.cells[place] for row in self.rows]

    def cell(self, row: Row, place: int = 0) -> str:
        """Return what the spreadsheet calls a cell."""
        if self.turned:
            return f"{xl_col_to_name(row.number)}{self.letters[place]}"
        return f"{self.letters[place]}{row.number}"

    def upright(self) -> "Block":
        """Return it with women down and days across, where she keeps it the other way round."""
        across = self.headings.cells[1:]
        down = [day_of(text) for text in self.column(0)]
        strangers = sum(bool(head) and bare(head) not in _headings() for head in across)
        whole = sum(day is not None and day.month > 0 for day in down)
        days = sum(day_of(head) is not None and not head.isdecimal() for head in across)
        if self.turned or days or strangers < 2 or whole < 2 or whole * 2 < len(down):
            return self
        rows = [
            Row(xl_cell_to_rowcol(f"{letter}1")[1], (head, *self.column(place)))
            for place, (letter, head) in enumerate(zip(self.letters[1:], across, strict=True), 1)
            if bare(head) not in called("roles")["total"]
        ]
        numbers = [self.headings.number, *(row.number for row in self.rows)]
        headings = Row(0, ("", *self.column(0)))
        letters = tuple(map(str, numbers))
        return replace(self, headings=headings, rows=rows, letters=letters, turned=True)


@dataclass(frozen=True)
class HerFile:
    """A file of hers: the tables on its sheets, and what is not read of it."""

    path: Path
    blocks: tuple[Block, ...]
    left_out: tuple[str, ...]


def read(path: Path, content: bytes | None = None) -> HerFile:
    """Read a file where it lies, or what a page was given of it; nothing of it is copied.

    Raises
    ------
    CopehopeError
        If it is not there, or no spreadsheet.
    """
    ending = path.suffix.lower()
    if ending not in (*TEXT_FILES, *WORKBOOKS):
        sentence = _("{file} is no spreadsheet: give an .xlsx, .xlsm, .ods or .csv.")
        raise CopehopeError(sentence.format(file=path.name))
    try:
        if content is None:
            content = private.read(path, LARGEST)
        if ending in TEXT_FILES:
            grids = {"": text_file.rows(content)}
            hidden: tuple[str, ...] = ()
        else:
            book = workbook.open_book(BytesIO(content))
            grids = {name: grid.rows for name, grid in book.grids.items()}
            hidden = tuple(one for one in book.hidden if not one.startswith("_"))
    except FileNotFoundError:
        sentence = _("{file} is not there: look how it is called.")
        raise CopehopeError(sentence.format(file=path)) from None
    except (NotATable, OSError) as problem:
        raise CopehopeError(str(unreadable(path, shown(path), problem))) from None
    left_out = [_("The sheet {sheet} is hidden, and not read.").format(sheet=of) for of in hidden]
    blocks: list[Block] = []
    for name, rows in grids.items():
        found = [] if bare(name) in plain_headings("Read me") else list(tables_on(rows))
        around = [text for one in found for text in (*one.title, *one.notes, *one.headings.cells)]
        blocks += [replace(one, file=path.name, sheet=name, around=around) for one in found]
        if not found and any(map(any, rows)):
            sentence = _("The sheet {sheet} holds no table with rows, and is not read.")
            left_out.append(sentence.format(sheet=name))
    return HerFile(path, tuple(blocks), tuple(left_out))


def tables_on(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Find the tables on a sheet: each has headings, and rows below them.

    Examples
    --------
    >>> first, second = tables_on([["Equipo"], ["Nombre", "Perfil"], ["Laura", "TS"], [],
    ...                            ["Usuaria", "1/10", "2/10"], ["W-001", "x", ""], ["TOTAL", "1"]])
    >>> first.title, [row.cells for row in first.rows], second.totals
    (['Equipo'], [('Laura', 'TS')], ['TOTAL'])
    """
    block: Block | None = None
    above: list[str] = []
    width = max(map(len, rows), default=0)
    for number, raw in enumerate(rows, 1):
        cells = [clean(cell) for cell in raw] + [""] * (width - len(raw))
        filled = [cell for cell in cells if cell]
        weekdays = all(bare(cell) in called("roles")["weekday"] for cell in filled)
        if not filled or filled[0].startswith(EXAMPLE) or (weekdays and not cells[0]):
            continue
        begins = bare(filled[0]) in _headings() or block is None
        if begins and is_heading(cells) and any(map(_filled, rows[number : number + 5])):
            if block and not above and cells == list(block.headings.cells):
                continue  # printed again on the next page
            if block and block.rows:
                yield from _apart(block)
            letters = tuple(map(xl_col_to_name, range(width)))
            block, above = Block("", "", Row(number, tuple(cells)), letters, title=above), []
        elif block is None or _is_title(cells, rows, number):
            above.extend(filled)
        elif bare(filled[0]).split(" ")[0] in called("roles")["total"]:
            block.totals.append(filled[0])
        elif all(map(_SIGNS.search, filled)) or (len(filled) == 1 and _is_note(cells, filled[0])):
            block.notes.extend(filled)
        else:
            block.rows.append(Row(number, tuple(cells)))
    if block and block.rows:
        block.notes.extend(above)
        yield from _apart(block)


def _filled(row: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _is_title(cells: Sequence[str], rows: Sequence[Sequence[str]], number: int) -> bool:
    """Tell whether a row stands over the headings of the next table."""
    below = next((row for row in rows[number:] if _filled(row)), ())
    return _filled(cells) == 1 and is_heading([clean(cell) for cell in below])


def _is_note(cells: Sequence[str], text: str) -> bool:
    """Tell whether the one text of a row is a note, and not somebody of whom nothing is known."""
    return not cells[0] or text.startswith("*") or len(text) > 30 or len(text.split()) > 4


def _apart(block: Block) -> Iterator[Block]:
    """Yield the tables that stand beside each other, without columns in which nothing stands."""
    heads = block.headings.cells
    used = [place for place, head in enumerate(heads) if head or any(block.column(place))]
    begin = 0
    for n in range(1, len(used) - 1):
        if used[n] > used[n - 1] + 1 and is_heading([heads[at] for at in used[n:]]):
            yield _columns(block, used[begin:n])
            begin = n
    yield _columns(block, used[begin:])


def _columns(block: Block, used: list[int]) -> Block:
    def row(of: Row) -> Row:
        return Row(of.number, tuple(of.cells[at] for at in used))

    rows = [one for one in map(row, block.rows) if any(one.cells)]
    letters = tuple(block.letters[at] for at in used)
    return replace(block, headings=row(block.headings), rows=rows, letters=letters)


def is_heading(cells: Sequence[str]) -> bool:
    """Tell whether a row holds headings: names of columns, or days.

    Examples
    --------
    >>> is_heading(["Cód.", "Nombre", "F. alta"]), is_heading(["U1", "Blessing O.", "2026-01-12"])
    (True, False)
    """
    filled = [cell for cell in cells if cell]
    named = [bare(cell) in _headings() for cell in filled]
    days = sum(day_of(cell) is not None for cell in filled)
    if sum(named) >= 2 and sum(named) * 2 >= len(filled) - days:
        return True
    return days >= 2 and (named[0] or days * 2 >= len(filled))


@cache
def _headings() -> set[str]:
    ours = [plain_headings(column) for table in TABLES.values() for column in table.columns]
    roles = [said for role, said in called("roles").items() if role != "weekday"]
    known = set().union(*ours, *called("columns").values(), *roles)
    return {heading for heading in known if len(heading) > 1} - {"no"}
