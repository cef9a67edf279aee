"""Cells to typed tables: every cell is understood or reported, no row is dropped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.files.sealing import Key
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.settings import Settings
from copehope_lib.tables import dates, origins, personal
from copehope_lib.tables.across import across
from copehope_lib.tables.check import about_cells, about_rows, spread, suspicious
from copehope_lib.tables.columns import languages, matched, score
from copehope_lib.tables.files import Source, sources, unreadable
from copehope_lib.tables.findings import SHOWN, Finding, finding, hidden, together
from copehope_lib.tables.marks import Marks
from copehope_lib.tables.origins import Origins
from copehope_lib.tables.sheet import Dialect, NotATable, Sheet
from copehope_lib.tables.understand import understand


def _none_of(name: str) -> pd.DataFrame:
    """Return a table that a registry does not keep."""
    return pd.DataFrame(columns=pd.Index(TABLES[name].columns)).astype(TABLES[name].dtypes)


Each = Callable[[Iterable[Any]], Iterable[Any]]
"""Goes through things one by one, and may show how far it has come."""


@dataclass(frozen=True)
class Tables:
    """A registry in memory: a typed frame a table, what there is to mend, how it was written.

    A cell that could not be understood is missing in its frame and named in ``findings``.
    Frames have the columns and dtypes of :mod:`copehope_lib.schema` and a plain index.
    """

    women: pd.DataFrame
    professionals: pd.DataFrame
    assignments: pd.DataFrame
    activities: pd.DataFrame
    sessions: pd.DataFrame
    attendance: pd.DataFrame
    goals: pd.DataFrame
    goal_events: pd.DataFrame
    needs: pd.DataFrame
    safety: pd.DataFrame
    actions: pd.DataFrame
    feedback: pd.DataFrame = field(default_factory=partial(_none_of, "feedback"))
    referrals: pd.DataFrame = field(default_factory=partial(_none_of, "referrals"))
    contacts: pd.DataFrame = field(default_factory=partial(_none_of, "contacts"))
    trainings: pd.DataFrame = field(default_factory=partial(_none_of, "trainings"))
    findings: tuple[Finding, ...] = ()
    dialects: tuple[Dialect, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep a month from being published."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def months(self) -> pd.PeriodIndex:
        """The months that the tables tell about, from the first date to the last."""
        dates = [
            frame[column]
            for frame, column in (
                (self.women, "entered_on"),
                (self.women, "left_on"),
                (self.sessions, "starts_at"),
                (self.goal_events, "on"),
                (self.needs, "reviewed_on"),
                (self.safety, "assessed_on"),
            )
        ]
        known = pd.concat(dates).dropna()
        if known.empty:
            return pd.PeriodIndex([], freq="M")
        return pd.period_range(known.min(), known.max(), freq="M")

    def refuse_unless_ready(self, month: pd.Period) -> None:
        """Refuse to go on with tables that have errors, or know nothing about a month.

        Raises
        ------
        CopehopeError
            With what to do about it.
        """
        if self.errors:
            raise CopehopeError(
                ngettext(
                    "The registry has {n} error: run `copehope check` and mend it first.",
                    "The registry has {n} errors: run `copehope check` and mend them first.",
                    len(self.errors),
                ).format(n=len(self.errors))
            )
        known = self.months
        if known.empty:
            raise CopehopeError(_("The registry is empty: fill in its tables first."))
        if month not in known:
            raise CopehopeError(
                _(
                    "The registry knows nothing about {month}: choose a month from {first} "
                    "to {last}."
                ).format(month=month, first=known[0], last=known[-1])
            )


def load(
    registry: Path,
    settings: Settings,
    *,
    each: Each = iter,
    key: Key | None = None,
    marks: Marks | None = None,
) -> Tables:
    """Load a registry folder.

    Parameters
    ----------
    registry : pathlib.Path
        Folder with a file for each table, or workbooks with a sheet for each.
    settings : Settings
        Time zone of the team, and what it settled about its files.
    each : callable, optional
        Wraps the tables as they are gone through, to show progress.
    key : Key, optional
        Opens the tables that are sealed, in memory only.
    marks : Marks, optional
        Of codes that do not come back.

    Returns
    -------
    Tables
        Typed frames, and all findings of one run.

    Raises
    ------
    CopehopeError
        If a table is sealed, and there is no key or another one.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> tables = load(demo.workspace().registry, Settings())
    >>> tables.attendance["status"].dtype.name, tables.findings
    ('category', ())
    """
    found = sources(registry, key)
    findings = list(found.findings)
    frames: dict[str, pd.DataFrame] = {}
    dialects = []
    for table in each(list(TABLES.values())):
        sheet = sheet_of(found.tables[table.name], table, settings, findings)
        frame, dialect = typed_rows(sheet, table, settings, findings)
        frames[table.name] = frame
        if dialect.file:
            dialects.append(dialect)
    for table in TABLES.values():
        findings.extend(together(about_rows(frames[table.name], table)))
    today = pd.Timestamp.now(settings.zone).tz_localize(None).normalize()
    findings.extend(together(across(frames, {dialect.table for dialect in dialects}, today)))
    if marks is not None:
        findings.extend(together(marks.back(frames["women"])))
    plain = {name: _plain(frame, TABLES[name]) for name, frame in frames.items()}
    files = {name: of[0].path.read_bytes for name, of in found.tables.items() if of}
    told = _in_their_files(findings, origins.read(registry, files))
    return Tables(**plain, findings=told, dialects=tuple(dialects))


def _in_their_files(findings: list[Finding], came: Origins) -> tuple[Finding, ...]:
    """Name the cells of the team's own files, where rows came from them."""
    told = []
    for one in findings:
        rows = one.rows or (() if one.row is None else (one.row,))
        column = (one.column or "").split(", ")[0]
        places = [came.of(one.table, row, column) for row in rows[:SHOWN]]
        told.append(replace(one, places=tuple(places)) if all(places) else one)
    return tuple(told)


