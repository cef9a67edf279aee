"""Where the rows of a registry come from: file, sheet and cell of what a team brought in.

``sources.csv`` has a line for each row of each table. Line 0 of a table is the mark of the file as
it was written: when that was changed by hand, its rows may be others, and nothing is said of them.
Line 1 names the letter of each column.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from copehope_lib.files import private

FILE_NAME = "sources.csv"
_HEADINGS = ("table", "row", "file", "sheet", "cell")


@dataclass(frozen=True)
class Origin:
    """File, sheet and first cell of a row of hers; empty where it was written by hand."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def named(self, letter: str = "") -> str:
        """Return it as a finding names it.

        Examples
        --------
        >>> Origin("datos.xlsx", "Usuarias", "A7").named("C")
        'datos.xlsx, Usuarias, C7'
        """
        cell = re.sub("^[A-Z]+", letter, self.cell) if letter else self.cell
        return ", ".join(filter(None, (self.file, self.sheet, cell)))


@dataclass
class Origins:
    """Where the rows of each table come from.

    Attributes
    ----------
    rows : dict of str to list of Origin
        By table, one for each row.
    letters : dict
        By table, file and sheet: the letter of each column.
    marks : dict of str to str
        By table, the mark of its file.
    """

    rows: dict[str, list[Origin]] = field(default_factory=dict)
    letters: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    def of(self, table: str, row: int, column: str = "") -> str:
        """Return where a cell comes from, as a finding names it; nothing where it is not known.

        Parameters
        ----------
        table, column : str
            Which of ours.
        row : int
            Row as a spreadsheet would show it in our file.
        """
        there = self.rows.get(table, [])
        if not 2 <= row < len(there) + 2:
            return ""
        origin = there[row - 2]
        letters = self.letters.get((table, origin.file, origin.sheet), {})
        return origin.named(letters.get(column, ""))

    def without(self, table: str, rows: Iterable[int], content: bytes) -> "Origins":
        """Return them after rows of a table went, whose file is now another one."""
        gone = set(rows)
        left = [one for n, one in enumerate(self.rows.get(table, []), 2) if n not in gone]
        marks = {**self.marks, table: mark(content)}
        return replace(self, rows={**self.rows, table: left}, marks=marks)

    def as_csv(self) -> bytes:
        """Return them as they are kept."""
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(_HEADINGS)
        for table, rows in self.rows.items():
            lines.writerow((table, 0, "", "", self.marks[table]))
            for (of, file, sheet), letters in self.letters.items():
                if of == table:
                    said = " ".join(f"{column}={letter}" for column, letter in letters.items())
                    lines.writerow((table, 1, file, sheet, said))
            for n, origin in enumerate(rows, 2):
                lines.writerow((table, n, origin.file, origin.sheet, origin.cell))
        return text.getvalue().encode()


def mark(content: bytes) -> str:
    """Return what tells one content of a file from another."""
    return hashlib.sha256(content).hexdigest()[:16]


def read(registry: Path, paths: Mapping[str, Callable[[], bytes]]) -> Origins:
    """Read where rows come from, of tables that are as they were written then.

    Parameters
    ----------
    registry : pathlib.Path
        Folder of the tables.
    paths : mapping of str to callable
        By table, what reads its file.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> written = Origins({"women": [Origin("a.xlsx", "S", "A5")]}, {}, {"women": mark(b"x")})
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / FILE_NAME).write_bytes(written.as_csv())
    >>> read(folder, {"women": lambda: b"x"}).of("women", 2)
    'a.xlsx, S, A5'
    >>> read(folder, {"women": lambda: b"changed by hand"}).of("women", 2)
    ''
    """
    found = Origins()
    if not (registry / FILE_NAME).exists():
        return found
    try:
        lines = list(csv.reader(io.StringIO(private.read(registry / FILE_NAME).decode())))
    except (OSError, UnicodeDecodeError, csv.Error):
        return found
    for table, row, file, sheet, cell in (line for line in lines[1:] if len(line) == 5):
        if table not in paths:
            continue
        if row == "0":
            found.marks[table], found.rows[table] = cell, []
        elif row == "1":
            pairs = (one.partition("=") for one in cell.split())
            found.letters[table, file, sheet] = {column: letter for column, _is, letter in pairs}
        elif table in found.rows:
            found.rows[table].append(Origin(file, sheet, cell))
    for table in [of for of, was in found.marks.items() if mark(paths[of]()) != was]:
        del found.rows[table], found.marks[table]
    return found
