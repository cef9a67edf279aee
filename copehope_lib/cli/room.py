"""A room: the pages of the team on the telephones of those who meet."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.answers import invitation_of
from copehope_lib.cli.arguments import Folder, app, open_workspace, spoken
from copehope_lib.cli.begin import Browser
from copehope_lib.cli.terminal import progress
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _


@app.command()
def room(
    folder: Folder,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port for the telephones.")] = 8443,
    certfile: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Certificate and key in one PEM file; by default our own."
        ),
    ] = None,
    language_: Annotated[str | None, spoken("By default the team’s.")] = None,
    browser: Browser = True,
) -> None:
    """Open the team’s pages to the telephones around the table, for two hours at most.

    Example: copehope room my-team
    """
    from copehope_lib.extract import Extract
    from copehope_lib.privacy import closing
    from copehope_lib.privacy.audience import TEAM
    from copehope_lib.self_check.intake import Intake

    try:
        from copehope_lib.server.room import open_room
    except ImportError:
        raise CopehopeError(
            _(
                "To open a room, three libraries are needed: install them with `pip install "
                '"copehope-workbench[room]"`.'
            )
        ) from None

    workspace = open_workspace(folder)
    extract = Extract(workspace.extracts, TEAM.name)
    open_room(
        extract,
        Intake(invitation_of(workspace), workspace.dropbox),
        workspace.path,
        port=port,
        open_browser=browser,
        spoken=language_ or workspace.settings.language,
        handed_out=lambda: closing.hand_out(workspace, "room", TEAM.name, extract.months),
        certfile=certfile,
        each=progress(_("Drawing")),
    )
