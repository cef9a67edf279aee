"""A team's own results never stay in a notebook: only what ran on the demo team is kept."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from typer.testing import CliRunner

from copehope_lib.cli import app
from copehope_lib.errors import CopehopeError
from copehope_lib.notebooks.outputs import mark, refuse_outputs, sign
from copehope_lib.notebooks.run import refresh
from tests.notebooks.cells import ROOT


def printed(text: str) -> nbformat.NotebookNode:
    return new_output("stream", text=text)


def a_notebook(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    parameters = new_code_cell('workspace = ""\nmonth = ""')
    parameters.metadata.tags = ["parameters"]
    return new_notebook(
        cells=[parameters, new_code_cell("print(46)", outputs=list(outputs))],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[nbformat.NotebookNode], Path]:
    def write(notebook: nbformat.NotebookNode) -> Path:
        path = tmp_path / "one.ipynb"
        nbformat.write(notebook, path)
        return path

    return write


def test_without_outputs_it_may_be_kept(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    refuse_outputs(keep(a_notebook()))


def test_what_the_library_ran_on_the_demo_team_may_be_kept(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    notebook = a_notebook(printed("46"))
    sign(notebook)
    refuse_outputs(keep(notebook))


def test_outputs_of_whoever_are_refused(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    path = keep(a_notebook(printed("46")))
    with pytest.raises(CopehopeError, match="may be a team’s own"):
        refuse_outputs(path)


def an_output(notebook: nbformat.NotebookNode) -> None:
    notebook.cells[1].outputs = [printed("31")]


def one_more_output(notebook: nbformat.NotebookNode) -> None:
    notebook.cells[0].outputs = [printed("W-001")]


def a_parameter(notebook: nbformat.NotebookNode) -> None:
    notebook.cells[0].source = 'workspace = "my-team"\nmonth = ""'


def a_cell(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.append(new_code_cell("print(1)", outputs=[printed("1")]))


def widgets(notebook: nbformat.NotebookNode) -> None:
    notebook.metadata["widgets"] = {"state": {"value": "W-001"}}


def another_word(notebook: nbformat.NotebookNode) -> None:
    notebook.metadata["copehope"]["workspace"] = "my-team"


@pytest.mark.parametrize(
    "change", [an_output, one_more_output, a_parameter, a_cell, widgets, another_word]
)
def test_what_was_run_by_hand_afterwards_is_refused(
    change: Callable[[nbformat.NotebookNode], None],
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    notebook = a_notebook(printed("46"))
    sign(notebook)
    change(notebook)
    with pytest.raises(CopehopeError, match="may be a team’s own"):
        refuse_outputs(keep(notebook))


def test_a_picture_that_was_pasted_in_is_refused_whatever_the_mark(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    notebook = a_notebook(printed("46"))
    pasted = new_markdown_cell("![a page](attachment:page.png)")
    pasted.attachments = {"page.png": {"image/png": "iVBORw0KGgo="}}
    notebook.cells.append(pasted)
    sign(notebook)
    with pytest.raises(CopehopeError, match="pasted in"):
        refuse_outputs(keep(notebook))


def test_widgets_alone_are_outputs_too(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    notebook = a_notebook()
    widgets(notebook)
    with pytest.raises(CopehopeError):
        refuse_outputs(keep(notebook))


def test_how_often_it_was_run_makes_no_difference() -> None:
    once, again = (a_notebook(new_output("execute_result", {"text/plain": "46"})) for _ in "12")
    again.cells[1].outputs[0].execution_count = 7
    assert mark(once) == mark(again)


@pytest.mark.parametrize("content", ["", "{}", "not a notebook", '{"cells": 1}'])
def test_what_is_no_notebook_is_refused_in_a_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    path.write_text(content)
    with pytest.raises(CopehopeError, match="cannot be read as a notebook"):
        refuse_outputs(path)


def test_the_command_refuses_and_names_the_file(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    path = keep(a_notebook(printed("46")))
    done = CliRunner().invoke(app, ["notebook", "check", str(path)])
    assert isinstance(done.exception, CopehopeError)
    assert "one.ipynb" in str(done.exception)


def test_each_commit_asks_the_guard() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    guard = next(hook for hook in hooks if hook["id"] == "notebooks")
    assert guard["entry"].endswith("copehope notebook check")
    assert guard["types"] == ["jupyter"]


def test_refreshing_runs_it_on_the_demo_team_and_says_so(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    path = keep(a_notebook(printed("31")))
    refresh(path)
    refuse_outputs(path)
    kept = nbformat.read(path, 4)
    assert kept.metadata["copehope"]["workspace"] == "demo"
    assert [output.text for output in kept.cells[1].outputs] == ["46\n"]
    assert str(path.parent) not in path.read_text()


def test_a_notebook_on_a_team_of_its_own_is_not_refreshed(
    keep: Callable[[nbformat.NotebookNode], Path],
) -> None:
    notebook = a_notebook()
    a_parameter(notebook)
    path = keep(notebook)
    before = path.read_bytes()
    with pytest.raises(CopehopeError, match="leave both empty"):
        refresh(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "code",
    [
        "from copehope_lib import Workspace\nWorkspace('my-team')",
        "import copehope_lib\ncopehope_lib.Workspace('my-team')",
        "open('/srv/my-team/registry/women.csv').read()",
        "open('~/my-team/copehope.toml').read()",
        r"open(r'C:\my-team\copehope.toml').read()",
    ],
)
def test_nor_is_one_that_opens_a_team_by_itself(
    code: str, keep: Callable[[nbformat.NotebookNode], Path]
) -> None:
    notebook = a_notebook()
    notebook.cells.append(new_code_cell(code))
    path = keep(notebook)
    with pytest.raises(CopehopeError, match="leave both empty"):
        refresh(path)
