"""The monthly pack: what may be sent of a month, as one file."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib import language
from copehope_lib.cli.arguments import Folder, app, one_of, open_workspace, period_of, spoken
from copehope_lib.documents import PackFormat
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import AUDIENCES

PACKS = "packs"


@app.command()
def pack(
    folder: Folder,
    audience: Annotated[str, one_of(AUDIENCES, "For whom: team or partner.")],
    month: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help="Month; by default the latest published."),
    ] = None,
    format: Annotated[PackFormat, typer.Option(help="What it is to be.")] = "pdf",
    language_: Annotated[str | None, spoken("By default the team’s.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where it goes, a new file; by default packs/."),
    ] = None,
) -> None:
    """Write what may be sent of a month: pictures, tables and how to read them, in one file.

    Example: copehope pack my-team --month 2026-10 --audience partner --format pdf
    """
    period = None if month is None else period_of(month)
    from copehope_lib.documents.pack import of_extract, write
    from copehope_lib.extract import Extract
    from copehope_lib.files import private
    from copehope_lib.privacy import closing

    workspace = open_workspace(folder)
    extract = Extract(workspace.extracts, audience)
    language.use(language_ or workspace.settings.language)
    made = of_extract(extract, period)
    if out is None:
        out = workspace.path / PACKS / f"{period or extract.months[-1]}-{audience}.{format}"
        out.parent.mkdir(exist_ok=True)
    if out.exists():
        sentence = _("{path} is there already and stays as it is: write --out with another name.")
        raise CopehopeError(sentence.format(path=out))
    private.refuse_existing(out)
    closing.hand_out(workspace, "pack", audience, [period or extract.months[-1]])
    private.write_new(out, write(made, format, out.parent))
    language.use(workspace.settings.language)
    print(
        _("{out} is for {audience}, and may be sent to them.").format(
            out=out, audience=made.audience.badge[0]
        )
    )
