"""Begin a notebook: from a question to a file that runs."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.language import gettext as _
from copehope_lib.language import plain
from copehope_lib.notebooks.run import KERNEL, TAG

LETTERS = 60
"""The longest name of a file, without its ending."""


def file_name(question: str) -> str:
    """Return the name of the file that a question gets.

    Raises
    ------
    CopehopeError
        If no letter of it can stand in a file name.

    Examples
    --------
    >>> file_name("Who came back this month?")
    'who_came_back_this_month.ipynb'
    """
    words = plain(question).encode("ascii", "ignore").decode().split()
    name = "_".join(words)
    if len(name) > LETTERS:
        name = name[: LETTERS + 1].rpartition("_")[0] or name[:LETTERS]
    if not name:
        raise CopehopeError(_("The question has no words to name a file by: write some."))
    return f"{name}.ipynb"


def begin(question: str, folder: Path) -> Path:
    """Write a new notebook that asks a question, and return its file.

    Raises
    ------
    CopehopeError
        If there is a file of this name already, or it cannot be written.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> begin("Who came back?", Path(mkdtemp())).name
    'who_came_back.ipynb'
    """
    path = folder / file_name(question)
    notebook = new_notebook(cells=_cells(" ".join(question.split())))
    notebook.metadata.kernelspec = KERNEL
    for place, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{place}"
    private.write_new(path, (nbformat.writes(notebook) + "\n").encode())
    return path


def _cells(question: str) -> list[nbformat.NotebookNode]:
    parameters = new_code_cell(
        'workspace = ""  # a folder; empty for the demo team\n'
        'month = ""  # as 2026-10; empty for the latest'
    )
    parameters.metadata.tags = [TAG]
    return [
        new_markdown_cell(f"# {question}\n\nWho asks, and what will be done with the answer."),
        new_code_cell("from copehope_lib import Extract, charts, notebooks, readings"),
        parameters,
        new_code_cell(
            "team, period = notebooks.opened(workspace, month)\n"
            'extract = Extract(team.extracts, "team")'
        ),
        new_markdown_cell(
            "One table of the extract, and the sentence that goes with it. "
            "`copehope_lib.readings.READINGS` names them all."
        ),
        new_code_cell(
            'table = extract.table("engagement.barriers", period)\n'
            "print(readings.engagement.barriers(table, extract.audience))"
        ),
        new_code_cell(
            "picture = charts.engagement.barriers(table)\nprint(charts.as_text(picture))\npicture"
        ),
        new_markdown_cell("What to notice: …\n\nWhat not to conclude: …"),
    ]
