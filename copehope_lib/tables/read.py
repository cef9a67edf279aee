"""Files to cells: a CSV, .xlsx or .ods becomes a frame of strings, row by row as kept."""

import csv
import datetime
import io
import zipfile
from pathlib import Path

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

ENDINGS = (".csv", ".xlsx", ".ods")
WORKBOOK = "registry"
"""Name of a workbook that holds a sheet for each table."""


def find(registry: Path, table: str) -> Path | None:
    """Return the file that holds a table, or None.

    A table has a file of its own (``women.csv``) or a sheet in ``registry.xlsx``.

    Raises
    ------
    CopehopeError
        If two files hold the same table: which one is right is not ours to guess.
    """
    found = [
        path
        for name in (table, WORKBOOK)
        for ending in ENDINGS
        if (path := registry / f"{name}{ending}").exists()
        and (name == table or (ending != ".csv" and table in _sheet_names(path)))
    ]
    if len(found) > 1:
        raise CopehopeError(
            _("{first} and {second} both hold the table {table}: keep one of them.").format(
                first=found[0], second=found[1].name, table=table
            )
        )
    return found[0] if found else None


def read(path: Path, table: str) -> pd.DataFrame:
    """Read one table as it stands: strings, blanks as missing.

    Returns
    -------
    pandas.DataFrame
        Columns named by the headings; the index is the row as the spreadsheet shows it
        (the heading is row 1). Rows without any value are left out.

    Raises
    ------
    CopehopeError
        If the file is empty, unreadable, or not what its ending says.
    """
    try:
        raw = _read_csv(path) if path.suffix == ".csv" else _read_sheet(path, table)
    except UnicodeDecodeError:
        raise CopehopeError(
            _("{path} is not in UTF-8: save it as “CSV UTF-8”.").format(path=path)
        ) from None
    except (pd.errors.EmptyDataError, pd.errors.ParserError, csv.Error) as problem:
        raise CopehopeError(
            _("{path} is not a table ({reason}): begin from the template.").format(
                path=path, reason=" ".join(str(problem).split())
            )
        ) from None
    except OSError as problem:
        raise CopehopeError(
            _(
                "{path} cannot be read ({reason}): close it elsewhere or check its permissions."
            ).format(path=path, reason=problem.strerror or problem)
        ) from None
    raw.index = pd.RangeIndex(2, len(raw) + 2)
    raw.columns = pd.Index([str(name).strip() for name in raw.columns])
    for name in raw.columns:
        cells = raw[name].str.strip()
        raw[name] = cells.mask(cells == "")
    return raw.dropna(how="all")


def _read_csv(path: Path) -> pd.DataFrame:
    text = path.read_text(encoding="utf-8-sig")
    if not text.strip():
        raise pd.errors.EmptyDataError(_("it is empty"))
    heading = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    return pd.read_csv(
        io.StringIO(text), sep=separator, dtype="str", keep_default_na=False,
        skip_blank_lines=False, index_col=False,
    )  # fmt: skip


def _sheet_names(path: Path) -> list[str]:
    try:
        with pd.ExcelFile(path) as workbook:
            return [str(name) for name in workbook.sheet_names]
    except (zipfile.BadZipFile, ValueError, KeyError):
        raise _not_a_spreadsheet(path) from None
    except OSError as problem:
        raise CopehopeError(
            _(
                "{path} cannot be read ({reason}): close it elsewhere or check its permissions."
            ).format(path=path, reason=problem.strerror or problem)
        ) from None


def _read_sheet(path: Path, table: str) -> pd.DataFrame:
    sheets = _sheet_names(path)
    sheet = table if table in sheets else sheets[0]
    cells = pd.read_excel(path, sheet_name=sheet, header=None, dtype=object)
    if cells.empty:
        raise pd.errors.EmptyDataError(_("it is empty"))
    text = cells.map(_as_text).astype("str")
    return text.iloc[1:].set_axis(text.iloc[0].tolist(), axis="columns")


def _as_text(cell: object) -> str:
    """Write a spreadsheet's own value the way a CSV would have it."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _not_a_spreadsheet(path: Path) -> CopehopeError:
    return CopehopeError(
        _("{path} is not a spreadsheet inside, whatever its ending says: "
          "save it again as {ending}, or rename it to .csv if that is what it is.").format(
            path=path, ending=path.suffix
        )
    )  # fmt: skip
