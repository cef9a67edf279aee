"""What comes in joins what is there: tables, where each row comes from, and the earlier files."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from copehope_lib.documents.csv import as_csv
from copehope_lib.errors import CopehopeError
from copehope_lib.files.sealing import ENDING
from copehope_lib.importing.plan import Made
from copehope_lib.importing.spoken import without_dates
from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, TableSchema, heading
from copehope_lib.tables.files import Source, shown, sources
from copehope_lib.tables.origins import Origin
from copehope_lib.tables.renew import as_text
from copehope_lib.workspace import Workspace

EVENTS = ("sessions", "attendance", "goal_events", "needs", "safety")
"""Tables that grow: what comes in from another file joins them. The others tell how things are."""


@dataclass(frozen=True)
class Joined:
    """A table after rows came in.

    Attributes
    ----------
    frame : pandas.DataFrame
        Its rows as text, under the names of the schema.
    origins : list of Origin
        Where each comes from.
    new, changed, gone, kept : int
        Rows that are new, say something else, stand on the sheet no more and went, and stand on
        it no more and stay.
    """

    frame: pd.DataFrame
    origins: list[Origin]
    new: int
    changed: int
    gone: int
    kept: int


def in_registry(workspace: Workspace) -> tuple[dict[str, pd.DataFrame], dict[str, list[Source]]]:
    """Return the tables of a registry as text, and the files that hold them.

    Raises
    ------
    CopehopeError
        If a table is sealed, or cannot be read.
    """
    held_by = sources(workspace.registry, workspace.opened_with).tables
    tables = {}
    for name, found in held_by.items():
        if not found:
            continue
        sealed = [shown(source.path) for source in found if source.path.suffix == ENDING]
        if sealed:
            said = _("{file} is sealed: open it with `copehope open`, bring in, seal it again.")
            raise CopehopeError(said.format(file=sealed[0]))
        tables[name] = as_text(found, TABLES[name], workspace.settings)
    return tables, held_by


def join(
    table: TableSchema,
    before: pd.DataFrame,
    origins: list[Origin],
    coming: list[tuple[Made, Origin]],
) -> Joined:
    """Let rows join a table.

    Rows that came from the same sheet before give way to what it says now. Of a table that tells
    how things are, a row whose woman, or whatever it is about, is on the sheet no more stays.

    Parameters
    ----------
    table : TableSchema
        Which one.
    before, origins : pandas.DataFrame, list of Origin
        Its rows as text, and where each comes from.
    coming : list of (dict, Origin)
        The rows that come in, and where each comes from.
    """
    key, first = list(table.key), table.key[0]
    records: list[dict[str, str]] = before.astype("str").to_dict("records")  # type: ignore[assignment]
    by_key = {_part(row, key): row for row in records}
    incoming = {_part(row, key) for row, _place in coming}
    about = {row.get(first, "") for row, _place in coming}
    sheets = {_kin(place.file, place.sheet) for _row, place in coming}
    files = {(place.file, place.sheet) for _row, place in coming}
    left: list[tuple[dict[str, str], Origin]] = []
    gone = kept = 0
    for row, origin in zip(records, origins, strict=True):
        if _part(row, key) in incoming:
            continue
        from_here = (origin.file, origin.sheet) in files
        if table.name not in EVENTS:
            from_here = origin.file != "" and _kin(origin.file, origin.sheet) in sheets
            if from_here and row.get(first, "") not in about:
                from_here, kept = False, kept + 1
        if from_here:
            gone += 1
        else:
            left.append((row, origin))
    new = changed = 0
    for made, place in coming:
        said = {name: text for name, text in made.items() if name != "cell"}
        old = by_key.get(_part(said, key))
        new += old is None
        changed += old is not None and any(old.get(name, "") != said[name] for name in said)
        left.append(((old or {}) | said, place))
    left.sort(key=lambda one: _part(one[0], key))
    columns = [*table.columns, *(str(name) for name in before if name not in table.columns)]
    whole = [_part(row, columns) for row, _origin in left]
    frame = pd.DataFrame(whole, columns=columns, dtype="str")
    return Joined(frame, [origin for _row, origin in left], new, changed, gone, kept)


def _part(row: dict[str, str], names: list[str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)


@lru_cache
def _kin(file: str, sheet: str) -> tuple[str, str]:
    """Return what a sheet is called from month to month."""
    return without_dates([Path(file).stem]), without_dates([sheet])


def as_file(name: str, frame: pd.DataFrame) -> bytes:
    """Return a table as its file, headed in the language in use."""
    used = [column for column in frame if column in TABLES[name].columns or frame[column].any()]
    titles = {column: heading(column) for column in TABLES[name].columns}
    return as_csv(frame[used].rename(columns=titles)).encode()


def path_of(registry: Path, name: str, held_by: list[Source]) -> Path:
    """Return the file of a table: the one that it has if that is a CSV, else one of its own."""
    own = [source.path for source in held_by if source.path.suffix.lower() == ".csv"]
    return own[0] if own else registry / f"{heading(name)}.csv"
