"""The sheet of the next month, to be filled in and brought in again."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import Folder, KeyFile, Month, app, open_workspace, period_of
from copehope_lib.cli.terminal import progress
from copehope_lib.language import gettext as _


@app.command()
def sheet(
    folder: Folder,
    month: Month,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where the workbook goes.")
    ] = None,
    key: KeyFile = None,
) -> None:
    """Write the workbook of a month to fill in: planned days, reviews and goals that are due.

    Example: copehope sheet my-team --month 2026-11
    """
    period = period_of(month)
    from copehope_lib.files.private import free, write_new
    from copehope_lib.templates.month import made

    workspace = open_workspace(folder, key)
    tables = workspace.all_tables(progress(_("Reading the tables")))
    path = out or free(workspace.path / "templates" / f"copehope {period}.xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_new(path, made(tables, period))
    print(_("{path} is ready: fill it in, and bring it in:").format(path=path))
    print(f'copehope import {folder} "{path}"')
