"""Run notebooks: on any workspace and month as a page, on the demo team for keeping."""

import ast
import os
import sys
from importlib.resources import files
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.notebooks.outputs import read, sign

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
TAG = "parameters"
"""Tag of the cell that holds ``workspace`` and ``month``."""

UNKEPT = "nbval-ignore-output"
"""Tag of a cell that shows widgets: they live as long as their kernel, and are not kept."""


def bundled() -> Path:
    """Return the folder of the library's own notebooks."""
    installed = Path(str(files("copehope_lib"))) / "reading"
    return installed if installed.exists() else installed.parent.parent / "notebooks"


def found(name: str) -> Path:
    """Return where a notebook is: a file, or one of the library's own by its name.

    Raises
    ------
    CopehopeError
        If there is none; it names those there are.

    Examples
    --------
    >>> found("04_engagement").name
    '04_engagement.ipynb'
    """
    for path in (Path(name), bundled() / f"{name}.ipynb"):
        if path.suffix == ".ipynb" and path.is_file():
            return path
    raise CopehopeError(
        _("{name} is no notebook: give a file, or one of {names}.").format(
            name=name, names=", ".join(sorted(path.stem for path in bundled().glob("*.ipynb")))
        )
    )


def run(path: Path, workspace: str = "", month: str = "") -> nbformat.NotebookNode:
    """Run a notebook in a folder of its own, and return it with its outputs.

    Parameters
    ----------
    path : pathlib.Path
        The notebook; it stays as it is.
    workspace, month : str
        Its parameters; empty for the demo team, and for the latest month.

    Raises
    ------
    CopehopeError
        If it has no cell for its parameters, or does not run to its end.
    """
    _parameters(read(path), path)
    given = {"workspace": workspace, "month": month} if workspace or month else {}
    with TemporaryDirectory() as folder:
        try:
            return papermill.execute_notebook(
                path,
                None,
                given,
                kernel_name="python3",
                cwd=folder,
                progress_bar=sys.stderr.isatty(),
                config=_private(),
                extra_arguments=["--log-level=CRITICAL"],
            )
        except PapermillExecutionError as problem:
            if problem.ename == CopehopeError.__name__:
                raise CopehopeError(problem.evalue) from None
            sentence = _("{path} stopped in cell {n} ({kind}): open it in JupyterLab to see where.")
            raise CopehopeError(
                sentence.format(path=path, n=problem.exec_count, kind=problem.ename)
            ) from None


def _private() -> Config:
    """Return how to talk with a kernel so that nobody else on the machine can listen."""
    # Through a port of the machine, every user of it could read along.
    return Config({"KernelManager": {"transport": "ipc"}} if os.name == "posix" else {})


def refresh(path: Path) -> None:
    """Run a notebook on the demo team, and keep it with its outputs.

    Raises
    ------
    CopehopeError
        If its parameters name another workspace, or it does not run to its end.
    """
    asked = read(path)
    if any(_parameters(asked, path).values()) or _another_team(asked):
        sentence = _(
            "{path} names a workspace or a month of its own: leave both empty, so that it "
            "runs on the demo team."
        )
        raise CopehopeError(sentence.format(path=path))
    notebook = run(path)
    _tidy(notebook)
    sign(notebook)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def _parameters(notebook: nbformat.NotebookNode, path: Path) -> dict[str, object]:
    """Return what a notebook sets its parameters to, where nobody gives others."""
    tagged = [cell for cell in notebook.cells if TAG in cell.metadata.get("tags", [])]
    set_to = {
        target.id: ast.literal_eval(line.value)
        for cell in tagged
        for line in ast.parse(cell.source).body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
    if not {"workspace", "month"} <= set(set_to):
        sentence = _(
            "{path} has no cell with the tag `parameters` that sets workspace and month: "
            "begin from `copehope notebook new`."
        )
        raise CopehopeError(sentence.format(path=path))
    return set_to


def _another_team(notebook: nbformat.NotebookNode) -> bool:
    """Tell whether code opens a workspace by itself, or names a folder of this machine."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    parts = [part for source in code for part in ast.walk(ast.parse(source))]
    called = [ast.unparse(part.func) for part in parts if isinstance(part, ast.Call)]
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(name.endswith("Workspace") for name in called) or any(
        text.startswith("~") or _absolute(text) for text in texts if isinstance(text, str)
    )


def _absolute(text: str) -> bool:
    return PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()


def _tidy(notebook: nbformat.NotebookNode) -> None:
    """Leave out what tells of a machine or a moment: times, paths, versions, widgets."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(cells, start=1):
        cell.execution_count = count
        cell.outputs = _joined(cell.outputs)
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
        if UNKEPT in cell.metadata.get("tags", []):
            cell.outputs = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    about = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.metadata = nbformat.from_dict(about)


def _joined(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Put together what was printed in several goes: where it was cut is chance."""
    joined: list[nbformat.NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output.get("name") is not None and last.get("name") == output.name:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined
