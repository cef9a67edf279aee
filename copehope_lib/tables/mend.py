"""Safe mendings: what was understood is written plainly, to new files; the old ones stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from copehope_lib.documents.csv import as_csv
from copehope_lib.files import private
from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.settings import Settings
from copehope_lib.tables.columns import matched
from copehope_lib.tables.files import refuse_sealed, sources
from copehope_lib.tables.load import sheet_of
from copehope_lib.tables.sheet import Sheet
from copehope_lib.tables.understand import understand

_PLAIN_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"


@dataclass(frozen=True)
class Change:
    """One cell or heading that was written more plainly.

    Attributes
    ----------
    table : str
        Table.
    row : int
        Row as the spreadsheet shows it.
    column : str
        Column.
    old, new : str
        What stood there and what stands there now; ``old`` is empty where only blanks were
        taken away.
    """

    table: str
    row: int
    column: str
    old: str
    new: str

    def __str__(self) -> str:
        """Return the change as one line."""
        row = _("row {n}").format(n=self.row)
        place = f"{heading(self.table)}, {row}, {heading(self.column)}"
        if not self.old:
            return place + ": " + _("blanks taken away")
        return f"{place}: {self.old} → {self.new}"


@dataclass(frozen=True)
class Mended:
    """One table, written plainly: headings of the template, codes, days as 2026-10-03."""

    table: str
    frame: pd.DataFrame
    changes: tuple[Change, ...]


def mend(registry: Path, settings: Settings) -> list[Mended]:
    """Write plainly what is understood in each table that can be read.

    Only what can be done without a guess: blanks, case, accents, headings and words in four
    languages, decimal commas, and days that are not in doubt. What is not understood stays as
    it is written.

    Parameters
    ----------
    registry : pathlib.Path
        Folder of the tables; nothing in it is changed.
    settings : Settings
        Time zone of the team, and what it settled about its files.
    """
    refuse_sealed(registry)
    found = sources(registry)
    mended = []
    for table in TABLES.values():
        sheet = sheet_of(found.tables[table.name], table, settings, [])
        # Cells beyond the headings would be lost: such a table is left to the team.
        if sheet.dialect.file and not sheet.too_long:
            mended.append(written_plainly(sheet, table, settings))
    return mended


def write(mended: list[Mended], workspace: Path) -> Path:
    """Write tables into a new folder of the workspace, for nobody else to read.

    Returns
    -------
    pathlib.Path
        ``mended``, or ``mended-2`` and so on where there is one already.
    """
    folder = private.free(workspace / "mended")
    folder.mkdir(mode=0o700)
    for one in mended:
        path = folder / f"{one.table}.csv"
        path.touch(mode=0o600)
        path.write_text(as_csv(one.frame), encoding="utf-8", newline="")
    return folder


def written_plainly(sheet: Sheet, table: TableSchema, settings: Settings) -> Mended:
    """Return a table with what is understood written as the templates write it."""
    places, _findings = matched(sheet.headings, table, settings.reading)
    columns: list[pd.Series] = []
    titles: list[str] = []
    changes: list[Change] = []
    for name, place in sorted(places.items(), key=lambda item: table.columns.index(item[0])):
        cells = sheet.cells[place]
        texts = pd.Series(cells.cat.categories)
        meaning = understand(cells, table.column(name), settings, sheet.dialect.epoch).meaning
        kept = meaning.isna()
        if table.column(name).kind == "number":
            kept |= texts.str.fullmatch(_PLAIN_NUMBER)  # 1.0 is as plain as 1
        plain = _plainly(meaning, table.column(name)).mask(kept, texts)
        title = heading(name)
        titles.append(title)
        columns.append(_spread(plain, cells))
        changes.extend(_respelt(cells, texts, plain, table.name, name))
        changes.extend(_blanks(sheet, place, table.name, name))
        if sheet.headings[place] != title:
            row = sheet.dialect.heading_row
            changes.append(Change(table.name, row, name, sheet.headings[place], title))
    for place, title in enumerate(sheet.headings):
        if place not in places.values():
            cells = sheet.cells[place]
            # A heading may stand twice: each column is kept.
            titles.append(title or f"column {place + 1}")
            columns.append(_spread(pd.Series(cells.cat.categories), cells))
    frame = pd.DataFrame(dict(enumerate(columns)), index=sheet.cells.index)
    frame.columns = pd.Index(titles)
    ordered = sorted(changes, key=lambda change: change.row)
    return Mended(table.name, frame, tuple(ordered))


def _plainly(meaning: pd.Series, column: Column) -> pd.Series:
    """Return values as the templates write them."""
    match column.kind:
        case "yes_no":
            return pd.Series(meaning.map({True: "yes", False: "no"}))
        case "day":
            return pd.Series(meaning.dt.strftime("%Y-%m-%d"))
        case "moment":
            text = meaning.dt.strftime("%Y-%m-%dT%H:%M:%S").str.removesuffix(":00")
            return pd.Series(text.str.removesuffix("T00:00") if column.day_alone else text)
        case "number":
            return pd.Series(meaning.map("{:.15g}".format, na_action="ignore"))
        case _:
            return meaning.astype("str")


def _spread(texts: pd.Series, cells: pd.Series) -> pd.Series:
    spelt = np.append(texts.to_numpy(dtype=object), "")
    return pd.Series(spelt[cells.cat.codes], index=cells.index, dtype="str")


def _respelt(
    cells: pd.Series, texts: pd.Series, plain: pd.Series, table: str, column: str
) -> Iterator[Change]:
    differs = np.append((texts != plain).to_numpy(), False)
    codes = cells.cat.codes.to_numpy()
    for place in np.flatnonzero(differs[codes]).tolist():
        code = codes[place]
        # What was understood is a word, a code or a day, never a name.
        yield Change(table, int(cells.index[place]), column, texts[code], plain[code])


def _blanks(sheet: Sheet, place: int, table: str, column: str) -> Iterator[Change]:
    for row in sorted(sheet.stray[place] & set(sheet.cells.index)):
        yield Change(table, int(row), column, "", "")
