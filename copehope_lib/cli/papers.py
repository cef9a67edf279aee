"""Papers to print, and the sheet about a woman that goes sealed to another service."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import Folder, KeyFile, app, one_of, open_workspace, spoken, warned
from copehope_lib.cli.terminal import progress
from copehope_lib.documents import PaperFormat, PaperName
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import plain
from copehope_lib.vocabulary import Service


def _service(typed: str) -> str:
    return Service.readings().get(plain(typed), typed)


@app.command()
def paper(
    folder: Folder,
    name: Annotated[PaperName, typer.Argument(help="Which paper.")],
    format: Annotated[PaperFormat, typer.Option(help="To print, or to write into.")] = "html",
    language_: Annotated[str | None, spoken("By default the team’s.", "fr")] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where it goes, a new file; by default templates/."),
    ] = None,
) -> None:
    """Write a paper to print: questions for women, boundaries, charters for women and the staff.

    Example: copehope paper my-team charter-women --language es
    """
    from copehope_lib.documents.html import as_html, look
    from copehope_lib.documents.paper import document
    from copehope_lib.documents.word import as_docx
    from copehope_lib.files import private

    workspace = open_workspace(folder)
    chosen = language_ or workspace.settings.language
    made = document(name, chosen, workspace.settings.team)
    path = out or private.free(workspace.path / "templates" / f"{name}-{chosen}.{format}")
    path.parent.mkdir(parents=True, exist_ok=True)
    page = as_docx(made, 2) if format == "docx" else as_html(made, look("paper")).encode()
    private.write_new(path, page)
    print(_("{path} is ready: print it.").format(path=path))


@app.command()
def referral(
    folder: Folder,
    woman: Annotated[str, typer.Argument(metavar="CODE", help="As the table of women has it.")],
    service: Annotated[
        str,
        one_of(Service.codes(), "Kind of service that is asked.", read=_service),
    ],
    to: Annotated[
        list[str] | None,
        typer.Option(metavar="AGE1…", help="Public key of that service; several are possible."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.age", help="Sealed file, a new one; by default referrals/."),
    ] = None,
    key: KeyFile = None,
) -> None:
    """Write the sheet about a woman for another service, if she agreed, sealed to its key.

    Example: copehope referral my-team W-002 --service health --to age1…
    """
    from copehope_lib.documents.paper.referral import sheet
    from copehope_lib.documents.word import as_docx
    from copehope_lib.files import private, sealing
    from copehope_lib.privacy.closing import today

    if not to:
        sentence = _(
            "What is said of a woman leaves sealed or not at all: ask the service for its public "
            "key (age1…), and write it after --to."
        )
        raise CopehopeError(sentence)
    public = sealing.recipients(to)
    workspace = warned(open_workspace(folder, key))
    tables = workspace.all_tables(progress(_("Reading the tables")))
    made = sheet(tables, woman, service, today(), workspace.settings.team)
    # The name of the file goes with it, and tells nothing of her.
    path = out or private.free(
        workspace.path / "referrals" / f"{today().date()}-{service}.docx{sealing.ENDING}"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    private.write_new(path, sealing.seal(as_docx(made, 2), public))
    sentence = _(
        "{path} opens with the key of the service alone: say what you ask for when you speak, and "
        "write the day into the table referrals."
    )
    print(sentence.format(path=path))
