"""Cells to typed tables: every cell is understood or reported, no row is dropped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pandera.pandas as pa

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.schema import DAY, TABLES, Table
from copehope_lib.tables.check import broken_references, broken_rules
from copehope_lib.tables.findings import Finding, masked
from copehope_lib.tables.read import find, read

Each = Callable[[Iterable[Any]], Iterable[Any]]
"""Goes through things one by one, and may show how far it has come."""


@dataclass(frozen=True)
class Tables:
    """A registry in memory: eleven typed frames, and what there is to mend in them.

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
    findings: tuple[Finding, ...] = ()

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


def load(registry: Path, *, zone: ZoneInfo, each: Each = iter) -> Tables:
    """Load a registry folder.

    Parameters
    ----------
    registry : pathlib.Path
        Folder with a file for each table, or one workbook with a sheet for each.
    zone : zoneinfo.ZoneInfo
        Time zone of the team; a moment written with an offset is turned into its local time.
    each : callable, optional
        Wraps the tables as they are gone through, to show progress.

    Returns
    -------
    Tables
        Typed frames, and all findings of one run.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> tables = load(demo.workspace().registry, zone=ZoneInfo("Europe/Madrid"))
    >>> tables.attendance["status"].dtype.name, tables.findings
    ('category', ())
    """
    frames: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    for table in each(list(TABLES.values())):
        try:
            path = find(registry, table.name)
            raw = pd.DataFrame() if path is None else read(path, table.name)
        except CopehopeError as problem:
            findings.append(_about_file("unreadable_file", table, str(problem), ""))
            frames[table.name] = _typed(pd.DataFrame(), table, zone, [])
            continue
        if path is None:
            findings.append(
                _about_file(
                    "missing_table", table,
                    _("registry/ has no table {table}.").format(table=table.name),
                    _("Add {table}.csv; it may hold headings only.").format(table=table.name),
                )
            )  # fmt: skip
        else:
            findings.extend(_missing_columns(raw, table))
        frames[table.name] = _typed(raw, table, zone, findings)
    for table in TABLES.values():
        findings.extend(broken_rules(frames[table.name], table))
        findings.extend(broken_references(frames, table))
    plain = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    return Tables(**plain, findings=tuple(findings))


def _about_file(id: str, table: Table, wrong: str, mend: str) -> Finding:
    return Finding(id, "error", table.name, None, None, "", wrong, mend)


def _missing_columns(raw: pd.DataFrame, table: Table) -> Iterator[Finding]:
    for name, column in table.schema.columns.items():
        if name not in raw.columns and not column.nullable:
            yield Finding(
                "missing_column", "error", table.name, None, name, "",
                _("The column is missing."),
                _("Add a column headed {column}.").format(column=name),
            )  # fmt: skip


def _typed(
    raw: pd.DataFrame, table: Table, zone: ZoneInfo, findings: list[Finding]
) -> pd.DataFrame:
    """Turn cells into the schema's dtypes, and report each cell that does not fit."""
    typed: dict[str, pd.Series] = {}
    for name, column in table.schema.columns.items():
        cells = raw[name] if name in raw.columns else pd.Series(index=raw.index, dtype="str")
        values = _understood(cells, column, zone)
        typed[name] = values
        strange = cells[cells.notna() & values.isna()]
        findings.extend(
            Finding(
                "unknown_value", "error", table.name, int(str(row)), name, masked(cell),
                _("The value is not understood."), _expected(column),
            )
            for row, cell in strange.items()
        )  # fmt: skip
    return pd.DataFrame(typed, index=raw.index)


def _understood(cells: pd.Series, column: pa.Column, zone: ZoneInfo) -> pd.Series:
    metadata = column.metadata or {}
    match metadata["kind"]:
        case "word":
            dtype = pd.CategoricalDtype(metadata["vocabulary"].codes())
            return cells.where(cells.isin(dtype.categories)).astype(dtype)
        case "yes_no":
            return cells.map({"yes": True, "no": False}).astype("boolean")
        case "integer":
            numbers = pd.to_numeric(cells, errors="coerce")
            return numbers.where(numbers % 1 == 0).astype("Int64")
        case "number":
            return pd.to_numeric(cells, errors="coerce").astype("Float64")
        case "day":
            return pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").astype(DAY)
        case "moment":
            return _local(cells, zone)
        case _:
            return cells.astype("str")


def _local(cells: pd.Series, zone: ZoneInfo) -> pd.Series:
    """Read moments; one with an offset becomes the local time of the team."""
    offset = cells.str.contains(r"(?:Z|[+-]\d\d:?\d\d)$", na=False)
    plain = pd.to_datetime(cells.mask(offset), format="ISO8601", errors="coerce")
    if not offset.any():
        return plain.astype(DAY)
    aware = pd.to_datetime(cells.where(offset), format="ISO8601", errors="coerce", utc=True)
    return plain.fillna(aware.dt.tz_convert(zone).dt.tz_localize(None)).astype(DAY)


def _expected(column: pa.Column) -> str:
    metadata = column.metadata or {}
    match metadata["kind"]:
        case "word" | "yes_no":
            return _("Write one of: {values}.").format(
                values=", ".join(metadata["vocabulary"].codes())
            )
        case "integer" | "number":
            return _("Write a number from {low} to {high}.").format(
                low=metadata["low"], high=metadata["high"]
            )
        case _:
            return _("Write it as {example}.").format(example=metadata["example"])
