"""Notebooks stay thin: dashboards of three cells, reading notebooks without logic."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from copehope_lib.notebooks.outputs import refuse_outputs
from copehope_lib.notebooks.run import TAG, UNKEPT
from tests.notebooks.cells import READING, ROOT, code_of, tagged

DASHBOARDS = sorted((ROOT / "dashboards").glob("*.ipynb"))
PARAMETERS = (
    'workspace = ""  # a folder; empty for the demo team\n'
    'month = ""  # as 2026-10; empty for the latest'
)
# A folder of somebody's machine: "/home/…", "C:\…"; a fraction or a list of words is none.
PLACE = re.compile(r"(?<![\w.§])/(?:[a-z]+/)|\b[A-Z]:\\|~/", re.IGNORECASE)


def cells(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_a_title_an_import_and_a_call(path: Path) -> None:
    title, imported, call = cells(path)
    assert title["cell_type"] == "markdown"
    assert source(title).startswith("# ")
    assert source(imported) == "from copehope_lib import pages"
    assert source(call) == f"pages.{path.stem}()"
    assert imported["outputs"] == call["outputs"] == []


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_a_reading_notebook_holds_no_logic(path: Path) -> None:
    for cell in cells(path):
        assert len(source(cell).splitlines()) <= 12
        if cell["cell_type"] == "code":
            assert "def " not in source(cell)


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_it_begins_with_its_imports_and_its_parameters(path: Path) -> None:
    imported, parameters, *others = code_of(path)
    statements = ast.parse(imported.source).body
    assert all(isinstance(one, ast.Import | ast.ImportFrom) for one in statements)
    assert tagged(parameters, TAG)
    assert parameters.source == PARAMETERS
    for cell in others:
        assert "import " not in cell.source
        assert not tagged(cell, TAG)


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_each_cell_shows_what_it_ends_with(path: Path) -> None:
    for place, cell in enumerate(code_of(path), start=1):
        assert cell.execution_count == place
        shows = isinstance(ast.parse(cell.source).body[-1], ast.Expr)
        assert bool(cell.outputs) is (shows and not tagged(cell, UNKEPT)), cell.source
        assert [one for one in cell.outputs if one.get("name") == "stderr"] == []


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_it_explains_itself(path: Path) -> None:
    prose = [source(cell) for cell in cells(path) if cell["cell_type"] == "markdown"]
    assert prose[0].startswith("# ")
    assert "not to conclude" in " ".join(prose) or path.stem.startswith(("01", "08"))


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_a_reading_notebook_names_no_folder_of_anyones_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for place in ("/home/", "/root/", "/Users/", "/tmp", "C:"):  # noqa: S108
        assert place not in text
    for cell in cells(path):
        assert PLACE.findall(source(cell)) == []
        for output in cell.get("outputs", []):
            told = {**output.get("data", {}), "text": output.get("text", [])}
            for kind in ("text", "text/plain"):
                assert PLACE.findall("".join(told.get(kind, []))) == []


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_it_runs_on_the_kernel_that_is_installed(path: Path) -> None:
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert set(metadata) == {"copehope", "kernelspec", "language_info"}


@pytest.mark.parametrize("path", [*READING, *DASHBOARDS], ids=lambda path: path.stem)
def test_it_was_run_on_the_demo_team_or_not_at_all(path: Path) -> None:
    refuse_outputs(path)