NO_SHEET = Sheet((), pd.DataFrame(), Dialect())


def sheet_of(
    held_by: list[Source], table: TableSchema, settings: Settings, findings: list[Finding]
) -> Sheet:
    """Return the cells of a table; none, and a finding, where there is not just one file."""
    title = heading(table.name)
    if not held_by and table.optional:
        return NO_SHEET
    if not held_by:
        mend = _("Add {table}.csv; it may hold headings only.").format(table=table.name)
        findings.append(finding("missing_table", table.name, table=title, mend=mend))
        return NO_SHEET
    if len(held_by) > 1:
        first, second = (source.called for source in held_by[:2])
        findings.append(
            finding("unreadable_file:two", table.name, first=first, second=second, table=title)
        )
        return NO_SHEET
    source = held_by[0]
    try:
        return source.read(score(table, settings.reading))
    except (NotATable, OSError) as problem:
        if str(problem):
            findings.append(unreadable(source.path, table.name, problem))
        return NO_SHEET


def typed_rows(
    sheet: Sheet, table: TableSchema, settings: Settings, findings: list[Finding]
) -> tuple[pd.DataFrame, Dialect]:
    """Turn cells into the values that the schema declares, and report what does not fit.

    The index is the row as the spreadsheet shows it.
    """
    places: dict[str, int] = {}
    if sheet.dialect.file:
        places, about_headings = matched(sheet.headings, table, settings.reading)
        findings.extend(together(about_headings))
        findings.extend(together(_about_sheet(sheet, table, settings)))
        findings.extend(_about_unread(sheet, places, table, settings))
    typed: dict[str, pd.Series] = {}
    written: set[str] = set()
    for name, column in table.declared.items():
        if name not in places or not len(sheet.cells):
            typed[name] = pd.Series(index=sheet.cells.index, dtype=_in_memory(column))
            continue
        cells = sheet.cells[places[name]]
        understood = understand(cells, column, settings, sheet.dialect.epoch)
        findings.extend(about_cells(cells, understood, name, table, settings.reading))
        written.update(understood.written)
        if sheet.dialect.epoch != 1900 and dates.SERIAL in understood.written:
            findings.append(finding("days_since_1904", table.name, None, name))
        typed[name] = _values(cells, understood.meaning, column)
    dialect = replace(
        sheet.dialect,
        table=table.name,
        headings=", ".join(languages(sheet.headings, places)),
        dates=", ".join(sorted(written)),
    )
    return pd.DataFrame(typed, index=sheet.cells.index), dialect


def _in_memory(column: Column) -> Any:
    """Return the dtype in which a column is checked: each code stands once."""
    return pd.CategoricalDtype(pd.Index([], dtype="str")) if column.kind == "code" else column.dtype


def _values(cells: pd.Series, meaning: pd.Series, column: Column) -> pd.Series:
    """Put the meaning of each text where the text stands."""
    codes = cells.cat.codes.to_numpy()
    if column.kind == "code":
        if meaning.equals(pd.Series(cells.cat.categories)):
            return cells
        places, distinct = pd.factorize(meaning)
        recoded = pd.Categorical.from_codes(
            np.append(places, -1)[codes],
            categories=pd.Index(distinct, dtype="str"),
            validate=False,
        )
        return pd.Series(recoded, index=cells.index)
    return pd.Series(meaning.array.take(codes, allow_fill=True), index=cells.index)


def _plain(frame: pd.DataFrame, table: TableSchema) -> pd.DataFrame:
    """Return a frame as metrics read it: codes as strings, a plain index."""
    plain = {}
    for name, cells in frame.reset_index(drop=True).items():
        if table.column(str(name)).kind == "code":
            texts, codes = cells.cat.categories.array, cells.cat.codes.to_numpy()
            cells = pd.Series(texts.take(codes, allow_fill=True))
        plain[name] = cells
    return pd.DataFrame(plain, columns=frame.columns)


def _about_sheet(sheet: Sheet, table: TableSchema, settings: Settings) -> Iterator[Finding]:
    if ", " in (encodings := sheet.dialect.encoding):
        yield finding("mixed_encodings", table.name, encodings=encodings)
    for row in sheet.too_long:
        yield finding("too_many_cells", table.name, row)
    for row in sheet.merged:
        yield finding("merged_cells", table.name, row)
    above = pd.Series(sheet.above, dtype="str")
    yield from suspicious(above, table.name, None, settings.reading, prose=True).values()


def _about_unread(
    sheet: Sheet, places: dict[str, int], table: TableSchema, settings: Settings
) -> Iterator[Finding]:
    """Yield what must not be in a registry from the columns that are not read."""
    for place, title in enumerate(sheet.headings):
        if place not in places.values():
            cells = sheet.cells[place]
            column = hidden(title) if personal.kind_of(title, prose=True) else title
            texts = pd.Series(cells.cat.categories)
            said = suspicious(texts, table.name, column, settings.reading, prose=True)
            yield from spread(said, cells)
