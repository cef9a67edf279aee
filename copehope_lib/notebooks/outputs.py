"""What a notebook shows: only what was run on the demo team may be kept with its outputs.

Whoever runs a notebook on her own team sees results of that team in it, and a commit would
carry them away. So the library writes into each notebook that it ran on the demo team a mark
over all code and outputs; outputs without it, or with another, are refused.
"""

import hashlib
import json
from pathlib import Path

import nbformat

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

ABOUT = "copehope"
"""Under this name a notebook says on whose workspace it was run, and carries its mark."""

DEMO = "demo"


def refuse_outputs(path: Path) -> None:
    """Refuse a notebook with outputs unless the library ran it on the demo team.

    A picture that was pasted in is refused in any case: nobody can tell of whom it is.

    Parameters
    ----------
    path : pathlib.Path
        The notebook.

    Raises
    ------
    CopehopeError
        If it holds outputs or pictures that may be a team's own, or is no notebook.

    Examples
    --------
    >>> from copehope_lib.notebooks.run import bundled
    >>> refuse_outputs(bundled() / "03_caseload.ipynb")
    """
    notebook = read(path)
    if any(cell.get("attachments") for cell in notebook.cells):
        sentence = _(
            "{path} holds a picture or file that was pasted in, which may be a team’s own: "
            "take it out, and draw what it shows from the demo team."
        )
        raise CopehopeError(sentence.format(path=path))
    about = notebook.metadata.get(ABOUT, {})
    if about.get("workspace") == DEMO and about.get("mark") == mark(notebook):
        return
    shown = any(cell.get("outputs") for cell in notebook.cells)
    if shown or "widgets" in notebook.metadata:
        sentence = _(
            "{path} holds outputs that may be a team’s own: clear them, or run `copehope "
            "notebook refresh {path}`, which runs it on the demo team."
        )
        raise CopehopeError(sentence.format(path=path))


def sign(notebook: nbformat.NotebookNode) -> None:
    """Write into a notebook that it was run on the demo team, with its mark."""
    notebook.metadata[ABOUT] = {"workspace": DEMO, "mark": mark(notebook)}


def mark(notebook: nbformat.NotebookNode) -> str:
    """Return the SHA-256 of all that is code or output; it changes when either does.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> one, other = (new_notebook(cells=[new_code_cell(code)]) for code in ("1", "2"))
    >>> mark(one) == mark(one), mark(one) == mark(other)
    (True, False)
    """
    told = [
        [
            cell.source,
            [
                {name: value for name, value in output.items() if name != "execution_count"}
                for output in cell.outputs
            ],
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    told.append(notebook.metadata.get("widgets", {}))
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook.

    Raises
    ------
    CopehopeError
        If it cannot be read, or is none.
    """
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, TypeError, AttributeError, nbformat.ValidationError):
        sentence = _("{path} cannot be read as a notebook: look whether it is the right file.")
        raise CopehopeError(sentence.format(path=path)) from None
