"""Notebooks: run one as a page, begin one, and keep a team's own results out of git."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import app, open_workspace, period_of, warned, write_open
from copehope_lib.language import gettext as _

notebook = typer.Typer(no_args_is_help=True, help="Notebooks of one's own.")
app.add_typer(notebook, name="notebook")

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Notebooks.")]


@app.command()
def run(
    name: Annotated[str, typer.Argument(metavar="NOTEBOOK", help="Its name, or its file.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="Where it goes; a new file.")
    ],
    workspace: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Its folder; the demo team by default.")
    ] = None,
    month: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="Month; the latest by default.")
    ] = "",
) -> None:
    """Run a notebook on a workspace and a month, and write it as one page.

    Example: copehope run 04_engagement --workspace my-team --month 2026-10 -o out.html
    """
    from copehope_lib.files import private
    from copehope_lib.notebooks import opened
    from copehope_lib.notebooks.page import as_html
    from copehope_lib.notebooks.run import found
    from copehope_lib.notebooks.run import run as run_notebook

    month = str(period_of(month)) if month else ""
    path = found(name)
    private.refuse_existing(out)
    place = ""
    if workspace is not None:
        warned(open_workspace(workspace))
        place = str(workspace.resolve())
    team, period = opened(place, month)
    page = as_html(run_notebook(path, place, month), f"{team.settings.team} · {period}")
    write_open(out, page)


@notebook.command()
def new(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What it asks.")],
) -> None:
    """Begin a notebook that asks a question; its file is named by it.

    Example: copehope notebook new "Who came back this month?"
    """
    from copehope_lib.notebooks.begin import begin

    print(begin(question, Path()))


@notebook.command()
def check(files: Files) -> None:
    """Refuse outputs that may be a team's own; a commit runs this.

    Example: copehope notebook check notebooks/03_caseload.ipynb
    """
    from copehope_lib.notebooks.outputs import refuse_outputs

    for path in files:
        refuse_outputs(path)


@notebook.command()
def refresh(files: Files) -> None:
    """Run notebooks on the demo team, and keep them with their outputs.

    Example: copehope notebook refresh notebooks/03_caseload.ipynb
    """
    from copehope_lib.cli.terminal import progress
    from copehope_lib.notebooks.run import refresh as refresh_notebook

    for path in progress(_("Running notebooks"))(files):
        refresh_notebook(path)
