"""What the commands share: the program itself, its arguments, and how a workspace is opened."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer

from copehope_lib import language, months
from copehope_lib.errors import CopehopeError

# What reads a registry takes seconds to import, and `--help` should not wait for it.
if TYPE_CHECKING:
    from copehope_lib.workspace import Workspace

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="One honest picture of the month, for teams that accompany women.",
    pretty_exceptions_enable=False,
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the workspace.")]
Month = Annotated[str, typer.Option(metavar="YYYY-MM", help="Month, for example 2026-10.")]


class AudienceName(StrEnum):
    """Audiences as they are typed."""

    supervision = "supervision"
    team = "team"
    partner = "partner"


def open_workspace(folder: Path) -> "Workspace":
    """Open a workspace, and speak its language from here on."""
    from copehope_lib.workspace import Workspace

    workspace = Workspace(folder)
    language.use(workspace.settings.language)
    return workspace


def period_of(text: str) -> pd.Period:
    """Return the month that was typed."""
    try:
        return months.parse(text)
    except CopehopeError as problem:
        raise typer.BadParameter(str(problem)) from None
