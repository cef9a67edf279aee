"""One table of a registry, written anew; the file that was there before is kept."""

from pathlib import Path

import pandas as pd

from copehope_lib.documents.csv import as_csv
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, heading
from copehope_lib.settings import Settings
from copehope_lib.tables.files import Source, shown, sources
from copehope_lib.tables.load import sheet_of
from copehope_lib.tables.mend import written_plainly

EARLIER = "earlier"


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
    sheet = sheet_of([source], table, settings, [])
    if not sheet.dialect.file or sheet.too_long:
        raise CopehopeError(
            _("{file} cannot be read as a table: run `copehope check` first.").format(
                file=shown(source.path)
            )
        )
    names = {heading(column): column for column in table.columns}
    return (
        written_plainly(sheet, table, settings).frame.rename(columns=names).reset_index(drop=True)
    )


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
