"""One table of a registry, written anew; the file that was there before is kept."""

from pathlib import Path

import numpy as np
import pandas as pd

from copehope_lib.documents.csv import as_csv
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.settings import Settings
from copehope_lib.tables.columns import matched
from copehope_lib.tables.files import Source, shown, sources
from copehope_lib.tables.load import sheet_of
from copehope_lib.tables.sheet import Sheet
from copehope_lib.tables.understand import understand

EARLIER = "earlier"

_PLAIN_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"


def plain(registry: Path, name: str, settings: Settings) -> pd.DataFrame:
    r"""Return a table as text, plainly written, its columns under the names of the schema.

    Parameters
    ----------
    registry : pathlib.Path
        Folder of the tables.
    name : str
        Table.
    settings : Settings
        Of the workspace.

    Returns
    -------
    pandas.DataFrame
        A row a row of the file; blank cells are ``""``. Without a file, no row and no column.

    Raises
    ------
    CopehopeError
        If it is not one plain CSV file, or cannot be read.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "decisiones.csv").write_text("decisión;texto\nA-1;Descanso\n")
    >>> plain(folder, "actions", Settings()).to_dict("list")
    {'action': ['A-1'], 'text': ['Descanso']}
    """
    source, table = _file(registry, name), TABLES[name]
    if source is None:
        return pd.DataFrame()
    return as_text([source], table, settings)


def as_text(held_by: list[Source], table: TableSchema, settings: Settings) -> pd.DataFrame:
    """Return a table as text, whatever kind of file holds it; see :func:`plain`.

    Raises
    ------
    CopehopeError
        If it is held by more than one file, or cannot be read.
    """
    sheet = sheet_of(held_by, table, settings, [])
    if not sheet.dialect.file or sheet.too_long:
        raise CopehopeError(
            _("{file} cannot be read as a table: run `copehope check` first.").format(
                file=shown(held_by[0].path)
            )
        )
    return _written_plainly(sheet, table, settings).reset_index(drop=True)


def _written_plainly(sheet: Sheet, table: TableSchema, settings: Settings) -> pd.DataFrame:
    """Return a table with what is understood written as a program would, all else as it stands."""
    places, _findings = matched(sheet.headings, table, settings.reading)
    read = {place: name for name, place in places.items()}
    titles: list[str] = []
    columns: list[pd.Series] = []
    first = [places[name] for name in table.columns if name in places]
    for place in [*first, *(at for at in range(len(sheet.headings)) if at not in read)]:
        cells = sheet.cells[place]
        texts = pd.Series(cells.cat.categories)
        if place in read:
            texts = _plainly(cells, table.column(read[place]), settings, sheet.dialect.epoch)
        # A heading may stand twice: each column is kept.
        titles.append(read.get(place) or sheet.headings[place] or f"column {place + 1}")
        spelt = np.append(texts.to_numpy(dtype=object), "")
        columns.append(pd.Series(spelt[cells.cat.codes], index=cells.index, dtype="str"))
    frame = pd.DataFrame(dict(enumerate(columns)), index=sheet.cells.index)
    return frame.set_axis(titles, axis="columns")


def _plainly(cells: pd.Series, column: Column, settings: Settings, epoch: int) -> pd.Series:
    texts = pd.Series(cells.cat.categories)
    meaning = understand(cells, column, settings, epoch).meaning
    match column.kind:
        case "yes_no":
            plain = pd.Series(meaning.map({True: "yes", False: "no"}))
        case "day":
            plain = meaning.dt.strftime("%Y-%m-%d")
        case "moment":
            text = meaning.dt.strftime("%Y-%m-%dT%H:%M:%S").str.removesuffix(":00")
            plain = text.str.removesuffix("T00:00") if column.day_alone else text
        case "number":
            # 1.0 is as plain as 1
            meaning = meaning.mask(texts.str.fullmatch(_PLAIN_NUMBER))
            plain = pd.Series(meaning.map("{:.15g}".format, na_action="ignore"))
        case _:
            plain = meaning.astype("str")
    return plain.astype("object").mask(meaning.isna(), texts)


def renew(workspace: Path, registry: Path, name: str, frame: pd.DataFrame) -> Path:
    """Write a table anew; the file that was there goes to the folder ``earlier``, byte by byte.

    Parameters
    ----------
    workspace, registry : pathlib.Path
        Folder of the workspace, and of its tables.
    name : str
        Table.
    frame : pandas.DataFrame
        What it holds from now on, under the names of the schema.

    Returns
    -------
    pathlib.Path
        The file of the table.

    Raises
    ------
    CopehopeError
        If it is not one plain CSV file, or cannot be written.
    """
    source = _file(registry, name)
    path = source.path if source else registry / f"{heading(name)}.csv"
    known = TABLES[name].columns
    headed = frame.rename(columns={column: heading(column) for column in known})
    if source:
        _keep(workspace / EARLIER, source.path)
    try:
        private.replace(path, as_csv(headed).encode())
    except OSError as problem:
        raise CopehopeError(
            _("{path} cannot be written ({reason}): choose another place.").format(
                path=path, reason=problem.strerror
            )
        ) from None
    return path


def _file(registry: Path, name: str) -> Source | None:
    """Return the file of a table; none where there is none yet."""
    held_by = sources(registry).tables[name] if registry.is_dir() else []
    for source in held_by:
        if source.path.suffix.lower() != ".csv" or len(held_by) > 1:
            raise CopehopeError(
                _(
                    "The table {table} is in {file}, which the workbench does not write: name "
                    "a new file with --out, and copy its rows."
                ).format(table=heading(name), file=shown(source.path))
            )
    return held_by[0] if held_by else None


def _keep(folder: Path, path: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    n = 1
    while (target := folder / f"{path.stem}-{n}.csv").exists():
        n += 1
    private.write_new(target, path.read_bytes())
