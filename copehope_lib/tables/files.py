"""The files of a registry: which of them, or which of their sheets, holds which table."""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
from copehope_lib.tables import personal, text_file, workbook
from copehope_lib.tables.findings import Finding, finding, hidden
from copehope_lib.tables.sheet import NotATable, Score, Sheet

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
        left_out = path.name.startswith((".", "~$")) or ending in _NO_TABLES
        if not left_out and (ending in ENDINGS or not _sealed(path)):
            yield path


def _sealed(path: Path) -> bool:
    return path.suffix.lower() == sealing.ENDING


def _inside(path: Path) -> Path:
    """Return what a sealed file is called once it is opened."""
    return path.with_suffix("") if _sealed(path) else path


def _opened(path: Path, key: Key | None) -> IO[bytes]:
    """Open a file; what is sealed is never anywhere but in memory."""
    if _sealed(path):
        return BytesIO(sealing.read_sealed(path, key, shown(path)))
    return private.open_plain(path)


def _read_text(path: Path, key: Key | None, score: Score) -> Sheet:
    with _opened(path, key) as file:
        return text_file.read(file.read(), path.name, score)


def _add_workbook(path: Path, key: Key | None, found: Sources) -> None:
    own = table_named(_inside(path).stem)
    try:
        with _opened(path, key) as file:
            book = workbook.open_book(file)
    except (NotATable, OSError) as problem:
        found.findings.append(unreadable(path, own or shown(path), problem))
        if own:
            found.tables[own].append(Source(path, _already_said))
        return
    named = {sheet: table for sheet in book.grids if (table := table_named(sheet))}
    if not named and own and book.grids:
        named = {next(iter(book.grids)): own}
    for sheet, table in named.items():
        found.tables[table].append(
            Source(path, partial(workbook.read, book.grids[sheet], shown(path)))
        )
    found.findings.extend(_about_sheets(path, book, named))


def _already_said(score: Score) -> Sheet:
    raise NotATable("")


def _about_sheets(path: Path, book: workbook.Book, named: dict[str, str]) -> Iterator[Finding]:
    if not named:
        yield _no_table(path)
    for sheet in book.hidden:
        if table := table_named(sheet):
            yield finding("hidden_sheet", table, sheet=heading(table), file=shown(path))


def _no_table(path: Path) -> Finding:
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
