"""The files of a registry: which of them, or which of their sheets, holds which table."""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.files.sealing import Key
from copehope_lib.language import gettext as _
from copehope_lib.language import plain
from copehope_lib.schema import TABLES, heading
from copehope_lib.schema.headings import plain_headings
from copehope_lib.settings import Reading
from copehope_lib.tables import personal, text_file, workbook
from copehope_lib.tables.columns import score
from copehope_lib.tables.findings import Finding, finding, hidden
from copehope_lib.tables.grid import Grid
from copehope_lib.tables.origins import FILE_NAME as ORIGINS
from copehope_lib.tables.sheet import LOOK_AHEAD, NotATable, Score, Sheet

TEXT_FILES = (".csv", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
ENDINGS = (*TEXT_FILES, *WORKBOOKS)

# What may lie in a registry without being a table.
_NO_TABLES = (".key", ".log", ".md", ".html", ".json")


@dataclass(frozen=True)
class Source:
    """A file, or a sheet in one, that holds a table."""

    path: Path
    read: Callable[[Score], Sheet]
    sheet: str = ""

    @property
    def called(self) -> str:
        """The name of the file, and of the sheet in a workbook, as a finding may show them."""
        return f"{shown(self.path)} ({_shown(self.sheet)})" if self.sheet else shown(self.path)


@dataclass
class Sources:
    """What was found in a registry."""

    tables: dict[str, list[Source]] = field(default_factory=lambda: {n: [] for n in TABLES})
    findings: list[Finding] = field(default_factory=list)


def table_named(text: str) -> str | None:
    """Return the table that a file or a sheet is named after, in any of four languages.

    Examples
    --------
    >>> table_named("Women"), table_named("notes")
    ('women', None)
    """
    name = plain(text[:100])
    return next((table for table in TABLES if name in plain_headings(table)), None)


def _near(text: str) -> str | None:
    """Return the table whose name a text holds, or nearly is."""
    tables = {name: table for table in TABLES for name in plain_headings(table)}
    said = plain(text[:100])
    near = [name for name in tables if f" {name} " in f" {said} "]
    near = near or get_close_matches(said, tables, 1, 0.8)
    return tables.get(max(near, key=len, default=""))


def _shown(text: str) -> str:
    return hidden(text) if personal.kind_of(text, prose=True) else text


def shown(path: Path) -> str:
    """Return the name of a file as a finding may show it: it too may be a name of someone.

    Examples
    --------
    >>> shown(Path("women.csv")), shown(Path("Amaka Obi.csv"))
    ('women.csv', 'A… (9).csv')
    """
    inside = _inside(path)
    words = inside.stem.replace("_", " ")
    suspect = table_named(words) is None and personal.kind_of(words, prose=True)
    endings = path.name.removeprefix(inside.stem)
    return f"{hidden(inside.stem)}{endings}" if suspect else path.name


def sources(registry: Path, key: Key | None = None) -> Sources:
    """Look through a registry, and open its workbooks.

    Raises
    ------
    CopehopeError
        If a table is sealed, and there is no key or another one.
    """
    found = Sources()
    for path in _files(registry):
        inside = _inside(path)
        if inside.suffix.lower() in WORKBOOKS:
            _add_workbook(path, key, found)
        elif inside.suffix.lower() in TEXT_FILES and (table := table_named(inside.stem)):
            found.tables[table].append(Source(path, partial(_read_text, path, key)))
        else:
            found.findings.append(_no_table(path))
    return found


def refuse_sealed(registry: Path) -> None:
    """Refuse to write plain copies of what a team has sealed.

    Raises
    ------
    CopehopeError
        If a table of the registry is sealed.
    """
    for path in _files(registry):
        if _sealed(path):
            raise CopehopeError(
                _(
                    "{file} is sealed, and its mended copy would not be: open it with "
                    "`copehope open`, mend it by hand and seal it again."
                ).format(file=shown(path))
            )


def _files(registry: Path) -> Iterator[Path]:
    """Yield what may be a table."""
    try:
        paths = sorted(registry.iterdir())
    except FileNotFoundError:
        return
    for path in paths:
        ending = _inside(path).suffix.lower()
        # A spreadsheet that is open leaves a mark of its own beside its file.
        no_table = ending in _NO_TABLES and not table_named(_inside(path).stem)
        left_out = path.name.startswith((".", "~$")) or path.name == ORIGINS or no_table
        if not left_out and (ending in ENDINGS or not _sealed(path)):
            yield path


def _sealed(path: Path) -> bool:
    return path.suffix.lower() == sealing.ENDING


def _inside(path: Path) -> Path:
    """Return what a sealed file is called once it is opened."""
    return path.with_suffix("") if _sealed(path) else path


def opened(path: Path, key: Key | None) -> IO[bytes]:
    """Open a file; what is sealed is never anywhere but in memory.

    Raises
    ------
    CopehopeError
        If it is sealed, and there is no key or another one.
    OSError
        If it cannot be read.
    """
    if _sealed(path):
        return BytesIO(sealing.read_sealed(path, key, shown(path)))
    return private.open_plain(path)


def _read_text(path: Path, key: Key | None, score: Score) -> Sheet:
    with opened(path, key) as file:
        return text_file.read(file.read(), path.name, score)


def _add_workbook(path: Path, key: Key | None, found: Sources) -> None:
    own = table_named(_inside(path).stem)
    try:
        with opened(path, key) as file:
            book = workbook.open_book(file)
    except (NotATable, OSError) as problem:
        found.findings.append(unreadable(path, own or shown(path), problem))
        if own:
            found.tables[own].append(Source(path, _already_said))
        return
    named = {sheet: table for sheet in book.grids if (table := table_named(sheet))}
    if not named and own and book.grids:
        # The first sheet, unless another one has more of its headings.
        named = {max(book.grids, key=lambda sheet: _headings(book.grids[sheet], own)): own}
    for sheet, table in named.items():
        read = partial(workbook.read, book.grids[sheet], shown(path))
        found.tables[table].append(Source(path, read, sheet))
    found.findings.extend(_about_sheets(path, book, named))


def _already_said(score: Score) -> Sheet:
    raise NotATable("")


def _about_sheets(path: Path, book: workbook.Book, named: dict[str, str]) -> Iterator[Finding]:
    for name, grid in book.grids.items():
        if name in named or plain(name) in plain_headings("Read me"):
            continue
        rows = sum(any(map(str.strip, row)) for row in grid.rows)
        holds = max(TABLES, key=lambda table: _headings(grid, table))
        needed = sum(not column.optional for column in TABLES[holds].declared.values())
        if rows > 1 and _headings(grid, holds) >= needed:
            said = {"sheet": _shown(name), "file": shown(path), "table": heading(holds)}
            yield finding("unread_sheet", holds, **said)
        elif rows:
            yield finding("unknown_sheet", shown(path), sheet=_shown(name), file=shown(path))
    if not named:
        yield _no_table(path)
    for sheet in book.hidden:
        if table := table_named(sheet):
            yield finding("hidden_sheet", table, sheet=heading(table), file=shown(path))
        # Spreadsheets and our template begin with it what nobody fills in.
        elif not sheet.startswith("_"):
            said = {"sheet": _shown(sheet), "file": shown(path)}
            yield finding("hidden_sheet:other", shown(path), **said)


def _headings(grid: Grid, table: str) -> int:
    """Return how many headings of a table stand in one of the first rows of a sheet."""
    counts = score(TABLES[table], Reading())
    return max(map(counts, grid.rows[:LOOK_AHEAD]), default=0)


def _no_table(path: Path) -> Finding:
    inside = _inside(path)
    if table := table_named(inside.stem):
        ending = inside.suffix or "–"
        return finding("unread_file:ending", shown(path), table=heading(table), ending=ending)
    if near := _near(inside.stem):
        return finding("unread_file:near", shown(path), table=heading(near))
    return finding("unknown_file", shown(path))


def unreadable(path: Path, table: str, problem: NotATable | OSError) -> Finding:
    """Return the finding that names a file which could not be read."""
    if isinstance(problem, OSError):
        reason = problem.strerror or type(problem).__name__
        mend = (
            _("Lay the file itself there.")
            if problem.errno == errno.EINVAL
            else _("Close it elsewhere, or check its permissions.")
        )
    else:
        reason, mend = str(problem), _("Save it again, or begin from the template.")
    return finding("unreadable_file", table, file=shown(path), reason=reason, mend=mend)
