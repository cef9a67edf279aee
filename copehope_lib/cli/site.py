"""The pages as a folder: what colleagues open on their own devices."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib import language, months
from copehope_lib.cli.answers import invitation_of
from copehope_lib.cli.arguments import Folder, app, one_of, open_workspace, spoken
from copehope_lib.cli.terminal import progress
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import AUDIENCES


@app.command()
def site(
    folder: Folder,
    audience: Annotated[str, one_of(AUDIENCES, "For whom: team or partner.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the pages go.")],
    language_: Annotated[str | None, spoken("By default the team’s.")] = None,
) -> None:
    """Write the pages of one audience into a folder that opens in any browser, without a network.

    Example: copehope site my-team --audience team --language es --out pages
    """
    from copehope_lib.extract import Extract
    from copehope_lib.files import exposure
    from copehope_lib.privacy import closing
    from copehope_lib.server.launch import dashboards
    from copehope_lib.site import folder as pages

    workspace = open_workspace(folder)
    extract = Extract(workspace.extracts, audience)
    exposure.refuse_synchronised(out)
    pages.refuse(extract, out)
    closing.hand_out(workspace, "site", audience, extract.months)
    spoken = language_ or workspace.settings.language
    asked = invitation_of(workspace)
    pages.write(extract, dashboards(), out, spoken, progress(_("Drawing")), asked)
    language.use(workspace.settings.language)
    print(
        _(
            "{out}: open index.html in it. Whoever has this folder reads what {audience} is shown "
            "of {n} months, until {last}; nothing in it is locked."
        ).format(
            out=out,
            audience=extract.audience.badge[0],
            n=len(extract.months),
            last=months.name(extract.months[-1]),
        )
    )
